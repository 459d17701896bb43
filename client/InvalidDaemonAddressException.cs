namespace Donmai.Client;

/// <summary>A text that should name a daemon names none.</summary>
public sealed class InvalidDaemonAddressException : DonmaiClientException
{
    internal InvalidDaemonAddressException(string text)
        : base($"'{text}' is not the address of a daemon; write it like {ControlEndpoint.Default}.")
    {
    }
}
