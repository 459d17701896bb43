using System.Text.Json.Serialization;

namespace Donmai.Platform;

/// <summary>The heartbeat composed last (control-api.md §4.12).</summary>
[GenerateSerializer, Immutable, Alias("donmai.Heartbeat")]
public sealed record Heartbeat
{
    /// <summary>Id assigned by the orchestrator; empty without one.</summary>
    [Id(0)] public string WorkerId { get; init; } = "";

    /// <summary>Name of the machine.</summary>
    [Id(1)] public string Hostname { get; init; } = "";

    /// <summary><c>idle</c>, <c>busy</c> or <c>draining</c>; empty when there was none.</summary>
    [Id(2)] public string Status { get; init; } = "";

    /// <summary>When it was sent, RFC 3339; empty when there was none.</summary>
    [Id(3)] public string SentAt { get; init; } = "";

    /// <summary>Live sessions.</summary>
    [Id(4)] public int ActiveSessions { get; init; }

    /// <summary>Slots.</summary>
    [Id(5)] public int MaxSessions { get; init; }

    /// <summary>Hint for scheduling.</summary>
    [Id(6), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Region { get; init; }

    /// <summary>SHA-256 of the allowlist in hex.</summary>
    [Id(7), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? AllowlistHash { get; init; }

    /// <summary>The allowlist, on a beat whose hash changed.</summary>
    [Id(8), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public List<AllowedProject>? Allowlist { get; init; }

    /// <summary>How the beats fare (additive).</summary>
    [Id(9), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public HeartbeatStanding? Beats { get; init; }

    /// <summary>How polling fares (additive).</summary>
    [Id(10), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public PollStanding? Polls { get; init; }
}
