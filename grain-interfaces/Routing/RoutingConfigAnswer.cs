namespace Donmai.Routing;

/// <summary>The routing configuration as an answer (routing.md §3).</summary>
[GenerateSerializer, Immutable, Alias("donmai.RoutingConfigAnswer")]
public sealed record RoutingConfigAnswer
{
    /// <summary>The configuration and what was learnt.</summary>
    [Id(0)] public RoutingConfig Config { get; init; } = new();
}
