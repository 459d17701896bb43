namespace Donmai.Core.Daemon;

/// <summary>The configuration of a daemon that has no <c>daemon.yaml</c>: from the host, without a platform (daemon-runtime.md §2.3).</summary>
public static class GeneratedConfiguration
{
    private const int MostSessions = 8;

    /// <summary>The configuration for a host.</summary>
    public static DaemonConfiguration For(HostFacts host, StateDirectory state) => new()
    {
        MachineId = MachineId.FromHostname(host.Hostname),
        Region = "local",
        MaxConcurrentSessions = Math.Clamp(host.Processors / 2, 1, MostSessions),
        ArchiveRoot = state.Workareas,
    };
}
