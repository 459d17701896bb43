using System.Text.Json.Serialization;
using Donmai.Platform;

namespace Donmai.Daemon;

/// <summary>The daemon at a glance (control-api.md §4.2).</summary>
[GenerateSerializer, Immutable, Alias("donmai.DaemonStatus")]
public sealed record DaemonStatus
{
    /// <summary>Life-cycle state on the wire (control-api.md §3).</summary>
    [Id(0)] public string Status { get; init; } = "";

    /// <summary>Version of the program.</summary>
    [Id(1)] public string Version { get; init; } = "";

    /// <summary>Machine id; empty without configuration.</summary>
    [Id(2)] public string MachineId { get; init; } = "";

    /// <summary>Process id of the daemon.</summary>
    [Id(3)] public int Pid { get; init; }

    /// <summary>Whole seconds since start; 0 before.</summary>
    [Id(4)] public long UptimeSeconds { get; init; }

    /// <summary>Live sessions.</summary>
    [Id(5)] public int ActiveSessions { get; init; }

    /// <summary>Slots.</summary>
    [Id(6)] public int MaxSessions { get; init; }

    /// <summary>Entries of the allowlist.</summary>
    [Id(7)] public int ProjectsAllowed { get; init; }

    /// <summary>When this was answered.</summary>
    [Id(8), JsonConverter(typeof(TextTimestamp))] public DateTimeOffset Timestamp { get; init; }

    /// <summary>Which engine runs the grains (additive), e.g. <c>Microsoft Orleans 10.4.2</c>.</summary>
    [Id(9)] public string Engine { get; init; } = "";

    /// <summary>How far an update has come (additive); absent when none is under way.</summary>
    [Id(10), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public UpdateStep? Update { get; init; }

    /// <summary>How the heartbeats to the orchestrator fare, and what it says of this host (additive); absent when none are sent.</summary>
    [Id(11), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public HeartbeatStanding? Heartbeat { get; init; }

    /// <summary>
    /// How the daemon stands to its orchestrator (additive): <c>registered</c>, <c>starting</c>, <c>unreachable</c>, <c>refused</c>, <c>forgotten</c>,
    /// <c>stub</c> or <c>local</c>; absent until the daemon has decided.
    /// </summary>
    [Id(12), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Registration { get; init; }
}
