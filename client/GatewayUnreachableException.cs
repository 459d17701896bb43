using System.Net;

namespace Donmai.Client;

/// <summary>No silo answers at the gateway port.</summary>
public sealed class GatewayUnreachableException : DonmaiClientException
{
    internal GatewayUnreachableException(EndPoint gateway, string problem, Exception? cause = null)
        : base($"No silo answers at {gateway} ({problem}). Start a daemon with 'donmai daemon run', or name its gateway port.", cause)
    {
    }
}
