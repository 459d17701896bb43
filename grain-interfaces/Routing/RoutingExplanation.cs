namespace Donmai.Routing;

/// <summary>A decision with the steps that led to it (routing.md §4).</summary>
[GenerateSerializer, Immutable, Alias("donmai.RoutingExplanation")]
public sealed record RoutingExplanation
{
    /// <summary>The session.</summary>
    [Id(0)] public string SessionId { get; init; } = "";

    /// <summary>The decision.</summary>
    [Id(1)] public RoutingDecision Decision { get; init; } = new();

    /// <summary>The steps in order.</summary>
    [Id(2)] public List<RoutingTraceStep> Trace { get; init; } = [];
}
