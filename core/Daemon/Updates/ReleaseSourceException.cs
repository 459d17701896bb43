namespace Donmai.Core.Daemon.Updates;

/// <summary>The source of releases did not give what was asked for.</summary>
internal sealed class ReleaseSourceException : Exception
{
    public ReleaseSourceException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
