using System.Text.Json.Serialization;

namespace Donmai.Routing;

/// <summary>An agent runtime, or one model of it, and what was learnt of it (routing.md §1.3, §6.3).</summary>
[GenerateSerializer, Immutable, Alias("donmai.LlmProviderState")]
public sealed record LlmProviderState
{
    /// <summary>Its id.</summary>
    [Id(0)] public string ProviderId { get; init; } = "";

    /// <summary>The model; absent in the row of the runtime as a whole.</summary>
    [Id(1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Model { get; init; }

    /// <summary>First parameter of its Beta posterior; at least 1.</summary>
    [Id(2)] public double Alpha { get; init; } = 1;

    /// <summary>Second parameter of its Beta posterior; at least 1.</summary>
    [Id(3)] public double Beta { get; init; } = 1;

    /// <summary>Share of the last 20 outcomes that were completed; absent before the first.</summary>
    [Id(4), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public double? RecentScore { get; init; }

    /// <summary>Mean cost of the last 20 outcomes in US cents; absent when unknown (additive).</summary>
    [Id(5), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public double? RecentCostCents { get; init; }

    /// <summary>Mean latency of the last 20 outcomes in milliseconds; absent before the first (additive).</summary>
    [Id(6), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public double? RecentLatencyMs { get; init; }

    /// <summary>Recent decisions that chose it; in the row of a model, those that were about that model.</summary>
    [Id(7)] public int SelectionCount { get; init; }
}
