using System.Runtime.InteropServices;
using Donmai.Core.Daemon;
using Donmai.Core.Routing;

namespace Donmai.Core.Providers;

/// <summary>The execution environment every daemon has: this machine.</summary>
public static class LocalSandbox
{
    /// <summary>Its id.</summary>
    public const string Id = "local";

    /// <summary>What this machine declares. Slots are not stated: the spawner has reserved one before it asks for a route.</summary>
    public static RoutingCandidate Candidate(DaemonConfiguration configuration)
    {
        var capabilities = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["os"] = OperatingSystem.IsMacOS() ? "macos" : OperatingSystem.IsWindows() ? "windows" : "linux",
            ["arch"] = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "x86_64",
            [RoutingDemands.VCpu] = configuration.MaxVCpuPerSession.ToString(),
            [RoutingDemands.MemoryMb] = configuration.MaxMemoryMbPerSession.ToString(),
        };
        if (configuration.Region is { Length: > 0 } region)
            capabilities["region"] = region;
        return new RoutingCandidate { Id = Id, Capabilities = capabilities };
    }
}
