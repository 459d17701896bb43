using System.Collections.Concurrent;
using Orleans.Metadata;
using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>One client of the gateway: runs its calls and sends back what comes of them.</summary>
internal sealed class GatewayConnection(SiloRuntime silo, WireConnection wire, string client)
{
    /// <summary>Nobody gets more room or time than this before the greeting.</summary>
    private const int LargestGreeting = 256;

    private static readonly TimeSpan GreetingTime = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<long, CancellationTokenSource> _running = new();

    /// <summary>Reports its own failures.</summary>
    public async Task Serve(CancellationToken token)
    {
        try
        {
            if (await Greet(token))
            {
                while (await wire.Receive(token) is { } frame)
                {
                    Handle(frame);
                }
            }
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // The silo stops; the client sees the connection end.
        }
        catch (Exception exception)
        {
            // Whatever a client sends, only its own connection ends.
            silo.Log.ClientFailed(exception, client);
        }

        foreach (var cancellation in _running.Values)
        {
            await cancellation.CancelAsync();
        }

        await wire.DisposeAsync();
    }

    private async Task<bool> Greet(CancellationToken token)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(token);
        patience.CancelAfter(GreetingTime);
        if (await wire.Receive(patience.Token, LargestGreeting) is not { } frame)
        {
            return false;
        }

        var reader = new WireReader(frame, silo.Caller.References);
        if (reader.Byte() != WireMessage.Hello || reader.Text() != WireMessage.Protocol)
        {
            throw new InvalidDataException("The client speaks another protocol, or another version of this one.");
        }

        var welcome = WireConnection.Frame(WireMessage.Welcome);
        welcome.Integer(silo.Classes.Manifest.Entries.Count);
        foreach (var entry in silo.Classes.Manifest.Entries)
        {
            welcome.Text(entry.GrainType);
            welcome.Text(entry.ClassName);
            welcome.Write(entry.Interfaces);
        }

        return wire.Send(welcome);
    }

    private void Handle(ReadOnlyMemory<byte> frame)
    {
        var reader = new WireReader(frame, silo.Caller.References);
        var kind = reader.Byte();
        var number = reader.Integer();
        switch (kind)
        {
            case WireMessage.Request:
                Run(number, reader);
                break;
            case WireMessage.Cancel when _running.TryGetValue(number, out var cancellation):
                cancellation.Cancel();
                break;
            case WireMessage.Cancel:
                break;
            default:
                throw new InvalidDataException($"A message of an unknown kind ({kind}).");
        }
    }

    /// <summary>What is wrong with one request is that request's failure, not the connection's.</summary>
    private void Run(long number, WireReader reader)
    {
        try
        {
            var target = reader.Read<GrainId>();
            var interfaceType = reader.Read<GrainInterfaceType>();
            var request = WireRequests.Create(interfaceType, reader.Text());
            RequestContext.Import(reader.Read<Dictionary<string, object>?>());
            request.ReadArguments(reader);
            var cancellation = new CancellationTokenSource();
            request.SetCancellationToken(cancellation.Token);
            var reference = silo.Caller.References.Create(GrainModules.Interface(interfaceType.ToString()), target);
            var call = request.Send(silo.Caller, reference);
            _running[number] = cancellation;
            _ = Answer(number, request.Method, call);
        }
        catch (Exception exception)
        {
            Fail(number, exception);
        }
        finally
        {
            RequestContext.Clear();
        }
    }

    /// <summary>Observes the call's failure by sending it.</summary>
    private async Task Answer(long number, GrainMethod method, RemoteCall call)
    {
        await call.Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _running.TryRemove(number, out _);
        if (method.Has(GrainMethodOptions.OneWay))
        {
            return;
        }

        try
        {
            var frame = WireConnection.Frame(WireMessage.Result);
            frame.Integer(number);
            call.WriteResult(frame);
            wire.Send(frame);
        }
        catch (Exception exception)
        {
            Fail(number, exception);
        }
    }

    private void Fail(long number, Exception failure)
    {
        var frame = WireConnection.Frame(WireMessage.Failure);
        frame.Integer(number);
        try
        {
            frame.Write(failure);
        }
        catch (Exception exception)
        {
            frame = WireConnection.Frame(WireMessage.Failure);
            frame.Integer(number);
            frame.Write<Exception>(new OrleansException($"The call failed with a {failure.GetType()} that cannot be sent: {exception.Message}"));
        }

        wire.Send(frame);
    }
}
