using System.Text.Json.Serialization;

namespace Donmai.Sessions;

/// <summary>Caps of a stage; 0 means no cap (worker.md §7.5).</summary>
[GenerateSerializer, Immutable, Alias("donmai.StageBudget")]
public sealed record StageBudget
{
    /// <summary>Seconds.</summary>
    [Id(0), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int MaxDurationSeconds { get; init; }

    /// <summary>Sub-agents started.</summary>
    [Id(1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int MaxSubAgents { get; init; }

    /// <summary>Tokens.</summary>
    [Id(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int MaxTokens { get; init; }

    /// <summary>Turns, those within the provider included (additive).</summary>
    [Id(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int MaxTurns { get; init; }

    /// <summary>US dollars, as far as the provider tells its price (additive).</summary>
    [Id(4), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public double MaxCostUsd { get; init; }
}
