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
}
