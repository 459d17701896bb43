namespace Donmai.Routing;

/// <summary>Values of a simulation in place of what was learnt about an agent runtime; those that are <see langword="null"/> stay.</summary>
[GenerateSerializer, Immutable, Alias("donmai.SupposedExperience")]
public sealed record SupposedExperience
{
    /// <summary>The runtime.</summary>
    [Id(0)] public string ProviderId { get; init => field = value ?? ""; } = "";

    /// <summary>First parameter of the Beta posterior, at least 1.</summary>
    [Id(1)] public double? Alpha { get; init; }

    /// <summary>Second parameter of the Beta posterior, at least 1.</summary>
    [Id(2)] public double? Beta { get; init; }

    /// <summary>Expected cost in US cents, at least 0.</summary>
    [Id(3)] public double? CostCents { get; init; }

    /// <summary>Expected latency in milliseconds, at least 0.</summary>
    [Id(4)] public double? LatencyMs { get; init; }
}
