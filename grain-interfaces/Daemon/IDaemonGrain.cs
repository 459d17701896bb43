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

    /// <summary>Accepts no more work. Running sessions go on and are found again by the next start.</summary>
    [Alias("Stop")]
    Task Stop();
}
