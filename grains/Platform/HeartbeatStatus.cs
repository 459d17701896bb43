using Donmai.Daemon;
using Donmai.Sessions;

namespace Donmai.Grains.Platform;

/// <summary>The status that the platform is told (daemon-runtime.md §6.1, last column).</summary>
internal static class HeartbeatStatus
{
    /// <summary>The machine waits for its sessions or is about to go.</summary>
    public const string Draining = "draining";

    private const string Idle = "idle";
    private const string Busy = "busy";

    /// <summary>The status of a daemon in that state with those slots.</summary>
    public static string Of(DaemonState state, SpawnerAdmission admission) => state switch
    {
        DaemonState.Draining or DaemonState.Updating => Draining,
        DaemonState.Running when admission.Active >= admission.Maximum => Busy,
        _ => Idle,
    };
}
