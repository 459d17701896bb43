using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Metadata;
using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>Carries calls to a silo of another process. A connection that was lost is made anew by the next call.</summary>
internal sealed class RemoteCaller : GrainCaller, IDisposable
{
    private readonly StaticGatewayListProviderOptions _gateways;
    private readonly ClientMessagingOptions _messaging;
    private readonly IClientConnectionRetryFilter[] _retries;
    private readonly RemoteGrainTypes _types;
    private readonly SemaphoreSlim _connecting = new(1, 1);
    private readonly CallDeadlines _deadlines;
    private RemoteConnection? _connection;

    public RemoteCaller(
        IOptions<StaticGatewayListProviderOptions> gateways,
        IOptions<ClientMessagingOptions> messaging,
        IEnumerable<IOutgoingGrainCallFilter> filters,
        IEnumerable<IClientConnectionRetryFilter> retries,
        [FromKeyedServices(TimeProviderNames.Messaging)] TimeProvider clock)
        : this(gateways.Value, messaging.Value, filters, retries, clock, new RemoteGrainTypes())
    {
    }

    private RemoteCaller(
        StaticGatewayListProviderOptions gateways,
        ClientMessagingOptions messaging,
        IEnumerable<IOutgoingGrainCallFilter> filters,
        IEnumerable<IClientConnectionRetryFilter> retries,
        TimeProvider clock,
        RemoteGrainTypes types)
        : base(filters, types)
    {
        _gateways = gateways;
        _messaging = messaging;
        _retries = [.. retries];
        _types = types;
        _deadlines = new CallDeadlines(messaging.ResponseTimeout, messaging.CancelRequestOnTimeout, clock);
    }

    /// <exception cref="SiloUnavailableException">No gateway answers, and no retry filter wants to try again.</exception>
    public async Task Connect(CancellationToken token)
    {
        GrainModules.All();
        while (true)
        {
            try
            {
                await Connection(token);
                return;
            }
            catch (SiloUnavailableException exception)
            {
                if (_retries.Length == 0 || !await _retries[0].ShouldRetryConnectionAttempt(exception, token))
                {
                    throw;
                }
            }
        }
    }

    public async Task Disconnect()
    {
        if (Interlocked.Exchange(ref _connection, null) is { } connection)
        {
            await connection.DisposeAsync();
        }
    }

    public void Dispose()
    {
        _deadlines.Dispose();
        _connecting.Dispose();
    }

    protected override Task<TResult> Send<TResult>(GrainReference target, GrainRequest<TResult> request)
    {
        var connection = Volatile.Read(ref _connection);
        return connection is { IsOpen: true } ? SendOver(connection, target, request) : ConnectAndSend(target, request);
    }

    private async Task<TResult> ConnectAndSend<TResult>(GrainReference target, GrainRequest<TResult> request) =>
        await SendOver(await Connection(request.GetCancellationToken()), target, request);

    private Task<TResult> SendOver<TResult>(RemoteConnection connection, GrainReference target, GrainRequest<TResult> request)
    {
        var call = new GrainCall<TResult>(target.GrainId, request);
        try
        {
            if (call.IsOneWay)
            {
                connection.Send(call, target.InterfaceType);
                return Task.FromResult<TResult>(default!);
            }

            _deadlines.Add(call);
            connection.Send(call, target.InterfaceType);
            call.FollowCancellation(connection.Cancel);
            return call.Task;
        }
        catch (Exception exception)
        {
            call.TryFail(exception);
            return call.Task;
        }
    }

    private async Task<RemoteConnection> Connection(CancellationToken token)
    {
        await _connecting.WaitAsync(token);
        try
        {
            if (_connection is { IsOpen: true } present)
            {
                return present;
            }

            await Disconnect();
            return _connection = await Open(token);
        }
        finally
        {
            _connecting.Release();
        }
    }

    private async Task<RemoteConnection> Open(CancellationToken token)
    {
        if (_gateways.Gateways.Count == 0)
        {
            throw new OrleansConfigurationException("The client knows no gateway: call UseLocalhostClustering or UseStaticClustering.");
        }

        Exception? last = null;
        foreach (var gateway in _gateways.Gateways)
        {
            try
            {
                return await RemoteConnection.Open(
                    new IPEndPoint(IPAddress.Parse(gateway.Host), gateway.Port), _messaging, References, _types, token);
            }
            catch (Exception exception) when (exception is SocketException or IOException or InvalidDataException)
            {
                last = exception;
            }
        }

        throw new SiloUnavailableException(
            $"No silo answers on {string.Join(", ", _gateways.Gateways.Select(gateway => $"{gateway.Host}:{gateway.Port}"))}: {last!.Message}", last);
    }
}
