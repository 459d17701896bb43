using System.Net;
using System.Net.Sockets;

namespace Donmai.Worker.Tests.Providers;

/// <summary>A port that refuses every connection for as long as it is held: it is taken, and nobody listens.</summary>
internal sealed class ClosedPort : IDisposable
{
    private readonly Socket _holder = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public ClosedPort()
    {
        _holder.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Number = ((IPEndPoint)_holder.LocalEndPoint!).Port;
    }

    public int Number { get; }

    public void Dispose() => _holder.Dispose();
}
