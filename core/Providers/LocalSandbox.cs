using System.Runtime.InteropServices;
using Donmai.Core.Daemon;
using Donmai.Core.Routing;
using Donmai.Core.Sessions.Children;

namespace Donmai.Core.Providers;

/// <summary>The execution environment every daemon has: this machine.</summary>
public static class LocalSandbox
{
    /// <summary>Its id.</summary>
    public const string Id = "local";

    /// <summary>What this machine declares. Slots are not stated: the spawner has reserved one before it asks for a route.</summary>
    /// <param name="configuration">The limits of a session.</param>
    /// <param name="host">Where programs are looked for.</param>
    /// <param name="tools">Programs a session asks for; those that are there are declared.</param>
    public static RoutingCandidate Candidate(DaemonConfiguration configuration, HostEnvironment host, IReadOnlyList<string>? tools)
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
        if (tools is not null)
            capabilities[RoutingDemands.Tools] = string.Join(',', tools.Where(tool => ProgramSearch.Find(tool, host.SearchPath) is not null));
        return new RoutingCandidate { Id = Id, Capabilities = capabilities };
    }
}
