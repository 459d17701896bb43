using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Orleans.Runtime;

/// <summary>Lets clients of other processes of this machine in.</summary>
internal sealed class Gateway(SiloRuntime silo, IOptions<EndpointOptions> endpoints, IOptions<SiloMessagingOptions> messaging) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<GatewayConnection, Task> _connections = new();
    private TcpListener? _listener;
    private Task _accepting = Task.CompletedTask;

    public string Description => _listener is null ? "none" : _listener.LocalEndpoint.ToString()!;

    /// <exception cref="OrleansConfigurationException">The port is taken, or the address is not loopback.</exception>
    public Task Start(CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        var endpoint = endpoints.Value.GatewayListeningEndpoint ?? new IPEndPoint(IPAddress.Loopback, endpoints.Value.GatewayPort);
        if (endpoint.Port == 0)
        {
            return Task.CompletedTask;
        }

        if (!IPAddress.IsLoopback(endpoint.Address))
        {
            throw StandIn.Refuses($"A gateway on {endpoint.Address}, which other machines can reach,");
        }

        var listener = new TcpListener(endpoint);
        try
        {
            listener.Start();
        }
        catch (SocketException exception)
        {
            listener.Dispose();
            throw new OrleansConfigurationException(
                $"The gateway port {endpoint.Port} cannot be opened: {exception.Message}. Does another silo run on this machine? "
                + "Stop it, or choose another gateway port.",
                exception);
        }

        _listener = listener;
        _accepting = Accept(listener);
        return Task.CompletedTask;
    }

    public async Task Stop()
    {
        await _stopping.CancelAsync();
        _listener?.Dispose();
        await _accepting;
        await Task.WhenAll(_connections.Values);
    }

    public void Dispose()
    {
        _listener?.Dispose();
        _stopping.Dispose();
    }

    private async Task Accept(TcpListener listener)
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                Take(await listener.AcceptSocketAsync(_stopping.Token));
            }
            catch (Exception) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is SocketException or IOException)
            {
                // Such as no file descriptor being left: others may give one back.
                silo.Log.ClientFailed(exception, "(accept)");
                await Task.Delay(Pause, CancellationToken.None);
            }
        }
    }

    private void Take(Socket socket)
    {
        try
        {
            if (PeerUser.IsAnother(socket))
            {
                silo.Log.ClientRefused($"{socket.RemoteEndPoint}");
                socket.Dispose();
                return;
            }

            var connection = new GatewayConnection(silo, new WireConnection(socket, messaging.Value.MaxMessageBodySize), $"{socket.RemoteEndPoint}");
            var serving = Serve(connection);
            _connections[connection] = serving;
            if (serving.IsCompleted)
            {
                _connections.TryRemove(connection, out _);
            }
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task Serve(GatewayConnection connection)
    {
        await Task.Yield();
        await connection.Serve(_stopping.Token);
        _connections.TryRemove(connection, out _);
    }
}
