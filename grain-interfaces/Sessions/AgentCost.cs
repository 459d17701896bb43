using System.Text.Json.Serialization;

namespace Donmai.Sessions;

/// <summary>What a session or a turn cost (worker.md §3.7). Zero members are omitted; an unknown price is absent, not zero.</summary>
[GenerateSerializer, Immutable, Alias("donmai.AgentCost")]
public sealed record AgentCost
{
    /// <summary>Tokens read.</summary>
    [Id(0), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public long InputTokens { get; init; }

    /// <summary>Tokens written.</summary>
    [Id(1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public long OutputTokens { get; init; }

    /// <summary>Tokens read from the provider's cache.</summary>
    [Id(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public long CachedInputTokens { get; init; }

    /// <summary>Price in US dollars; <see langword="null"/> when unknown.</summary>
    [Id(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public double? TotalCostUsd { get; init; }

    /// <summary>Turns within the provider.</summary>
    [Id(4), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int NumTurns { get; init; }

    /// <summary>Tokens written to the provider's cache.</summary>
    [Id(5), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public long CacheWriteTokens { get; init; }

    /// <summary>Tokens the model thought with, where the provider tells them apart; they are among those written.</summary>
    [Id(6), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public long ReasoningTokens { get; init; }

    /// <summary>The model that was used, in the provider's words.</summary>
    [Id(7), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Model { get; init; }
}
