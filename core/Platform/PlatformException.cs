namespace Donmai.Core.Platform;

/// <summary>A call to the orchestrator that did not succeed. Texts never hold a token.</summary>
public abstract class PlatformException : Exception
{
    private protected PlatformException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
