using System.Net;
using System.Net.Sockets;

namespace Donmai.Core.Daemon.Doctor;

/// <summary>Whether the control API could be bound.</summary>
/// <param name="port">Port on loopback.</param>
internal sealed class PortCheck(int port) : IDoctorCheck
{
    public string Name => "port";

    public Task<CheckOutcome> Look(CancellationToken cancellationToken)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // As the daemon binds it: what is left of a former connection is no obstacle.
            listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, optionValue: true);
            listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
            listener.Listen();
            return Task.FromResult(CheckOutcome.Well($"port {port} is free"));
        }
        catch (SocketException refused)
        {
            return Task.FromResult(CheckOutcome.Bad(
                $"port {port} cannot be bound: {refused.Message}; see who has it (ss -ltnp), or start the daemon with --port"));
        }
    }
}
