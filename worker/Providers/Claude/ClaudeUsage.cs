using System.Text.Json;
using Donmai.Sessions;

namespace Donmai.Worker.Providers.Claude;

/// <summary>
/// Tokens of a turn while it runs: several lines share a message id and repeat its usage, so the last one of each id counts; a line
/// without an id counts for itself (worker.md §4.2, §4.6).
/// </summary>
internal sealed class ClaudeUsage
{
    private readonly Dictionary<string, AgentCost> _messages = new(StringComparer.Ordinal);

    /// <summary>Tokens so far.</summary>
    public AgentCost Total { get; private set; } = new();

    /// <summary>Takes the <c>message</c> of an <c>assistant</c> line.</summary>
    /// <returns>Tokens so far, or <see langword="null"/> when the line says nothing of them.</returns>
    public AgentCost? Take(JsonElement message)
    {
        if (ForeignJson.Member(message, "usage") is not { ValueKind: JsonValueKind.Object } usage)
            return null;
        var used = Read(usage);
        var id = ForeignJson.Text(message, "id");
        var before = id is null ? null : _messages.GetValueOrDefault(id);
        if (id is not null)
            _messages[id] = used;
        return Total = new AgentCost
        {
            InputTokens = Total.InputTokens + used.InputTokens - (before?.InputTokens ?? 0),
            OutputTokens = Total.OutputTokens + used.OutputTokens - (before?.OutputTokens ?? 0),
            CachedInputTokens = Total.CachedInputTokens + used.CachedInputTokens - (before?.CachedInputTokens ?? 0),
            CacheWriteTokens = Total.CacheWriteTokens + used.CacheWriteTokens - (before?.CacheWriteTokens ?? 0),
        };
    }

    /// <summary>Reads a <c>usage</c> object.</summary>
    public static AgentCost Read(JsonElement usage) => new()
    {
        InputTokens = ForeignJson.Integer(usage, "input_tokens"),
        OutputTokens = ForeignJson.Integer(usage, "output_tokens"),
        CachedInputTokens = ForeignJson.Integer(usage, "cache_read_input_tokens"),
        CacheWriteTokens = ForeignJson.Integer(usage, "cache_creation_input_tokens"),
    };
}
