using Donmai.Core.Daemon;
using Donmai.Core.Daemon.Updates;
using Donmai.Daemon;
using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Daemon;

/// <summary>Updates of the daemon (daemon-runtime.md §12): when they are looked for, one at a time, and how the last one ended.</summary>
[KeepAlive]
internal sealed partial class UpdateGrain(
    [PersistentState("update")] IPersistentState<UpdateHistory> state,
    UpdateRun run,
    ISelfUpdate update,
    UpdateRecord record,
    UpdateSchedule schedule,
    ProgramIdentity program,
    IDaemonConfiguration configuration,
    TimeProvider clock,
    ILogger<UpdateGrain> logger) : Grain, IUpdateGrain
{
    // How soon another schedule in the configuration, or a clock that was put forward, is noticed.
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);

    private IGrainTimer? _watch;
    private (string Schedule, DateTimeOffset? Due)? _plan;

    private string Machine => this.GetPrimaryKeyString();

    private string Schedule => configuration.Current.Update.Schedule;

    public async Task<DaemonActionAnswer> Begin()
    {
        var daemon = await GrainFactory.Daemon(Machine).State();
        if (!run.IsRunning && daemon is not (DaemonState.Running or DaemonState.Paused))
            throw new DaemonActionRefusedException($"cannot update while {daemon.ToString().ToLowerInvariant()}");
        return run.TryStart(Machine)
            ? new DaemonActionAnswer { Ok = true, Message = "update initiated" }
            : throw new DaemonActionRefusedException("update already in progress");
    }

    public Task<UpdateOutcome?> Last() => Task.FromResult(state.State.Last is { Updated: true } last && record.IsBad(last.Version)
        ? last with { Updated = false, Version = program.Version, Reason = $"swap-failed: version {last.Version} did not run here and was taken back" }
        : state.State.Last);

    public Task Watch()
    {
        if (_watch is null)
        {
            Plan();
            _watch = this.RegisterGrainTimer(Look, new GrainTimerCreationOptions(TimeSpan.Zero, LookAgain) { KeepAlive = true });
        }

        return Task.CompletedTask;
    }

    public Task Finished(UpdateOutcome outcome)
    {
        Ended(outcome.Reason, outcome.Version);
        state.State = state.State with { Last = outcome };
        _plan = null;
        return state.WriteStateAsync();
    }

    private async Task Look()
    {
        if (_plan?.Schedule != Schedule || (_plan?.Due is { } planned && schedule.IsMissed(Schedule, planned)))
            Plan();
        if (_plan is not { Due: { } due } || clock.GetUtcNow() < due || run.IsRunning)
            return;
        _plan = null;
        if (update.IsPossible && await GrainFactory.Daemon(Machine).State() == DaemonState.Running)
            run.TryStart(Machine);
    }

    private void Plan()
    {
        _plan = (Schedule, schedule.Next(Schedule, state.State.Last?.FinishedAt));
        if (_plan.Value.Due is { } due)
            Planned(due);
    }
}
