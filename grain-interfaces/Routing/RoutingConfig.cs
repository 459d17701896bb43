using System.Text.Json.Serialization;

namespace Donmai.Routing;

/// <summary>How sessions are routed, and what was learnt so far (routing.md §1.3, §3).</summary>
[GenerateSerializer, Immutable, Alias("donmai.RoutingConfig")]
public sealed record RoutingConfig
{
    /// <summary>Configured demands on candidates, in authored order.</summary>
    [Id(0)] public List<CapabilityFilter> CapabilityFilters { get; init; } = [];

    /// <summary>The weights in force.</summary>
    [Id(1)] public RoutingWeights Weights { get; init; } = new();

    /// <summary>Execution environments, by id.</summary>
    [Id(2)] public List<SandboxProviderState> SandboxProviders { get; init; } = [];

    /// <summary>Registered agent runtimes by id, each followed by its models.</summary>
    [Id(3)] public List<LlmProviderState> LlmProviders { get; init; } = [];

    /// <summary>The decisions that are remembered, oldest first.</summary>
    [Id(4)] public List<RoutingDecision> RecentDecisions { get; init; } = [];

    /// <summary>When this was asked.</summary>
    [Id(5), JsonConverter(typeof(PreciseTimestamp))] public DateTimeOffset CapturedAt { get; init; }

    /// <summary><c>thompson</c> or <c>declared</c> (additive).</summary>
    [Id(6)] public string Ordering { get; init; } = "";
}
