using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Orleans.Configuration;
using Orleans.Metadata;
using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>A client's connection to a gateway.</summary>
internal sealed class RemoteConnection : IAsyncDisposable
{
    private readonly ConcurrentDictionary<long, GrainCall> _waiting = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly WireConnection _wire;
    private readonly GrainReferences _references;
    private readonly IPEndPoint _gateway;
    private Task _receiving = Task.CompletedTask;
    private long _numbers;
    private volatile bool _open = true;

    private RemoteConnection(WireConnection wire, IPEndPoint gateway, GrainReferences references)
    {
        _wire = wire;
        _gateway = gateway;
        _references = references;
    }

    public bool IsOpen => _open;

    /// <exception cref="IOException">Whatever listens there is not a silo of this engine.</exception>
    public static async Task<RemoteConnection> Open(
        IPEndPoint gateway, ClientMessagingOptions messaging, GrainReferences references, RemoteGrainTypes types, CancellationToken token)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(token);
        timeout.CancelAfter(messaging.ResponseTimeout);
        var socket = new Socket(gateway.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(gateway, timeout.Token);
            var connection = new RemoteConnection(new WireConnection(socket, messaging.MaxMessageBodySize), gateway, references);
            types.Learn(await connection.Greet(timeout.Token));
            connection._receiving = connection.ReceiveAll();
            return connection;
        }
        catch (Exception exception)
        {
            socket.Dispose();
            if (exception is OperationCanceledException && !token.IsCancellationRequested)
            {
                throw new IOException($"Nothing on {gateway} answers as a silo would.", exception);
            }

            throw;
        }
    }

    public void Send(GrainCall call, GrainInterfaceType interfaceType)
    {
        var number = Interlocked.Increment(ref _numbers);
        var frame = WireConnection.Frame(WireMessage.Request);
        frame.Integer(number);
        frame.Write(call.Target);
        frame.Write(interfaceType);
        frame.Text(call.Request.Method.Signature);
        frame.Write(call.Context);
        call.Request.WriteArguments(frame);
        if (!call.IsOneWay)
        {
            call.Number = number;
            _waiting[number] = call;
        }

        if (!_wire.Send(frame) || !_open)
        {
            _waiting.TryRemove(number, out _);
            call.TryFail(Lost());
        }
    }

    public void Cancel(GrainCall call)
    {
        _waiting.TryRemove(call.Number, out _);
        var frame = WireConnection.Frame(WireMessage.Cancel);
        frame.Integer(call.Number);
        _wire.Send(frame);
    }

    public async ValueTask DisposeAsync()
    {
        _open = false;
        await _stopping.CancelAsync();
        await _receiving;
        await _wire.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task<GrainManifest> Greet(CancellationToken token)
    {
        var hello = WireConnection.Frame(WireMessage.Hello);
        hello.Text(WireMessage.Protocol);
        _wire.Send(hello);
        var reader = new WireReader(await _wire.Receive(token) ?? throw new IOException($"{_gateway} does not speak to this client."), _references);
        if (reader.Byte() != WireMessage.Welcome)
        {
            throw new IOException($"{_gateway} does not answer as a silo would.");
        }

        var entries = new GrainManifest.Entry[reader.Count()];
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = new GrainManifest.Entry(reader.Text(), reader.Text(), reader.Read<string[]>());
        }

        return new GrainManifest(entries);
    }

    /// <summary>Fails whatever waits when the connection ends.</summary>
    private async Task ReceiveAll()
    {
        Exception? cause = null;
        try
        {
            while (await _wire.Receive(_stopping.Token) is { } frame)
            {
                Receive(new WireReader(frame, _references));
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or InvalidDataException or ObjectDisposedException or OperationCanceledException)
        {
            cause = exception;
        }

        _open = false;
        foreach (var (number, call) in _waiting)
        {
            _waiting.TryRemove(number, out _);
            call.TryFail(Lost(cause));
        }
    }

    private void Receive(WireReader reader)
    {
        var kind = reader.Byte();
        if (!_waiting.TryRemove(reader.Integer(), out var call))
        {
            return;
        }

        try
        {
            if (kind == WireMessage.Result)
            {
                call.Receive(reader);
            }
            else
            {
                call.TryFail(reader.Read<Exception>());
            }
        }
        catch (Exception exception)
        {
            call.TryFail(exception);
        }
    }

    private SiloUnavailableException Lost(Exception? cause = null) => cause is null
        ? new SiloUnavailableException($"The connection to the silo on {_gateway} has ended.")
        : new SiloUnavailableException($"The connection to the silo on {_gateway} has ended: {cause.Message}", cause);
}
