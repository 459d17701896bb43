namespace Donmai.Client;

/// <summary>Something went wrong between this program and a daemon. The message is one sentence for people.</summary>
public abstract class DonmaiClientException : Exception
{
    private protected DonmaiClientException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
