using Donmai.Core.Daemon;
using Donmai.Daemon;
using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Daemon;

/// <summary>Life-cycle of the daemon (daemon-runtime.md §6): recovering, then running, until it is stopped.</summary>
[KeepAlive]
internal sealed partial class DaemonGrain(
    IDaemonConfiguration configuration, ProgramIdentity program, TimeProvider clock, ILogger<DaemonGrain> logger) : Grain, IDaemonGrain
{
    private DaemonState _state = DaemonState.Stopped;
    private DateTimeOffset? _startedAt;

    private string Machine => this.GetPrimaryKeyString();

    public async Task Start()
    {
        if (_state != DaemonState.Stopped)
            throw new InvalidOperationException($"The daemon of {Machine} is {Name(_state)}; only a stopped one can be started.");
        _state = DaemonState.Recovering;
        _startedAt = clock.GetUtcNow();
        try
        {
            var found = await GrainFactory.Spawner(Machine).Recover();
            await GrainFactory.Spawner(Machine).SetAccepting(true);
            _state = DaemonState.Running;
            Started(Machine, found);
        }
        catch
        {
            _state = DaemonState.Failed;
            throw;
        }
    }

    public async Task<DaemonStatus> Status()
    {
        var admission = await GrainFactory.Spawner(Machine).Admission();
        var now = clock.GetUtcNow();
        return new DaemonStatus
        {
            Status = WireStatus(admission.Accepting),
            Version = program.Version,
            Engine = program.Engine,
            MachineId = Machine,
            Pid = Environment.ProcessId,
            UptimeSeconds = _startedAt is { } start ? (long)(now - start).TotalSeconds : 0,
            ActiveSessions = admission.Active,
            MaxSessions = admission.Maximum,
            ProjectsAllowed = configuration.Current.Projects.Count,
            Timestamp = now,
        };
    }

    public Task<DaemonState> State() => Task.FromResult(_state);

    public Task<DaemonStats> Stats(StatsRequest request) => throw new NotSupportedException();

    public Task<DaemonActionAnswer> Pause() => throw new NotSupportedException();

    public Task<DaemonActionAnswer> Resume() => throw new NotSupportedException();

    public Task<DaemonActionAnswer> Drain(DrainRequest request) => throw new NotSupportedException();

    public async Task<DaemonActionAnswer> Stop(DaemonStopRequest request)
    {
        await GrainFactory.Spawner(Machine).SetAccepting(false);
        _state = DaemonState.Stopped;
        return new DaemonActionAnswer { Ok = true, Message = "stopping" };
    }

    public Task BeginUpdate() => throw new NotSupportedException();

    public Task EndUpdate(bool applied) => throw new NotSupportedException();

    public Task<CapacityReport> Capacity() => throw new NotSupportedException();

    public Task<CapacityChangeAnswer> SetCapacity(CapacityChange change) => throw new NotSupportedException();

    public Task<DoctorReport> Doctor() => throw new NotSupportedException();

    public Task<CapabilityList> Capabilities() => throw new NotSupportedException();

    /// <summary>The published name of the state (control-api.md §3): never <c>ready</c> while work would be refused.</summary>
    private string WireStatus(bool accepting) => _state == DaemonState.Running
        ? accepting ? "ready" : "paused"
        : Name(_state);

    private static string Name(DaemonState state) => state.ToString().ToLowerInvariant();
}
