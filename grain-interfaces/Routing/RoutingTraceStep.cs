using System.Text.Json.Serialization;

namespace Donmai.Routing;

/// <summary>One step of a decision (routing.md §1.2).</summary>
[GenerateSerializer, Immutable, Alias("donmai.RoutingTraceStep")]
public sealed record RoutingTraceStep
{
    /// <summary>Number of the step, from 1.</summary>
    [Id(0)] public int Step { get; init; }

    /// <summary><c>capability-filter</c>, <c>tenant-policy</c>, <c>capacity-filter</c> or <c>score</c>.</summary>
    [Id(1)] public string Phase { get; init; } = "";

    /// <summary><c>sandbox</c> or <c>llm</c>.</summary>
    [Id(2)] public string Dimension { get; init; } = "";

    /// <summary>Candidates left after the step, in their current order.</summary>
    [Id(3)] public List<string> Remaining { get; init; } = [];

    /// <summary>Candidates the step removed.</summary>
    [Id(4), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public List<EliminatedProvider>? Eliminated { get; init; }

    /// <summary>A remark for people.</summary>
    [Id(5), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Note { get; init; }

    /// <summary>The survivors in their order with what gave it to them; only in the step <c>score</c> (additive).</summary>
    [Id(6), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public List<RankedProvider>? Ranking { get; init; }
}
