namespace Donmai.Core.Daemon;

/// <summary>
/// What the daemon is doing, finer than the published state where what follows differs (control-api.md §3, daemon-runtime.md §6.1): a drain that
/// ends with a pause can be given up, the one of a stop cannot.
/// </summary>
public enum DaemonPhase
{
    /// <summary>Before start and after stop.</summary>
    Stopped,

    /// <summary>Locks, listeners and configuration are being set up.</summary>
    Starting,

    /// <summary>Sessions of the former life are being found again.</summary>
    Recovering,

    /// <summary>Work is accepted.</summary>
    Running,

    /// <summary>No new work; sessions go on.</summary>
    Paused,

    /// <summary>Sessions are waited for; then paused.</summary>
    Draining,

    /// <summary>Sessions are waited for; then work is accepted again.</summary>
    DrainingThenRun,

    /// <summary>Sessions are waited for; then the daemon is stopped.</summary>
    Stopping,

    /// <summary>A new version is being installed; work is accepted again when it is not.</summary>
    Updating,

    /// <summary>A new version is being installed; paused when it is not, as before.</summary>
    UpdatingThenPause,

    /// <summary>Start failed.</summary>
    Failed,
}
