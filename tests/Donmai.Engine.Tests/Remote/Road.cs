using System.Net;
using System.Net.Sockets;

namespace Donmai.Engine.Tests.Remote;

/// <summary>Carries bytes between a client and a silo, until the way back is blocked.</summary>
internal sealed class Road : IAsyncDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _to;
    private readonly Task _carrying;
    private readonly TaskCompletionSource _stuck = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _blocked;

    public Road(int to)
    {
        _to = to;
        _listener.Start();
        _carrying = Carry();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Something has come back since and is not carried any further.</summary>
    public Task Blocked => _stuck.Task;

    public void Block() => _blocked = true;

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _carrying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
    }

    private async Task Carry()
    {
        using var client = await _listener.AcceptTcpClientAsync(_closing.Token);
        using var silo = new TcpClient();
        await silo.ConnectAsync(IPAddress.Loopback, _to, _closing.Token);
        await Task.WhenAll(client.GetStream().CopyToAsync(silo.GetStream(), _closing.Token), CarryBack(silo.GetStream(), client.GetStream()));
    }

    private async Task CarryBack(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReadAsync(buffer, _closing.Token) is > 0 and var count)
        {
            await to.WriteAsync(buffer.AsMemory(0, count), _closing.Token);
            if (_blocked)
            {
                _stuck.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, _closing.Token);
            }
        }
    }
}
