using Donmai.Sessions;
using Orleans.Concurrency;

namespace Donmai.Daemon;

/// <summary>Life-cycle of one machine's daemon (daemon-runtime.md §6). Key: the machine id.</summary>
[Alias("donmai.IDaemonGrain")]
public interface IDaemonGrain : IGrainWithStringKey
{
    /// <summary>Finds the sessions of the former life again, then accepts work. Called once by the host, after the listeners are bound.</summary>
    [Alias("Start"), ResponseTimeout("01:00:00")]
    Task Start();

    /// <summary>The daemon at a glance.</summary>
    [Alias("Status"), AlwaysInterleave]
    Task<DaemonStatus> Status();

    /// <summary>The state as it is, for refusals and checks.</summary>
    [Alias("State"), AlwaysInterleave]
    Task<DaemonState> State();

    /// <summary>Load, capacity and standing (control-api.md §4.3).</summary>
    [Alias("Stats"), AlwaysInterleave]
    Task<DaemonStats> Stats(StatsRequest request);

    /// <summary>No new work from now on; sessions go on. Pausing a paused daemon is no error (control-api.md §4.4).</summary>
    /// <exception cref="DaemonActionRefusedException">It is stopping, updating or stopped.</exception>
    [Alias("Pause")]
    Task<DaemonActionAnswer> Pause();

    /// <summary>New work again; also gives up a drain that nothing but a pause follows (control-api.md §3, §4.4).</summary>
    /// <exception cref="DaemonActionRefusedException">It is stopping, updating or stopped.</exception>
    [Alias("Resume")]
    Task<DaemonActionAnswer> Resume();

    /// <summary>Begins to wait for the running sessions; at the deadline the rest is ended (control-api.md §3, daemon-runtime.md §9.7).</summary>
    /// <exception cref="InvalidDaemonActionException">A negative time or an unknown word.</exception>
    /// <exception cref="DaemonActionRefusedException">It is stopping, updating or stopped.</exception>
    [Alias("Drain")]
    Task<DaemonActionAnswer> Drain(DrainRequest request);

    /// <summary>
    /// Begins the end of the daemon: drain, then <see cref="DaemonState.Stopped"/>, then the program exits with 0 (control-api.md §5). Repeating it is
    /// harmless; a repetition that says <see cref="DaemonStopRequest.Immediately"/> ends the wait.
    /// </summary>
    [Alias("Stop")]
    Task<DaemonActionAnswer> Stop(DaemonStopRequest request);

    /// <summary>
    /// A verified new version is about to be installed: remembers the state, shows <see cref="DaemonState.Updating"/>, and completes when the
    /// sessions are drained (control-api.md §4.5, daemon-runtime.md §12.5).
    /// </summary>
    /// <exception cref="DaemonActionRefusedException">It is stopping or stopped.</exception>
    [Alias("BeginUpdate"), ResponseTimeout("2.00:00:00")]
    Task BeginUpdate();

    /// <summary>The installation is over: the program exits with 3 for its restart, or goes on as before <see cref="BeginUpdate"/>.</summary>
    /// <param name="applied">Whether the new version is in place.</param>
    [Alias("EndUpdate")]
    Task EndUpdate(bool applied);

    /// <summary>A session has ended while no work is accepted: a drain may be waiting for it. Called by the spawner.</summary>
    /// <param name="ended">The session as it ended.</param>
    /// <param name="left">Sessions that are still live.</param>
    [Alias("SessionEnded"), AlwaysInterleave]
    Task SessionEnded(SessionHandle ended, int left);

    /// <summary>Capacity and what of it can be changed (control-api.md §4.6).</summary>
    [Alias("Capacity"), AlwaysInterleave]
    Task<CapacityReport> Capacity();

    /// <summary>Changes a setting, in <c>daemon.yaml</c> first (control-api.md §4.6).</summary>
    /// <exception cref="CapacityRefusedException">Unknown key, or a value it cannot have.</exception>
    /// <exception cref="CapacityNotWrittenException">The file could not be written; nothing was changed.</exception>
    [Alias("SetCapacity")]
    Task<CapacityChangeAnswer> SetCapacity(CapacityChange change);

    /// <summary>Looks at everything the daemon depends on (control-api.md §4.13); at most 2 s per check.</summary>
    [Alias("Doctor"), AlwaysInterleave]
    Task<DoctorReport> Doctor();

    /// <summary>What the machine can do (control-api.md §4.14).</summary>
    [Alias("Capabilities"), AlwaysInterleave]
    Task<CapabilityList> Capabilities();
}
