using System.Text.Json.Serialization;

namespace Donmai.Routing;

/// <summary>How often a simulation chose an agent runtime, and what it was judged by.</summary>
[GenerateSerializer, Immutable, Alias("donmai.SimulatedShare")]
public sealed record SimulatedShare
{
    /// <summary>The runtime.</summary>
    [Id(0)] public string ProviderId { get; init; } = "";

    /// <summary>Draws that chose it.</summary>
    [Id(1)] public int Count { get; init; }

    /// <summary>Share of all draws, 0 to 1.</summary>
    [Id(2)] public double Share { get; init; }

    /// <summary>First parameter of its Beta posterior.</summary>
    [Id(3)] public double Alpha { get; init; } = 1;

    /// <summary>Second parameter of its Beta posterior.</summary>
    [Id(4)] public double Beta { get; init; } = 1;

    /// <summary>Expected cost in US cents; absent when unknown.</summary>
    [Id(5), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public double? CostCents { get; init; }

    /// <summary>Expected latency in milliseconds; absent when unknown.</summary>
    [Id(6), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public double? LatencyMs { get; init; }

    /// <summary>Why it was in no draw; absent when it was.</summary>
    [Id(7), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Excluded { get; init; }
}
