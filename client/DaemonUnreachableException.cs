namespace Donmai.Client;

/// <summary>Nothing answers at the address, or the connection broke off.</summary>
public sealed class DaemonUnreachableException : DonmaiClientException
{
    internal DaemonUnreachableException(Uri address, string problem, Exception? cause = null)
        : base($"No daemon answers at {address.OriginalString.TrimEnd('/')} ({problem}). Start one with 'donmai daemon run'.", cause)
    {
        Address = address;
    }

    /// <summary>The address that was tried.</summary>
    public Uri Address { get; }
}
