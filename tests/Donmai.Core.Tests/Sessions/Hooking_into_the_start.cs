using Donmai.Core.Daemon;
using Donmai.Core.Sessions;
using Donmai.Routing;
using Donmai.Sessions;
using Donmai.Workareas;

namespace Donmai.Core.Tests.Sessions;

public sealed class Hooking_into_the_start : ISessionProcesses, ISpawnHook
{
    private Func<IReadOnlyDictionary<string, string>, Task<IReadOnlyDictionary<string, string>?>> _answer = static _ => Task.FromResult<IReadOnlyDictionary<string, string>?>(null);
    private SessionSpec? _asked;
    private WorkerLaunch? _launched;

    string ISessionProcesses.BootId => "boot";

    [Fact]
    [Trait("spec", "DR-44")]
    public async Task What_the_hook_returns_replaces_the_environment()
    {
        _answer = static composed => Task.FromResult<IReadOnlyDictionary<string, string>?>(
            new Dictionary<string, string> { ["ONLY"] = composed["DONMAI_SESSION_ID"], ["PATH"] = "/opt/bin" });

        await Start();

        _asked!.Env!["ITEM"].ShouldBe("1");
        _launched!.Environment.ShouldBe(new Dictionary<string, string> { ["ONLY"] = "s", ["PATH"] = "/opt/bin" }, ignoreOrder: true);
    }

    [Fact]
    [Trait("spec", "DR-44")]
    public async Task A_hook_that_returns_nothing_keeps_it()
    {
        await Start();

        _launched!.Environment["DONMAI_SESSION_ID"].ShouldBe("s");
        _launched.Environment["ITEM"].ShouldBe("1");
    }

    [Fact]
    [Trait("spec", "DR-44")]
    public async Task A_hook_that_fails_refuses_the_start_with_its_message()
    {
        _answer = static _ => throw new InvalidOperationException("no licence is left");

        (await Should.ThrowAsync<WorkerStartException>(() => Start())).Message.ShouldBe("the spawn hook refused: no licence is left");
        _launched.ShouldBeNull();
    }

    [Fact]
    [Trait("spec", "DR-44")]
    public async Task A_hook_that_does_not_answer_is_given_up()
    {
        var clock = new ImpatientClock();
        _answer = static _ => new TaskCompletionSource<IReadOnlyDictionary<string, string>?>().Task;

        (await Should.ThrowAsync<WorkerStartException>(() => Start(clock))).Message.ShouldBe("the spawn hook did not answer within 5 s");
        clock.Waited.ShouldBe([TimeSpan.FromSeconds(5)]);
        _launched.ShouldBeNull();
    }

    [Theory]
    [InlineData("", "x")]
    [InlineData("A=B", "x")]
    [InlineData("A\0B", "x")]
    [InlineData("A", "x\0y")]
    public async Task What_no_process_can_be_given_is_refused(string name, string value)
    {
        _answer = _ => Task.FromResult<IReadOnlyDictionary<string, string>?>(new Dictionary<string, string> { [name] = value });

        (await Should.ThrowAsync<WorkerStartException>(() => Start())).Message.ShouldContain("which no process can be given");
    }

    ProcessIdentity ISessionProcesses.Start(WorkerLaunch launch)
    {
        _launched = launch;
        return new ProcessIdentity { Pid = 1, StartMark = "mark" };
    }

    ProcessFinding ISessionProcesses.Find(string sessionId, string recordPath, ProcessIdentity? identity) => new ProcessFinding.NeverStarted();

    Task ISessionProcesses.Stop(string sessionId, ProcessIdentity identity, TimeSpan grace, CancellationToken cancellationToken) => Task.CompletedTask;

    Task<IReadOnlyDictionary<string, string>?> ISpawnHook.BeforeSpawn(
        SessionSpec spec, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        _asked = spec;
        return _answer(environment);
    }

    private Task<ProcessIdentity> Start() => Start(TimeProvider.System);

    private Task<ProcessIdentity> Start(TimeProvider clock)
    {
        var state = new StateDirectory("/state");
        var launcher = new SessionLauncher(
            this,
            new WorkerCommand(["/bin/true"], IsOwnWorker: false),
            new ControlAddress { Bound = new Uri("http://127.0.0.1:1") },
            state,
            new ConfigurationInForce(new DaemonConfiguration { MachineId = "box", ArchiveRoot = state.Workareas }),
            clock,
            this);
        return launcher.Start(
            new SessionStart
            {
                Spec = new SessionSpec { SessionId = "s", Repository = "r", Env = new Dictionary<string, string> { ["ITEM"] = "1" } },
                ProjectId = "p",
                CloneSource = "r",
                Decision = new RoutingDecision { SessionId = "s" },
                Machine = "box",
            },
            new WorkareaLease { RecordPath = "/state/r", WorktreePath = "/state/s" });
    }

    /// <summary>A clock on which every wait is over at once.</summary>
    private sealed class ImpatientClock : TimeProvider
    {
        public List<TimeSpan> Waited { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waited.Add(dueTime);
            return System.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
