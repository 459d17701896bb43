using System.Net;
using System.Net.Http.Headers;
using Donmai.Core.Daemon;
using Donmai.Daemon;
using Donmai.Platform;
using Donmai.Providers;
using Donmai.Routing;
using Donmai.Sessions;
using Donmai.Silo.Gateway;
using Donmai.Workareas;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;
using NSubstitute.Extensions;

namespace Donmai.Silo.Tests.Gateway;

/// <summary>The gateway over real HTTP, with grains that say what a test wants them to say.</summary>
internal sealed class GatewayUnderTest : IAsyncDisposable
{
    public const string Machine = "box";

    private readonly TemporaryDirectory _directory = new();
    private readonly IGrainFactory _grains = Substitute.For<IGrainFactory>();
    private GatewayServer? _server;

    private GatewayUnderTest()
    {
        State = new StateDirectory(_directory.Path);
        _grains.GetGrain<IDaemonGrain>(Machine).Returns(Daemon);
        _grains.GetGrain<ISpawnerGrain>(Machine).Returns(Spawner);
        _grains.GetGrain<IWorkareaPoolGrain>(Machine).Returns(Workareas);
        _grains.GetGrain<IUpdateGrain>(Machine).Returns(Update);
        _grains.GetGrain<IHeartbeatGrain>(Machine).Returns(Heartbeat);
        _grains.GetGrain<IRegistrationGrain>(Machine).Returns(Registration);
        _grains.GetGrain<IPollGrain>(Machine).Returns(Polling);
        _grains.GetGrain<IOutboxGrain>(Machine).Returns(Outbox);
        _grains.GetGrain<IProviderCatalogGrain>(Machine).Returns(Providers);
        _grains.GetGrain<ISessionGrain>(Arg.Any<string>(), Arg.Any<string?>()).Returns(call => Session(call.ArgAt<string>(0)));
        _grains.GetGrain<IRoutingTraceGrain>(Arg.Any<string>(), Arg.Any<string?>()).Returns(call => Trace(call.ArgAt<string>(0)));
        _grains.GetGrain<IWorkareaGrain>(Arg.Any<string>(), Arg.Any<string?>()).Returns(call => Workarea(call.ArgAt<string>(0)));
        Daemon.Status().Returns(new DaemonStatus { Status = "ready", MachineId = Machine, Pid = 7 });
        Spawner.Live().Returns([]);
        Workareas.List().Returns(new WorkareaList());
        Providers.Show(default!).ReturnsForAnyArgs(call => Throw<Provider>(new ProviderNotFoundException(call.Arg<string>())));
    }

    public StateDirectory State { get; }

    public DaemonMeter Meter { get; } = new();

    public IDaemonGrain Daemon { get; } = Substitute.For<IDaemonGrain>();

    public ISpawnerGrain Spawner { get; } = Substitute.For<ISpawnerGrain>();

    public IWorkareaPoolGrain Workareas { get; } = Substitute.For<IWorkareaPoolGrain>();

    public IUpdateGrain Update { get; } = Substitute.For<IUpdateGrain>();

    public IHeartbeatGrain Heartbeat { get; } = Substitute.For<IHeartbeatGrain>();

    public IRegistrationGrain Registration { get; } = Substitute.For<IRegistrationGrain>();

    public IOutboxGrain Outbox { get; } = Substitute.For<IOutboxGrain>();

    public IPollGrain Polling { get; } = Substitute.For<IPollGrain>();

    public IProviderCatalogGrain Providers { get; } = Substitute.For<IProviderCatalogGrain>();

    /// <summary>Sessions that exist.</summary>
    public Dictionary<string, ISessionGrain> Sessions { get; } = [];

    /// <summary>Archives that exist, by id.</summary>
    public Dictionary<string, IWorkareaGrain> Archives { get; } = [];

    public ManualTime? Time { get; private init; }

    public GatewayServer Server => _server!;

    public IPEndPoint EndPoint => Server.Control;

    public HttpClient Http { get; } = new();

    public static async Task<GatewayUnderTest> Start(bool open = true, string address = "127.0.0.1", ManualTime? time = null, int diffStreamingThreshold = 1000)
    {
        var test = new GatewayUnderTest { Time = time };
        var options = new GatewayOptions
        {
            Address = IPAddress.Parse(address),
            Port = 0,
            State = test.State,
            Configuration = new FixedConfiguration(new DaemonConfiguration
            {
                MachineId = Machine,
                ArchiveRoot = test.State.Workareas,
                DiffStreamingThreshold = diffStreamingThreshold,
            }),
            Program = new ProgramIdentity("1.4.0", "Test Engine 1"),
            Meter = test.Meter,
            Time = time ?? TimeProvider.System,
        };
        test._server = await GatewayServer.Start(options, NullLoggerFactory.Instance, CancellationToken.None);
        test.Http.BaseAddress = new Uri($"http://127.0.0.1:{test.EndPoint.Port}");
        if (open)
            test.Open();
        return test;
    }

