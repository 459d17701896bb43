using Donmai.Core.Daemon;
using Donmai.Core.Daemon.Updates;
using Donmai.Core.Platform;
using Donmai.Core.Providers;
using Donmai.Core.Sessions;
using Donmai.Core.Workareas;
using Donmai.Core.Workareas.Pool;
using Donmai.Core.Workareas.Restoring;
using Donmai.Daemon;
using Donmai.Platform;
using Donmai.Routing;
using Donmai.Sessions;
using Donmai.Workareas;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Storage;
using Orleans.TestingHost;

namespace Donmai.Grains.Tests.Machines;

/// <summary>A machine with a disk, a clock and processes, on which one daemon's grains live, die and come back.</summary>
internal sealed class TestMachine : IAsyncDisposable
{
    public const string Name = "build-box-3";

    private readonly DirectoryInfo _disk = Directory.CreateTempSubdirectory("donmai-machine-");
    private InProcessTestCluster? _cluster;
    private StorageConnection? _connection;

    private TestMachine()
    {
        State = new StateDirectory(_disk.FullName);
        Updates = new FakeUpdates(Clock);
        Archives = new FakeArchives(State.Workareas);
        Configuration = new ConfigurationInForce(new DaemonConfiguration
        {
            MachineId = Name,
            ArchiveRoot = State.Workareas,
            MaxConcurrentSessions = 4,
            Projects = [new ProjectConfiguration { Id = "billing", Repository = "github.com/acme/billing" }],
        });
        File = new FakeConfigurationFile(Configuration);
    }

    public StateDirectory State { get; }

    public ConfigurationInForce Configuration { get; }

    public FakeConfigurationFile File { get; }

    /// <summary>What the daemon that lives now tells its host.</summary>
    public DaemonExit Ending { get; private set; } = new();

    public TestClock Clock { get; } = new();

    public SurvivingStorage Storage { get; } = new();

    public FakeProcesses Processes { get; } = new();

    public FakeArchives Archives { get; }

    public FakeRestored Restored { get; } = new();

    public FakeWorkshop Workshop { get; } = new();

    public FakeCatalog Catalog { get; } = new();

    public FakeRuntimes Runtimes { get; } = new();

    public FakeUpdates Updates { get; }

    /// <summary>The platform, for a daemon that is configured to have one.</summary>
    public FakePlatform Platform { get; } = new();

    /// <summary>What the daemon's grains log.</summary>
    public LoggedLines Log { get; } = new();

    /// <summary>The daemon's own variables.</summary>
    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public IGrainFactory Grains => _cluster!.Client;

    public IRegistrationGrain Registration => Grains.GetGrain<IRegistrationGrain>(Name);

    public IDaemonGrain Daemon => Grains.GetGrain<IDaemonGrain>(Name);

    public IUpdateGrain Update => Grains.GetGrain<IUpdateGrain>(Name);

    public ISpawnerGrain Spawner => Grains.GetGrain<ISpawnerGrain>(Name);

    public IHeartbeatGrain Heartbeat => Grains.GetGrain<IHeartbeatGrain>(Name);

    public IPollGrain Poll => Grains.GetGrain<IPollGrain>(Name);

    public IRouterGrain Router => Grains.GetGrain<IRouterGrain>(Name);

    public IWorkareaPoolGrain Pool => Grains.GetGrain<IWorkareaPoolGrain>(Name);

    /// <summary>A machine whose daemon has a platform, and is not started yet.</summary>
    public static async Task<TestMachine> WithPlatform(string token = FakePlatform.RegistrationToken)
    {
        var machine = new TestMachine();
        machine.Platform.Clock = machine.Clock;
        machine.Configure(configuration => configuration with { OrchestratorUrl = FakePlatform.Url, AuthToken = token });
        await machine.Boot();
        return machine;
    }

    /// <summary>A machine whose daemon is registered with <see cref="Platform"/> and runs, once it has beaten and polled.</summary>
    public static async Task<TestMachine> Linked(Action<TestMachine>? prepare = null)
    {
        var machine = new TestMachine();
        machine.Platform.Clock = machine.Clock;
        machine.Platform.PollInterval = 5000;
        machine.Configure(static configuration => configuration with { OrchestratorUrl = FakePlatform.Url, AuthToken = FakePlatform.RegistrationToken });
        prepare?.Invoke(machine);
        await machine.Boot();
        var (beat, poll) = (machine.Platform.Next("heartbeat"), machine.Platform.Next("poll"));
        await machine.Daemon.Start();
        await Task.WhenAll(beat, poll);
        return machine;
    }

    /// <summary>A machine whose daemon accepts work.</summary>
    public static async Task<TestMachine> Running()
    {
        var machine = await Booted();
        await machine.Daemon.Start();
        return machine;
    }

    /// <summary>A machine whose daemon was not started yet.</summary>
    public static async Task<TestMachine> Booted()
    {
        var machine = new TestMachine();
        await machine.Boot();
        return machine;
    }

    public static SessionSpec Spec(string sessionId) => new() { SessionId = sessionId, Repository = "billing" };

    public ISessionGrain Session(string sessionId) => Grains.GetGrain<ISessionGrain>(sessionId);

    public Task<SessionHandle> Accept(string sessionId) => Spawner.Accept(Spec(sessionId));

    public Task Exit(string sessionId, int code = 0) => Processes.End(sessionId, new ProcessExit { ExitCode = code, EndedAt = Clock.GetUtcNow() });

