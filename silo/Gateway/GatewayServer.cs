using System.Net;
using Donmai.Silo.Access;
using Donmai.Silo.Gateway.Daemon;
using Donmai.Silo.Gateway.Description;
using Donmai.Silo.Gateway.Platform;
using Donmai.Silo.Gateway.Providers;
using Donmai.Silo.Gateway.Routing;
using Donmai.Silo.Gateway.Sessions;
using Donmai.Silo.Gateway.Workareas;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Donmai.Silo.Gateway;

/// <summary>The HTTP server of the control API. It has a host of its own, because it is up before the silo and down after it (control-api.md §5).</summary>
internal sealed class GatewayServer : IAsyncDisposable
{
    /// <summary>Longest time that requests in progress get at a stop (control-api.md §1.3).</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan HeadersLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(15);

    /// <summary>Bytes a second below which a reader that has stalled for <see cref="ResponseDeadline.Limit"/> is given up.</summary>
    private const double SlowestReader = 240;

    private readonly WebApplication _application;
    private readonly Listeners _listeners;
    private readonly GrainDoor _door;

    private GatewayServer(WebApplication application, Listeners listeners, GrainDoor door)
    {
        _application = application;
        _listeners = listeners;
        _door = door;
    }

    /// <summary>Address as asked for.</summary>
    public IPEndPoint Control => _listeners.Control;

    /// <summary>Address for programs on this machine, workers above all.</summary>
    public Uri Local => new($"http://{_listeners.Local}");

    /// <summary>The Unix domain socket, if there is one.</summary>
    public string? UnixSocket => _listeners.UnixSocket;

    /// <summary>The sockets it listens on.</summary>
    internal Listeners Listeners => _listeners;

    /// <summary>Completes with a sentence when the server has lost a listener and cannot be reached any more.</summary>
    public Task<string> Failed => _application.Services.GetRequiredService<WatchedTransport>().Failed;

    /// <summary>What is routed.</summary>
    public IReadOnlyList<KnownPath> Paths => KnownPath.Of(_application.Services.GetRequiredService<EndpointDataSource>().Endpoints);

    /// <summary>Binds and answers.</summary>
    /// <exception cref="DaemonStartException">The port is taken, or the control token cannot be used.</exception>
    public static async Task<GatewayServer> Start(GatewayOptions options, ILoggerFactory logging, CancellationToken cancellationToken)
    {
        var token = ControlToken.Open(options.State.ControlToken);
        var listeners = Listeners.Bind(options.Address, options.Port, options.State.Socket);
        try
        {
            var door = new GrainDoor();
            var application = Build(options, listeners, door, token, logging);
            await application.StartAsync(cancellationToken);
            return new GatewayServer(application, listeners, door);
        }
        catch
        {
            listeners.Dispose();
            throw;
        }
    }

    /// <summary>There are grains; sessions of the former life are being found again.</summary>
    public void BeginRecovery(MachineGrains grains) => _door.BeginRecovery(grains);

    /// <summary>The daemon runs; every request gets through to the grains.</summary>
    public void Open() => _door.Open();

    /// <summary>Refuses new connections, lets requests in progress finish, cuts streams.</summary>
    public Task Stop(CancellationToken cancellationToken = default) => _application.StopAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _listeners.Dispose();
    }

    private static WebApplication Build(GatewayOptions options, Listeners listeners, GrainDoor door, ControlToken token, ILoggerFactory logging)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        var services = builder.Services;
        services.AddRoutingCore();
        services.AddSingleton(logging);
        services.AddSingleton<IHostLifetime, NoSignals>();
        services.AddSingleton(options.Time);
        services.AddSingleton(options.Configuration);
        services.AddSingleton(options.Program);
        services.AddSingleton(_ => door.Grains);
        services.AddSingleton<SharedAnswers>();
        services.AddSingleton(static provider => new WatchedTransport(ActivatorUtilities.CreateInstance<SocketTransportFactory>(provider)));
        services.AddSingleton<IConnectionListenerFactory>(static provider => provider.GetRequiredService<WatchedTransport>());
        services.AddSingleton<ApiDocument>();
        services.Configure<HostOptions>(static host => host.ShutdownTimeout = ShutdownTimeout);
        services.Configure<SocketTransportOptions>(sockets => sockets.CreateBoundListenSocket = listeners.Take);
        services.Configure<KestrelServerOptions>(kestrel => Configure(kestrel, listeners, options.Time));
        var application = builder.Build();
        Pipe(application, door, token, new RequestMetrics(options.Meter));
        return application;
    }

    private static void Pipe(WebApplication application, GrainDoor door, ControlToken token, RequestMetrics metrics)
    {
        var errors = application.Services.GetRequiredService<ILogger<ErrorAnswers>>();
        application.Use(next => new RequestObservation(next).Invoke);
        application.Use(next => new ErrorAnswers(next, metrics, errors).Invoke);
        application.Use(next => new RequestGate(next, token).Invoke);
        application.UseRouting();
        application.Use(next => new RouteCheck(next, application.Services.GetRequiredService<EndpointDataSource>()).Invoke);
        application.Use(next => WhileStarting.Step(next, door));
        application.MapHealth();
        application.MapStatus();
        application.MapStats();
        application.MapActions();
        application.MapCapacity();
        application.MapDoctor();
        application.MapHeartbeat();
        application.MapOutbox();
        application.MapPlatform();
        application.MapProviders();
        application.MapPool();
        application.MapSessions();
        application.MapWorkareas();
        application.MapRouting();
        application.MapApiDocument();
    }

    private static void Configure(KestrelServerOptions kestrel, Listeners listeners, TimeProvider time)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.RequestHeadersTimeout = HeadersLimit;
        kestrel.Limits.KeepAliveTimeout = IdleLimit;
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = new MinDataRate(SlowestReader, ResponseDeadline.Limit);

        var peers = new PeerCheck([new SocketDiagnostics(), new SocketTable()], OwnUser.Id);
        Func<ConnectionContext, CallerTrust> ofPeer = connection => peers.Of(connection.RemoteEndPoint, connection.LocalEndPoint);
        kestrel.Listen(listeners.Local, listen => Greet(listen, ofPeer, time));
        if (listeners.IsRemote)
            kestrel.Listen(listeners.Control, listen => Greet(listen, static _ => CallerTrust.Unknown, time));
        if (listeners.UnixSocket is { } path)
            kestrel.ListenUnixSocket(path, listen => Greet(listen, static _ => CallerTrust.SameUser, time));
    }

    private static void Greet(ListenOptions listen, Func<ConnectionContext, CallerTrust> trust, TimeProvider time)
    {
        listen.Protocols = HttpProtocols.Http1;
        var stopping = listen.ApplicationServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        listen.Use(next => async connection =>
        {
            using var caller = new CallerConnection(trust(connection), time);
            connection.Features.Set(caller);
            await using var leaving = stopping.Register(() => caller.Leave(HeadersLimit, connection.Abort)); // the server's own limit is off then
            await next(connection);
        });
    }
}
