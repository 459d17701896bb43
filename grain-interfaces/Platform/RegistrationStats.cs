using System.Text.Json.Serialization;

namespace Donmai.Platform;

/// <summary>Standing at the orchestrator (control-api.md §4.3); empty members are omitted.</summary>
[GenerateSerializer, Immutable, Alias("donmai.RegistrationStats")]
public sealed record RegistrationStats
{
    /// <summary><c>idle</c>, <c>busy</c>, <c>draining</c>, <c>paused</c>, <c>unregistered</c>, or a state.</summary>
    [Id(0), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Status { get; init; }

    /// <summary>Send time of the last composed heartbeat.</summary>
    [Id(1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonConverter(typeof(TextTimestamp))] public DateTimeOffset? LastHeartbeatAt { get; init; }

    /// <summary>Whether the heartbeat loop is active.</summary>
    [Id(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool HeartbeatRunning { get; init; }

    /// <summary>Whether the poll loop is active.</summary>
    [Id(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool PollRunning { get; init; }
}
