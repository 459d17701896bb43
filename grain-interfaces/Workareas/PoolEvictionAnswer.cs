using System.Text.Json.Serialization;

namespace Donmai.Workareas;

/// <summary>What an eviction did (workareas.md §8.2).</summary>
[GenerateSerializer, Immutable, Alias("donmai.PoolEvictionAnswer")]
public sealed record PoolEvictionAnswer
{
    /// <summary>Members scheduled for removal.</summary>
    [Id(0)] public int Evicted { get; init; }

    /// <summary>The same in words.</summary>
    [Id(1)] public string Message { get; init; } = "";

    /// <summary>Found in every log line of this eviction.</summary>
    [Id(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? CorrelationId { get; init; }
}
