using System.Text.Json.Serialization;
using Donmai.Platform;
using Donmai.Workareas;

namespace Donmai.Daemon;

/// <summary>Load, capacity and standing of the daemon (control-api.md §4.3).</summary>
[GenerateSerializer, Immutable, Alias("donmai.DaemonStats")]
public sealed record DaemonStats
{
    /// <summary>Resource envelope.</summary>
    [Id(0)] public MachineCapacity Capacity { get; init; } = new();

    /// <summary>Live sessions.</summary>
    [Id(1)] public int ActiveSessions { get; init; }

    /// <summary>Work items accepted from the orchestrator and not started yet.</summary>
    [Id(2)] public int QueueDepth { get; init; }

    /// <summary>The work area pool, when asked for and available.</summary>
    [Id(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public PoolStats? Pool { get; init; }

    /// <summary>This machine, when asked for.</summary>
    [Id(4), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public List<MachineStats>? ByMachine { get; init; }

    /// <summary>When this was answered.</summary>
    [Id(5), JsonConverter(typeof(TextTimestamp))] public DateTimeOffset Timestamp { get; init; }

    /// <summary>Id assigned by the orchestrator.</summary>
    [Id(6), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? WorkerId { get; init; }

    /// <summary>Standing at the orchestrator.</summary>
    [Id(7)] public RegistrationStats Registration { get; init; } = new();

    /// <summary>Repository of each allowlist entry, in configuration order; absent when there is none.</summary>
    [Id(8), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public List<string>? AllowedProjects { get; init; }

    /// <summary>Host status that the orchestrator sent last.</summary>
    [Id(9), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public HostStatusDetail? HostStatus { get; init; }
}
