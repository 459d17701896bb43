using System.Text.Json.Serialization;

namespace Donmai.Routing;

/// <summary>Where a session runs (routing.md §1.1).</summary>
[GenerateSerializer, Immutable, Alias("donmai.RoutingDecision")]
public sealed record RoutingDecision
{
    /// <summary>The session.</summary>
    [Id(0)] public string SessionId { get; init; } = "";

    /// <summary>Execution environment chosen, e.g. <c>local</c>; empty when nothing survived.</summary>
    [Id(1)] public string ChosenSandbox { get; init; } = "";

    /// <summary>Agent runtime chosen, e.g. <c>claude</c>; empty when nothing survived.</summary>
    [Id(2), JsonPropertyName("chosenLLM")] public string ChosenLlm { get; init; } = "";

    /// <summary>Every candidate that was not chosen, and why.</summary>
    [Id(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public List<RejectedCandidate>? RejectedCandidates { get; init; }

    /// <summary>Score of the choice; 0 when nothing was scored.</summary>
    [Id(4)] public double Score { get; init; }

    /// <summary>Expected cost in US cents; absent when unknown.</summary>
    [Id(5), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public double? EstimatedCostCents { get; init; }

    /// <summary>Expected latency in milliseconds; absent when unknown.</summary>
    [Id(6), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public double? EstimatedLatencyMs { get; init; }

    /// <summary>When it was decided.</summary>
    [Id(7), JsonConverter(typeof(PreciseTimestamp))] public DateTimeOffset DecidedAt { get; init; }

    /// <summary>Model the session asked for; absent when it left that to the runtime (additive).</summary>
    [Id(8), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Model { get; init; }
}
