using System.Text.Json.Serialization;

namespace Donmai.Routing;

/// <summary>A survivor of the filters with its place in the order, and all that gave it this place (routing.md §6.2; additive).</summary>
[GenerateSerializer, Immutable, Alias("donmai.RankedProvider")]
public sealed record RankedProvider
{
    /// <summary>The candidate.</summary>
    [Id(0)] public string ProviderId { get; init; } = "";

    /// <summary>Its score, higher is better; 0 where nothing is scored.</summary>
    [Id(1)] public double Score { get; init; }

    /// <summary>Sample of its Beta posterior, in (0, 1); absent where nothing is sampled.</summary>
    [Id(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public double? Sample { get; init; }

    /// <summary>Its expected cost as a share of the dearest survivor's, 0 to 1; absent where nothing is sampled.</summary>
    [Id(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public double? CostShare { get; init; }

    /// <summary>Its expected latency as a share of the slowest survivor's, 0 to 1; absent where nothing is sampled.</summary>
    [Id(4), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public double? LatencyShare { get; init; }

    /// <summary>Expected cost in US cents; absent when unknown.</summary>
    [Id(5), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public double? EstimatedCostCents { get; init; }

    /// <summary>Expected latency in milliseconds; absent when unknown.</summary>
    [Id(6), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public double? EstimatedLatencyMs { get; init; }
}
