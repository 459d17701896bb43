namespace Donmai.Routing;

/// <summary>One outcome a provider is remembered by (routing.md §6.3).</summary>
[GenerateSerializer, Immutable, Alias("donmai.ExperiencedOutcome")]
public sealed record ExperiencedOutcome
{
    /// <summary>1 for a completed session, 0 for a failed one.</summary>
    [Id(0)] public double Score { get; init; }

    /// <summary>What it cost in US cents; <see langword="null"/> when unknown.</summary>
    [Id(1)] public double? CostCents { get; init; }

    /// <summary>How long it took in milliseconds.</summary>
    [Id(2)] public double LatencyMs { get; init; }
}
