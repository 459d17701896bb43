using System.Net;

namespace Donmai.Silo.Access;

/// <summary>Decides where the control API may listen (control-api.md §1.2 a).</summary>
internal static class ListenAddress
{
    /// <summary>The address that <paramref name="host"/> names.</summary>
    /// <param name="host"><c>localhost</c> or an IP address.</param>
    /// <param name="allowRemote">Whether it may be one that other machines can reach.</param>
    /// <exception cref="DaemonStartException">It is neither, or it is open to other machines and that was not allowed.</exception>
    public static IPAddress Parse(string host, bool allowRemote)
    {
        if (host.Length == 0 || host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
            return IPAddress.Loopback;
        if (!IPAddress.TryParse(host, out var address))
            throw new DaemonStartException($"Cannot listen on \"{host}\": name an IP address, or localhost.");
        if (!allowRemote && !LoopbackNames.IsLoopback(address))
            throw new DaemonStartException(
                $"Refusing to listen on {address}: other machines could reach the control API. If that is meant, add --allow-remote; every client then needs the control token.");
        return address;
    }
}
