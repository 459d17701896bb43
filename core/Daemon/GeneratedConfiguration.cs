using System.Text.Json.Nodes;
using Donmai.Core.Daemon.Yaml;
using Microsoft.Extensions.Logging.Abstractions;

namespace Donmai.Core.Daemon;

/// <summary>
/// The configuration of a machine that has no <c>daemon.yaml</c> (daemon-runtime.md §2.3, column "Generated"). No platform is made up: without one
/// in the environment, work comes from this machine alone.
/// </summary>
public static class GeneratedConfiguration
{
    private const int MostSessions = 8;
    private const int MostReservedProcessors = 4;
    private const int MostReservedMemoryMb = 16384;

    /// <summary>What the text means.</summary>
    public static DaemonConfiguration For(HostFacts host, StateDirectory state, DaemonVariables? variables = null)
    {
        var reader = new DaemonConfigurationReader(state, home: null, NullLogger<DaemonConfigurationReader>.Instance, variables);
        return reader.Parse(state.Configuration, Text(host, state, variables ?? DaemonVariables.None)).Configuration;
    }

    /// <summary>The text of the file. The registration token of the environment is not in it: it is used as long as it is there, and never written.</summary>
    /// <param name="host">The machine.</param>
    /// <param name="state">The state directory.</param>
    /// <param name="variables">The environment.</param>
    public static string Text(HostFacts host, StateDirectory state, DaemonVariables variables)
    {
        var defaults = new DaemonConfiguration { MachineId = "", ArchiveRoot = "" };
        var document = new JsonObject
        {
            ["apiVersion"] = "rensei.dev/v1",
            ["kind"] = "LocalDaemon",
            ["machine"] = new JsonObject
            {
                ["id"] = MachineIdentity.Read(state)?.Id ?? MachineId.FromHostname(host.Hostname),
                ["region"] = "local",
            },
            ["capacity"] = new JsonObject
            {
                ["maxConcurrentSessions"] = Math.Clamp(host.Processors / 2, 1, MostSessions),
                ["maxVCpuPerSession"] = defaults.MaxVCpuPerSession,
                ["maxMemoryMbPerSession"] = defaults.MaxMemoryMbPerSession,
                ["reservedForSystem"] = new JsonObject
                {
                    ["vCpu"] = Math.Min(MostReservedProcessors, host.Processors / 4),
                    ["memoryMb"] = host.MemoryMb > 0 ? Math.Min(MostReservedMemoryMb, host.MemoryMb / 4) : MostReservedMemoryMb,
                },
            },
            ["orchestrator"] = new JsonObject { ["url"] = variables.Own("ORCHESTRATOR_URL") ?? $"file://{state.Queue}" },
            ["autoUpdate"] = new JsonObject
            {
                ["channel"] = defaults.Update.Channel,
                ["schedule"] = defaults.Update.Schedule,
                ["drainTimeoutSeconds"] = (int)defaults.Update.DrainTimeout.TotalSeconds,
            },
            ["workarea"] = new JsonObject { ["diffStreamingThreshold"] = defaults.DiffStreamingThreshold },
            ["trust"] = new JsonObject { ["mode"] = defaults.Trust.Mode },
        };
        return new YamlLines("\n").Block(document, 0) + "\n";
    }
}
