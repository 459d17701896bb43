using System.Text.Json;
using Donmai.Sessions;

namespace Donmai.Worker.Providers.Opencode;

/// <summary>Tokens and price of a turn: the sum over its steps, of which each counts once (worker.md §4.5).</summary>
internal sealed class OpencodeUsage
{
    private readonly Dictionary<string, AgentCost> _steps = new(StringComparer.Ordinal);
    private int _nameless;

    private AgentCost? _total;

    /// <summary>Tokens and price so far; <see langword="null"/> before the first figure.</summary>
    public AgentCost? Total => _steps.Count == 0 ? null : _total ??= new AgentCost
    {
        InputTokens = _steps.Values.Sum(static step => step.InputTokens),
        OutputTokens = _steps.Values.Sum(static step => step.OutputTokens),
        ReasoningTokens = _steps.Values.Sum(static step => step.ReasoningTokens),
        CachedInputTokens = _steps.Values.Sum(static step => step.CachedInputTokens),
        CacheWriteTokens = _steps.Values.Sum(static step => step.CacheWriteTokens),
        TotalCostUsd = _steps.Values.All(static step => step.TotalCostUsd is null) ? null : _steps.Values.Sum(static step => step.TotalCostUsd ?? 0),
    };

    /// <summary>Takes what has <c>tokens</c> and <c>cost</c>; the last figure of an id counts.</summary>
    /// <param name="step">A step, or a message.</param>
    /// <param name="id">What it is known by; <see langword="null"/> for one of its own.</param>
    public void Take(JsonElement step, string? id)
    {
        if (ForeignJson.Member(step, "tokens") is not { ValueKind: JsonValueKind.Object } tokens)
            return;
        var cache = ForeignJson.Member(tokens, "cache") ?? default;
        _total = null;
        _steps[id ?? $"#{_nameless++}"] = new AgentCost
        {
            InputTokens = ForeignJson.Integer(tokens, "input"),
            OutputTokens = ForeignJson.Integer(tokens, "output"),
            ReasoningTokens = ForeignJson.Integer(tokens, "reasoning"),
            CachedInputTokens = ForeignJson.Integer(cache, "read"),
            CacheWriteTokens = ForeignJson.Integer(cache, "write"),
            TotalCostUsd = ForeignJson.Number(step, "cost"),
        };
    }
}