    /// <summary>Says that there are grains.</summary>
    public void BeginRecovery() => Server.BeginRecovery(new MachineGrains(_grains, Machine));

    /// <summary>Lets all requests through to the grains.</summary>
    public void Open()
    {
        BeginRecovery();
        Server.Open();
    }

    /// <summary>Lets every grain have an answer.</summary>
    public void AnswerEverything()
    {
        Daemon.ReturnsForAll(Task.FromResult(new DaemonActionAnswer()));
        Daemon.Stats(default!).ReturnsForAnyArgs(new DaemonStats());
        Daemon.Capacity().Returns(new CapacityReport());
        Daemon.SetCapacity(default!).ReturnsForAnyArgs(new CapacityChangeAnswer());
        Daemon.Doctor().Returns(new DoctorReport());
        Daemon.Capabilities().Returns(new CapabilityList());
        Update.Begin().Returns(new DaemonActionAnswer());
        Heartbeat.Last().Returns(new Heartbeat());
        Heartbeat.Beats().Returns(new HeartbeatStanding());
        Polling.Standing().Returns(new PollStanding());
        Outbox.List().Returns(new OutboxList());
        Registration.Standing().Returns(new PlatformStanding());
        Registration.Register().Returns(new PlatformStanding());
        Providers.List(default, default).ReturnsForAnyArgs(new ProviderList());
        Workareas.Stats().Returns(new PoolStats());
    }

    /// <summary>A session that exists.</summary>
    public ISessionGrain AddSession(string id)
    {
        var session = Substitute.For<ISessionGrain>();
        session.Handle().Returns(new SessionHandle { SessionId = id, State = SessionState.Running });
        return Sessions[id] = session;
    }

    /// <summary>An archive that exists.</summary>
    public IWorkareaGrain AddArchive(string id) => Archives[id] = Substitute.For<IWorkareaGrain>();

    /// <summary>Sends a request exactly as given and reads all of the answer; the request has to ask for the connection's end.</summary>
    public Task<RawAnswer> Raw(string request) => RawAnswer.Of(EndPoint, request);

    /// <summary>A request without a body for <paramref name="target"/>, as it stands.</summary>
    public Task<RawAnswer> Raw(string method, string target, string headers = "") =>
        Raw($"{method} {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{headers}\r\n");

    public Task<HttpResponseMessage> Post(string path, string body, string type = "application/json") =>
        Http.PostAsync(path, new StringContent(body, MediaTypeHeaderValue.Parse(type)));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
        Meter.Dispose();
        _directory.Dispose();
    }

    private static Task<T> Throw<T>(Exception refusal) => Task.FromException<T>(refusal);

    private ISessionGrain Session(string id)
    {
        if (Sessions.TryGetValue(id, out var session))
            return session;
        var unknown = Substitute.For<ISessionGrain>();
        unknown.Handle().Returns(_ => Throw<SessionHandle>(new SessionNotFoundException(id)));
        unknown.Detail().Returns(_ => Throw<SessionDetail>(new SessionNotFoundException(id)));
        unknown.Inspect().Returns(_ => Throw<SessionInspection>(new SessionNotFoundException(id)));
        unknown.Stop(Arg.Any<SessionStopRequest>()).Returns(new SessionStopOutcome { SessionId = id, Reason = "not-found" });
        return unknown;
    }

    private static IRoutingTraceGrain Trace(string id)
    {
        var unknown = Substitute.For<IRoutingTraceGrain>();
        unknown.Explain().Returns(_ => Throw<RoutingExplanation>(new RoutingDecisionNotFoundException(id)));
        return unknown;
    }

    private IWorkareaGrain Workarea(string key)
    {
        var id = key[(Machine.Length + 1)..];
        if (Archives.TryGetValue(id, out var archive))
            return archive;
        var unknown = Substitute.For<IWorkareaGrain>();
        unknown.Inspect().Returns(_ => Throw<Workarea>(new WorkareaNotFoundException(id)));
        unknown.Diff(default!, default).ReturnsForAnyArgs(_ => throw new WorkareaNotFoundException(id));
        return unknown;
    }
}
