using Orleans.Concurrency;

namespace Donmai.Daemon;

/// <summary>Updates of one machine's daemon (daemon-runtime.md §12). Key: the machine id.</summary>
[Alias("donmai.IUpdateGrain")]
public interface IUpdateGrain : IGrainWithStringKey
{
    /// <summary>Begins to look for an update and to install it; returns at once (control-api.md §4.5).</summary>
    /// <exception cref="DaemonActionRefusedException">One is under way, or no configuration is loaded.</exception>
    [Alias("Begin")]
    Task<DaemonActionAnswer> Begin();

    /// <summary>How the last one ended; <see langword="null"/> when there was none.</summary>
    [Alias("Last"), AlwaysInterleave]
    Task<UpdateOutcome?> Last();

    /// <summary>Arms the schedule; called once the daemon runs. Repeating it is harmless.</summary>
    [Alias("Watch")]
    Task Watch();

    /// <summary>An update has ended; called by whoever carried it out.</summary>
    [Alias("Finished")]
    Task Finished(UpdateOutcome outcome);
}
