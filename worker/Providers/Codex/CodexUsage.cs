using System.Text.Json;
using Donmai.Core.Providers;
using Donmai.Sessions;

namespace Donmai.Worker.Providers.Codex;

/// <summary>
/// Tokens of a turn (worker.md §4.3.4, §4.3.6): the server counts for the whole thread, also for what was said before it was resumed; an older one
/// tells them with the turn's end.
/// </summary>
/// <param name="model">The model that is paid.</param>
/// <param name="prices">Prices by model.</param>
internal sealed class CodexUsage(string model, IReadOnlyDictionary<string, ModelPrice> prices)
{
    private const double Million = 1_000_000;

    private Tokens? _before;
    private Tokens _total = new(0, 0, 0, 0);

    /// <summary>A turn of this thread begins.</summary>
    /// <param name="isFirstOfThread">Whether nothing was said in the thread before.</param>
    public void Begin(bool isFirstOfThread) => _before = isFirstOfThread ? new Tokens(0, 0, 0, 0) : _before is null ? null : _total;

    /// <summary>Takes <c>tokenUsage</c> of a notification: <c>total</c> of the thread and <c>last</c> of one step.</summary>
    public void TakeThread(JsonElement usage)
    {
        if (ForeignJson.Member(usage, "total") is not { ValueKind: JsonValueKind.Object } total)
            return;
        _total = Read(total);
        _before ??= ForeignJson.Member(usage, "last") is { ValueKind: JsonValueKind.Object } last ? _total.Minus(Read(last)) : new Tokens(0, 0, 0, 0);
    }

    /// <summary>Takes <c>usage</c> of a turn that has ended, where the thread's was not told.</summary>
    public void TakeTurn(JsonElement usage)
    {
        if (usage.ValueKind != JsonValueKind.Object || SoFar() is not null)
            return;
        _before ??= _total;
        _total = _before.Plus(Read(usage));
    }

    /// <summary>Tokens of the turn up to now; <see langword="null"/> while nothing is known.</summary>
    public AgentCost? SoFar() => _before is null || _total == _before ? null : Cost(_total.Minus(_before));

    /// <summary>What the turn cost.</summary>
    public AgentCost Turn() => Cost(_before is null ? new Tokens(0, 0, 0, 0) : _total.Minus(_before)) with { NumTurns = 1, Model = model };

    private static Tokens Read(JsonElement usage) => new(
        Count(usage, "inputTokens", "input_tokens"),
        Count(usage, "cachedInputTokens", "cached_input_tokens"),
        Count(usage, "outputTokens", "output_tokens"),
        Count(usage, "reasoningOutputTokens", "reasoning_output_tokens"));

    private static long Count(JsonElement usage, string camel, string snake) => Math.Max(0, Math.Max(ForeignJson.Integer(usage, camel), ForeignJson.Integer(usage, snake)));

    private AgentCost Cost(Tokens tokens) => new()
    {
        InputTokens = tokens.Input,
        CachedInputTokens = tokens.Cached,
        OutputTokens = tokens.Output,
        ReasoningTokens = tokens.Reasoning,
        TotalCostUsd = prices.TryGetValue(model, out var price)
            ? ((Math.Max(0, tokens.Input - tokens.Cached) * price.Input) + (tokens.Cached * price.CachedInput) + (tokens.Output * price.Output)) / Million
            : null,
    };

    private sealed record Tokens(long Input, long Cached, long Output, long Reasoning)
    {
        public Tokens Minus(Tokens other) => new(
            Math.Max(0, Input - other.Input),
            Math.Max(0, Cached - other.Cached),
            Math.Max(0, Output - other.Output),
            Math.Max(0, Reasoning - other.Reasoning));

        public Tokens Plus(Tokens other) => new(Input + other.Input, Cached + other.Cached, Output + other.Output, Reasoning + other.Reasoning);
    }
}
