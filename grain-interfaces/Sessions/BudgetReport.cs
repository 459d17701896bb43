using System.Text.Json.Serialization;

namespace Donmai.Sessions;

/// <summary>What a stage was allowed and what it used (worker.md §7.5).</summary>
[GenerateSerializer, Immutable, Alias("donmai.BudgetReport")]
public sealed record BudgetReport
{
    /// <summary>Whether the work order had a budget, be it one of zeros.</summary>
    [Id(0)] public bool Enforced { get; init; }

    /// <summary>The caps; those that are 0 are omitted.</summary>
    [Id(1)] public StageBudget Limits { get; init; } = new();

    /// <summary>Sub-agents started.</summary>
    [Id(2)] public int ObservedSubAgents { get; init; }

    /// <summary>Tokens read and written, over all turns.</summary>
    [Id(3)] public long ObservedTokens { get; init; }

    /// <summary>Seconds since the worker began.</summary>
    [Id(4)] public long ObservedDurationSeconds { get; init; }

    /// <summary>Name of the first cap that was exceeded, e.g. <c>max-tokens</c>.</summary>
    [Id(5), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? CapBreached { get; init; }

    /// <summary>By how much, e.g. <c>max-tokens exceeded: observed=1200 limit=1000</c>.</summary>
    [Id(6), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? BreachDetail { get; init; }
}
