using System.Net;
using System.Net.Sockets;

namespace Donmai.Silo.Daemon;

/// <summary>A port for the engine, which wants to be told one and binds it itself.</summary>
internal static class FreePort
{
    /// <summary><paramref name="wanted"/>, or a port of loopback that was free a moment ago when that is 0.</summary>
    /// <exception cref="DaemonStartException">The wanted port is taken.</exception>
    public static int Choose(int wanted, string option)
    {
        using var probe = new TcpListener(IPAddress.Loopback, wanted);
        try
        {
            probe.Start();
            return ((IPEndPoint)probe.LocalEndpoint).Port;
        }
        catch (SocketException taken)
        {
            throw new DaemonStartException(
                $"Port {wanted} on 127.0.0.1 is taken by another program, perhaps another daemon: stop it, or choose another port with {option}.", taken);
        }
    }
}
