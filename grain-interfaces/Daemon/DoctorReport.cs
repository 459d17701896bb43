using System.Text.Json.Serialization;

namespace Donmai.Daemon;

/// <summary>Health of the daemon (control-api.md §4.13).</summary>
[GenerateSerializer, Immutable, Alias("donmai.DoctorReport")]
public sealed record DoctorReport
{
    /// <summary>Internal state name, e.g. <c>running</c>.</summary>
    [Id(0)] public string State { get; init; } = "";

    /// <summary>Version of the program.</summary>
    [Id(1)] public string Version { get; init; } = "";

    /// <summary>Whether a configuration is loaded.</summary>
    [Id(2)] public bool ConfigLoaded { get; init; }

    /// <summary>Machine id.</summary>
    [Id(3)] public string MachineId { get; init; } = "";

    /// <summary>Id assigned by the orchestrator.</summary>
    [Id(4)] public string WorkerId { get; init; } = "";

    /// <summary>Entries of the allowlist.</summary>
    [Id(5)] public int ProjectCount { get; init; }

    /// <summary>Configured orchestrator.</summary>
    [Id(6)] public string OrchestratorUrl { get; init; } = "";

    /// <summary>Whether the heartbeat loop runs.</summary>
    [Id(7)] public bool Heartbeat { get; init; }

    /// <summary>When this was answered.</summary>
    [Id(8), JsonConverter(typeof(TextTimestamp))] public DateTimeOffset Timestamp { get; init; }

    /// <summary>Which engine runs the grains (additive).</summary>
    [Id(9)] public string Engine { get; init; } = "";

    /// <summary><c>config</c>, <c>orchestrator</c>, <c>credentials</c>, <c>disk</c>, <c>kits</c>, <c>workareas</c>, <c>git</c>, in this order.</summary>
    [Id(10)] public List<DoctorCheck> Checks { get; init; } = [];

    /// <summary>Additive: <c>providers</c>, <c>worker</c>, <c>limits</c>, <c>clock</c>, <c>last-exit</c>.</summary>
    [Id(11)] public List<DoctorCheck> HostChecks { get; init; } = [];

    /// <summary>Outcome of the last update, if there was one.</summary>
    [Id(12), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public UpdateOutcome? LastUpdate { get; init; }
}
