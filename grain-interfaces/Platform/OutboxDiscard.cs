namespace Donmai.Platform;

/// <summary>What the platform will never be told.</summary>
[GenerateSerializer, Immutable, Alias("donmai.OutboxDiscard")]
public sealed record OutboxDiscard
{
    /// <summary>How many requests.</summary>
    [Id(0)] public int Discarded { get; init; }
}
