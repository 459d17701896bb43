using System.Text.Json.Serialization;

namespace Donmai.Platform;

/// <summary>Everything about the daemon's link to its orchestrator (additive route).</summary>
[GenerateSerializer, Immutable, Alias("donmai.PlatformReport")]
public sealed record PlatformReport
{
    /// <summary>Whom the daemon is registered with.</summary>
    [Id(0)] public PlatformStanding Registration { get; init; } = new();

    /// <summary>How the beats fare, and what the orchestrator thinks of this host.</summary>
    [Id(1)] public HeartbeatStanding Heartbeat { get; init; } = new();

    /// <summary>How polling fares.</summary>
    [Id(2)] public PollStanding Poll { get; init; } = new();

    /// <summary>When this was answered.</summary>
    [Id(3), JsonConverter(typeof(TextTimestamp))] public DateTimeOffset Timestamp { get; init; }

    /// <summary>What waits for the orchestrator or was refused by it: the entries of <c>donmai outbox list</c>.</summary>
    [Id(4)] public int Outbox { get; init; }
}
