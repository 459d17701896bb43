using Donmai.Core.Daemon;
using Donmai.Daemon;
using Donmai.Sessions;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace Donmai.Grains.Daemon;

/// <summary>
/// Life-cycle of the daemon (daemon-runtime.md §6): the phases of <see cref="DaemonLifecycle"/>. Interleaves, so that it can be stopped while it
/// recovers or waits; each step is taken within one turn.
/// </summary>
[Reentrant, KeepAlive]
internal sealed partial class DaemonGrain(
    IDaemonConfiguration configuration,
    IConfigurationFile file,
    DaemonReports reports,
    DaemonExit exit,
    DaemonMeter meter,
    TimeProvider clock,
    ILogger<DaemonGrain> logger) : Grain, IDaemonGrain
{
    private const string ThenPause = "pause";
    private const string ThenStop = "stop";
    private const string ThenRun = "none";

    /// <summary>Wait of a stop when none is configured (control-api.md §5).</summary>
    private static readonly TimeSpan UnconfiguredDrain = TimeSpan.FromSeconds(30);

    private DaemonPhase _phase = DaemonPhase.Stopped;
    private DateTimeOffset? _startedAt;
    private SessionDrain? _drain;
    private long _drainBegan;
    private TaskCompletionSource? _drainedForUpdate;
    private string _stopReason = "";
    private PlatformLoops? _link;

    private string Machine => this.GetPrimaryKeyString();

    private ISpawnerGrain Spawner => GrainFactory.Spawner(Machine);

    private PlatformLoops Link => _link ??= new PlatformLoops(GrainFactory, Machine, logger);

    private DaemonState Published => DaemonLifecycle.State(_phase);

    private ReportedDaemon Reported => new(Machine, Published, _startedAt);

    private TimeSpan UsualDrain => configuration.Current.Update.DrainTimeout is var drain && drain > TimeSpan.Zero ? drain : UnconfiguredDrain;

    public async Task Start()
    {
        if (!TryStep(DaemonTrigger.Start))
            throw new InvalidOperationException($"The daemon of {Machine} is {DaemonLifecycle.Name(Published)}; only a stopped one can be started.");
        _startedAt = clock.GetUtcNow();
        try
        {
            TryStep(DaemonTrigger.Recover);
            var found = await Spawner.Recover();
            await Link.Register();
            TryStep(DaemonTrigger.Recovered);
            await Admit();
            if (_phase is not DaemonPhase.Stopped)
                await Link.Begin();
            Started(Machine, found);
        }
        catch
        {
            TryStep(DaemonTrigger.Fail);
            throw;
        }
    }

    public Task<DaemonStatus> Status() => reports.Status(Reported);

    public Task<DaemonState> State() => Task.FromResult(Published);

    public Task<DaemonStats> Stats(StatsRequest request) => reports.Stats(Reported, request);

    public async Task<DaemonActionAnswer> Pause()
    {
        Step(DaemonTrigger.Pause, "pause");
        GiveUpDrain();
        await Admit();
        return Accepted("paused");
    }

    public async Task<DaemonActionAnswer> Resume()
    {
        Step(DaemonTrigger.Resume, "resume");
        GiveUpDrain();
        await Admit();
        return Accepted("resumed");
    }

    public async Task<DaemonActionAnswer> Drain(DrainRequest request)
    {
        if (request.TimeoutSeconds < 0)
            throw new InvalidDaemonActionException("timeoutSeconds must be >= 0");
        var trigger = request.Then switch
        {
            null or ThenPause => DaemonTrigger.Drain,
            ThenRun => DaemonTrigger.DrainThenRun,
            ThenStop => DaemonTrigger.Stop,
            _ => throw new InvalidDaemonActionException($"unknown then \"{request.Then}\"; it can be {ThenPause}, {ThenStop} or {ThenRun}"),
        };
        if (DaemonLifecycle.Next(_phase, DaemonTrigger.Drain) is null)
            throw new DaemonActionRefusedException($"cannot drain while {(_phase is DaemonPhase.Stopping ? "stopping" : DaemonLifecycle.Name(Published))}");
        var timeout = request.TimeoutSeconds is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : UsualDrain;
        TryStep(trigger);
        _stopReason = "a drain that was followed by a stop";
        await WaitForSessions(timeout);
        return Accepted($"drain initiated (timeout {DurationText.Of(timeout)})");
    }

    public async Task<DaemonActionAnswer> Stop(DaemonStopRequest request)
    {
        if (request.KeepSessions)
            await StopNow(request.Reason);
        else
            await StopInOrder(request);
        return Accepted("stopping");
    }

    public async Task BeginUpdate()
    {
        Step(DaemonTrigger.Update, "update");
        var drained = _drainedForUpdate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await WaitForSessions(UsualDrain);
        await drained.Task;
        if (_phase is not (DaemonPhase.Updating or DaemonPhase.UpdatingThenPause))
            throw new DaemonActionRefusedException(
                _phase is DaemonPhase.Stopping or DaemonPhase.Stopped ? "cannot update while stopping" : "the update was given up");
    }

    public async Task EndUpdate(bool applied)
    {
        Step(applied ? DaemonTrigger.UpdateApplied : DaemonTrigger.UpdateGivenUp, "end an update");
        if (applied && _phase is DaemonPhase.Stopped)
            await Leave(new DaemonEnding(DaemonEnding.Restart, "a new version was installed"));
        else if (!applied && _phase is not DaemonPhase.Stopping)
            GiveUpDrain();
        _drainedForUpdate?.TrySetResult();
        await Admit();
    }

    public Task SessionEnded(SessionHandle ended, int left) => _drain?.SessionEnded(ended, left) ?? Task.CompletedTask;

    public Task<CapacityReport> Capacity() => Task.FromResult(DaemonViews.CapacityReport(configuration.Current, clock.GetUtcNow()));

    public async Task<CapacityChangeAnswer> SetCapacity(CapacityChange change)
    {
        var edit = CapacityKeys.Edit(change);
        try
        {
            await file.Change([edit]);
        }
        catch (Exception failure) when (failure is DaemonConfigurationException or ConfigurationEditException or ConfigurationWriteException)
        {
            throw new CapacityNotWrittenException(change, failure.Message);
        }

        return new CapacityChangeAnswer { Ok = true, Key = change.Key, Value = change.Value, Message = "applied" };
    }

    public Task<DoctorReport> Doctor() => reports.Doctor(Reported);

    public Task<CapabilityList> Capabilities() => reports.Capabilities(Reported);

    private static DaemonActionAnswer Accepted(string message) => new() { Ok = true, Message = message };

    private async Task StopNow(string? reason)
    {
        TryStep(DaemonTrigger.StopNow);
        _drainedForUpdate?.TrySetResult();
        GiveUpDrain();
        await Admit();
        if (_phase is DaemonPhase.Stopped)
            await Leave(new DaemonEnding(DaemonEnding.Clean, reason ?? "asked to stop and to leave the sessions running"));
    }

    private async Task StopInOrder(DaemonStopRequest request)
    {
        var isRepeated = _phase is DaemonPhase.Stopping;
        TryStep(DaemonTrigger.Stop);
        _drainedForUpdate?.TrySetResult();
        if (_phase is not DaemonPhase.Stopping)
            return;
        if (!isRepeated)
        {
            _stopReason = request.Reason ?? "asked to stop";
            await WaitForSessions(UsualDrain, request.Immediately);
        }
        else if (request.Immediately && _drain is { } drain)
        {
            await drain.Hurry();
        }
    }

    private async Task WaitForSessions(TimeSpan timeout, bool immediately = false)
    {
        GiveUpDrain();
        _drainBegan = clock.GetTimestamp();
        var drain = _drain = new SessionDrain(this, Spawner, clock, logger, Drained);
        await Admit();
        await drain.Begin(timeout, TimeSpan.FromSeconds(configuration.Current.StopGraceSeconds), immediately);
    }

    private async Task Drained()
    {
        _drain = null;
        meter.Drained(clock.GetElapsedTime(_drainBegan));
        TryStep(DaemonTrigger.Drained);
        _drainedForUpdate?.TrySetResult();
        if (_phase is DaemonPhase.Stopped)
            await Leave(new DaemonEnding(DaemonEnding.Clean, _stopReason));
        await Admit();
    }

    /// <summary>Sessions are not waited for any more, or by somebody else.</summary>
    private void GiveUpDrain()
    {
        _drain?.Forget();
        _drain = null;
    }

    /// <summary>Lets the spawner accept work or not, as the phase is when it has heard of it; the platform hears of it as well.</summary>
    private async Task Admit()
    {
        for (bool? told = null; told != _phase is DaemonPhase.Running;)
        {
            told = _phase is DaemonPhase.Running;
            await Spawner.SetAccepting(told.Value);
        }

        await Link.Tell(_phase);
    }

    /// <summary>The last thing the daemon does: the platform hears of it, then the program.</summary>
    private async Task Leave(DaemonEnding ending)
    {
        await Link.End();
        exit.Tell(ending);
    }

    private void Step(DaemonTrigger trigger, string action)
    {
        if (!TryStep(trigger))
            throw new DaemonActionRefusedException($"cannot {action} while {DaemonLifecycle.Name(Published)}");
    }

    private bool TryStep(DaemonTrigger trigger)
    {
        if (DaemonLifecycle.Next(_phase, trigger) is not { } next)
            return false;
        if (next != _phase)
            Entered(next);
        _phase = next;
        return true;
    }
}
