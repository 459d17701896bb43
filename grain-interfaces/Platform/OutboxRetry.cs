namespace Donmai.Platform;

/// <summary>What is tried again.</summary>
[GenerateSerializer, Immutable, Alias("donmai.OutboxRetry")]
public sealed record OutboxRetry
{
    /// <summary>How many requests.</summary>
    [Id(0)] public int Retried { get; init; }
}
