namespace Donmai.Routing;

/// <summary>What counts against a candidate beside its failures (routing.md §1.3); both sum to 1.</summary>
[GenerateSerializer, Immutable, Alias("donmai.RoutingWeights")]
public sealed record RoutingWeights
{
    /// <summary>Weight of cost, 0 to 1.</summary>
    [Id(0)] public double Cost { get; init; }

    /// <summary>Weight of latency, 0 to 1.</summary>
    [Id(1)] public double Latency { get; init; }
}
