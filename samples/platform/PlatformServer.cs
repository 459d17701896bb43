using System.Net;
using Donmai.FakePlatform.Control;
using Donmai.FakePlatform.Faults;
using Donmai.FakePlatform.Issues;
using Donmai.FakePlatform.Page;
using Donmai.FakePlatform.Releases;
using Donmai.FakePlatform.Requests;
using Donmai.FakePlatform.Sessions;
using Donmai.FakePlatform.Work;
using Donmai.FakePlatform.Workers;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Donmai.FakePlatform;

/// <summary>
/// A platform for tests and for trying: a real HTTP server on loopback that does what platform-api.md §16 says, with everything that arrived to be
/// read and everything that can go wrong to be ordered.
/// </summary>
public sealed class PlatformServer : IAsyncDisposable
{
    private readonly WebApplication _server;

    private PlatformServer(PlatformOptions options)
    {
        Clock = new PlatformClock(options.Clock);
        var ledger = new Ledger(Clock);
        Workers = new WorkerDesk(ledger, options);
        Heartbeats = new HeartbeatDesk(ledger, Workers);
        Work = new WorkDesk(ledger, Workers);
        Sessions = new SessionDesk(ledger);
        Issues = new IssueDesk(ledger);
        Releases = new ReleaseShelf(ledger);
        Faults = new FaultScript(Clock, options.Seed);
        _server = Build(options);
    }

    /// <summary>Where it answers, e.g. <c>http://127.0.0.1:8790</c>.</summary>
    public Uri Address => new(_server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Registered machines and their tokens.</summary>
    public WorkerDesk Workers { get; }

    /// <summary>Host status and mutations.</summary>
    public HeartbeatDesk Heartbeats { get; }

    /// <summary>The queue of work items, and messages for sessions.</summary>
    public WorkDesk Work { get; }

    /// <summary>Sessions and what was told about them.</summary>
    public SessionDesk Sessions { get; }

    /// <summary>The issue tracker.</summary>
    public IssueDesk Issues { get; }

    /// <summary>Releases of the daemon.</summary>
    public ReleaseShelf Releases { get; }

    /// <summary>What is to go wrong.</summary>
    public FaultScript Faults { get; }

    /// <summary>Everything that arrived.</summary>
    public RequestLog Requests { get; } = new();

    /// <summary>The platform's clock.</summary>
    public PlatformClock Clock { get; }

    /// <summary>Starts a platform.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<PlatformServer> Start(PlatformOptions? options = null)
    {
        var platform = new PlatformServer(options ?? new PlatformOptions());
        try
        {
            await platform._server.StartAsync();
            return platform;
        }
        catch
        {
            await platform.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private WebApplication Build(PlatformOptions options)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, options.Port, listen =>
            {
                if (options.Tls)
                    listen.UseHttps(StrangeCertificate.Create());
            });
        });
        if (options.Tls)
            builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.AddRouting();
        builder.Logging.SetMinimumLevel(LogLevel.Error).AddConsole();
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var server = builder.Build();
        Pipe(server, options);
        return server;
    }

    private void Pipe(WebApplication server, PlatformOptions options)
    {
        var recorder = new RequestRecorder(Requests, Workers, Clock);
        var gate = new FaultGate(Faults, Requests, Clock);
        server.UseWhen(static context => !IsOurs(context.Request.Path), platform =>
        {
            platform.Use(recorder.Record);
            platform.Use(gate.Pass);
        });
        server.Use(Refusals.Answer);
        server.UseRouting();
        server.MapWorkers(Workers, Heartbeats, Work, options);
        server.MapWork(Work);
        server.MapSessions(Sessions);
        server.MapIssues(Issues);
        server.MapReleases(Releases);
        server.MapControl(this);
        server.MapPage();
        server.MapFallback(static context => context.Refuse(StatusCodes.Status404NotFound, "Not found"));
    }

    private static bool IsOurs(PathString path) => path == "/" || path.StartsWithSegments("/control", StringComparison.Ordinal);
}
