using System.Text.Json.Serialization;

namespace Donmai.Core.Platform;

/// <summary>What became of a request: the line of an outbox that ends its waiting (worker.md §2.9).</summary>
internal sealed record OutboxMark
{
    /// <summary>The request.</summary>
    public required string Id { get; init; }

    /// <summary>When the platform acknowledged it.</summary>
    [JsonConverter(typeof(PreciseTimestamp)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public DateTimeOffset? DoneAt { get; init; }

    /// <summary>When the platform refused it for good.</summary>
    [JsonConverter(typeof(PreciseTimestamp)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public DateTimeOffset? RefusedAt { get; init; }

    /// <summary>When somebody asked to try a refused one again.</summary>
    [JsonConverter(typeof(PreciseTimestamp)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public DateTimeOffset? RetriedAt { get; init; }

    /// <summary>When somebody gave it up.</summary>
    [JsonConverter(typeof(PreciseTimestamp)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public DateTimeOffset? DiscardedAt { get; init; }

    /// <summary>Why it was refused.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Reason { get; init; }
}