    public void Configure(Func<DaemonConfiguration, DaemonConfiguration> change) => Configuration.Replace(change(Configuration.Current));

    /// <summary>Lets the time pass after which a session's process is recorded, and waits until it is.</summary>
    public async Task RecordProcess(string sessionId)
    {
        var recorded = Eventually.Signal();
        Storage.Acknowledges = _ => Look();
        Look();
        Clock.Advance(TimeSpan.FromSeconds(2));
        await recorded.Task.InTime();
        Storage.Acknowledges = static _ => true;

        bool Look()
        {
            if (Storage.Json("session", sessionId).Contains("\"StartMark\"", StringComparison.Ordinal))
                recorded.TrySetResult();
            return true;
        }
    }

    /// <summary>Lets processes end when their trees are ended, as most do.</summary>
    public void EndProcessesWhenStopped() =>
        Processes.Stopping = (sessionId, grace) =>
            Processes.End(sessionId, new ProcessExit { Signal = grace > TimeSpan.Zero ? 15 : 9, EndedAt = Clock.GetUtcNow() });

    /// <summary>Completes when the next tree is being ended.</summary>
    public Task NextStop()
    {
        var asked = Eventually.Signal();
        Processes.Stopping = (_, _) =>
        {
            asked.TrySetResult();
            return Task.CompletedTask;
        };
        return asked.Task.InTime();
    }

    /// <summary>Waits until the daemon shows this status.</summary>
    public async Task Becomes(string status)
    {
        using var deadline = new CancellationTokenSource(Eventually.Deadline);
        while ((await Daemon.Status()).Status is var now && now != status)
        {
            deadline.IsCancellationRequested.ShouldBeFalse($"it is {now}, not {status}");
            await Task.Delay(5, CancellationToken.None);
        }
    }

    /// <summary>Waits until the registration stands so.</summary>
    public async Task<PlatformStanding> Stands(Func<PlatformStanding, bool> so)
    {
        using var deadline = new CancellationTokenSource(Eventually.Deadline);
        while (true)
        {
            if (await Registration.Standing() is var standing && so(standing))
                return standing;
            deadline.IsCancellationRequested.ShouldBeFalse($"it is {standing}");
            await Task.Delay(5, CancellationToken.None);
        }
    }

    /// <summary>Lets the engine forget an idle grain, as it does after a while.</summary>
    public Task Deactivate(IAddressable grain) => _cluster!.DeactivateAsync(grain);

    /// <summary>kill -9 of the daemon: processes and disk stay.</summary>
    public async Task Kill()
    {
        Processes.Daemon = null;
        Workshop.Die();
        _connection!.Cut();
        await _cluster!.KillSiloAsync(_cluster.Silos[0]);
        await _cluster.DisposeAsync();
    }

    /// <summary>kill -9 of the daemon, and its next start.</summary>
    public async Task Restart()
    {
        await Kill();
        await Boot();
        await Daemon.Start();
    }

    public async Task Boot()
    {
        var builder = new InProcessTestClusterBuilder(1);
        var connection = _connection = new StorageConnection(Storage);
        var exit = Ending = new DaemonExit();
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<TimeProvider>(Clock);
            silo.Services.AddKeyedSingleton(TimeProviderNames.ActivationManagement, TimeProvider.System); // the engine looks at the system's as well
            silo.Services.AddKeyedSingleton<IGrainStorage>("Default", connection);
            silo.Services.AddSingleton<IGrainStorage>(connection);
            silo.Services.AddSingleton(State);
            silo.Services.AddSingleton<IDaemonConfiguration>(Configuration);
            silo.Services.AddSingleton<IConfigurationFile>(File);
            silo.Services.AddSingleton(exit);
            silo.Services.AddSingleton(new ControlAddress { Bound = new Uri("http://127.0.0.1:7734") });
            silo.Services.AddSingleton(new ProgramIdentity("1.2.3", "test engine"));
            silo.Services.AddSingleton(new WorkerCommand(["/bin/true"], IsOwnWorker: true));
            silo.Services.AddSessionProcesses().AddSingleton<ISessionProcesses>(Processes);
            silo.Services.AddWorkareaArchives().AddSingleton<IWorkareaArchives>(Archives).AddSingleton<IRestoredWorkareas>(Restored);
            silo.Services.AddSingleton<ISeedWorkshop>(Workshop);
            silo.Services.AddSingleton<IProviderCatalog>(Catalog);
            silo.Services.AddSingleton<IAgentRuntimes>(Runtimes);
            silo.Services.AddSelfUpdate().AddSingleton<ISelfUpdate>(Updates);
            silo.Services.AddSingleton(new DaemonVariables(name => Variables.GetValueOrDefault(name)));
            silo.Services.AddLogging(logging => logging.AddProvider(Log));
            silo.Services.AddDonmaiGrains();
            if (Configuration.Current.OrchestratorUrl.Length > 0)
                silo.Services.AddSingleton<IMachineCapabilities, FixedCapabilities>();
            silo.Services.AddHttpClient(PlatformClientRegistration.ClientName).ConfigurePrimaryHttpMessageHandler(Platform.Open);
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
        Workshop.News = _cluster.GetSiloServiceProvider().GetRequiredService<ISeedNews>();
        Processes.Daemon = _cluster.GetSiloServiceProvider().GetRequiredService<ISessionExits>();
    }

    public async ValueTask DisposeAsync()
    {
        Processes.Daemon = null;
        await _cluster!.DisposeAsync();
        _disk.Delete(recursive: true);
    }
}
