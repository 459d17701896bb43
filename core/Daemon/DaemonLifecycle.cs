using System.Collections.Frozen;
using Donmai.Daemon;
using static Donmai.Core.Daemon.DaemonPhase;

namespace Donmai.Core.Daemon;

/// <summary>The table of the daemon's life (control-api.md §3, daemon-runtime.md §6.2).</summary>
public static class DaemonLifecycle
{
    private static readonly FrozenDictionary<(DaemonPhase From, DaemonTrigger Trigger), DaemonPhase> Table = new[]
    {
        Row(DaemonTrigger.Start, (Stopped, Starting)),
        Row(DaemonTrigger.Recover, (Starting, Recovering)),
        Row(DaemonTrigger.Recovered, (Recovering, Running), (Stopping, Stopping), (Stopped, Stopped)), // a stop may come meanwhile
        Row(DaemonTrigger.Fail, (Starting, Failed), (Recovering, Failed), (Stopping, Failed), (Stopped, Stopped)),
        Row(DaemonTrigger.Pause, (Running, Paused), (Paused, Paused), (Draining, Paused), (DrainingThenRun, Paused)),
        Row(DaemonTrigger.Resume, (Running, Running), (Paused, Running), (Draining, Running), (DrainingThenRun, Running)),
        Row(DaemonTrigger.Drain, (Running, Draining), (Paused, Draining), (Draining, Draining), (DrainingThenRun, Draining)),
        Row(DaemonTrigger.DrainThenRun,
            (Running, DrainingThenRun), (Paused, DrainingThenRun), (Draining, DrainingThenRun), (DrainingThenRun, DrainingThenRun)),
        Row(DaemonTrigger.Drained,
            (Draining, Paused), (DrainingThenRun, Running), (Stopping, Stopped), (Updating, Updating), (UpdatingThenPause, UpdatingThenPause)),
        Row(DaemonTrigger.Stop,
            (Starting, Stopping), (Recovering, Stopping), (Running, Stopping), (Paused, Stopping), (Draining, Stopping), (DrainingThenRun, Stopping),
            (Updating, Stopping), (UpdatingThenPause, Stopping), (Stopping, Stopping), (Stopped, Stopped), (Failed, Failed)),
        Row(DaemonTrigger.StopNow,
            (Starting, Stopped), (Recovering, Stopped), (Running, Stopped), (Paused, Stopped), (Draining, Stopped), (DrainingThenRun, Stopped),
            (Updating, Stopped), (UpdatingThenPause, Stopped), (Stopping, Stopped), (Stopped, Stopped), (Failed, Failed)),
        Row(DaemonTrigger.Update,
            (Running, Updating), (DrainingThenRun, Updating), (Paused, UpdatingThenPause), (Draining, UpdatingThenPause)),
        Row(DaemonTrigger.UpdateGivenUp, (Updating, Running), (UpdatingThenPause, Paused), (Stopping, Stopping), (Stopped, Stopped)),
        Row(DaemonTrigger.UpdateApplied, (Updating, Stopped), (UpdatingThenPause, Stopped), (Stopping, Stopping), (Stopped, Stopped)),
    }.SelectMany(static row => row).ToFrozenDictionary();

    /// <summary>Where a trigger leads; <see langword="null"/> when it is refused and nothing changes.</summary>
    public static DaemonPhase? Next(DaemonPhase phase, DaemonTrigger trigger) => Table.TryGetValue((phase, trigger), out var next) ? next : null;

    /// <summary>The published state of a phase.</summary>
    public static DaemonState State(DaemonPhase phase) => phase switch
    {
        Stopped => DaemonState.Stopped,
        Starting => DaemonState.Starting,
        Recovering => DaemonState.Recovering,
        Running => DaemonState.Running,
        Paused => DaemonState.Paused,
        Draining or DrainingThenRun or Stopping => DaemonState.Draining,
        Updating or UpdatingThenPause => DaemonState.Updating,
        _ => DaemonState.Failed,
    };

    /// <summary>The name of a state in refusals, on <c>doctor</c>, and on the wire wherever that has no word of its own.</summary>
    public static string Name(DaemonState state) => state switch
    {
        DaemonState.Stopped => "stopped",
        DaemonState.Starting => "starting",
        DaemonState.Recovering => "recovering",
        DaemonState.Running => "running",
        DaemonState.Paused => "paused",
        DaemonState.Draining => "draining",
        DaemonState.Updating => "updating",
        _ => "failed",
    };

    /// <summary>The status on the wire: never <c>ready</c> while every piece of work would be refused.</summary>
    public static string WireStatus(DaemonState state, bool accepting) => state is DaemonState.Running
        ? accepting ? "ready" : "paused"
        : Name(state);

    private static IEnumerable<KeyValuePair<(DaemonPhase, DaemonTrigger), DaemonPhase>> Row(
        DaemonTrigger trigger, params (DaemonPhase From, DaemonPhase To)[] steps) =>
        steps.Select(step => KeyValuePair.Create((step.From, trigger), step.To));
}
