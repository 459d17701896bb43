using System.Text;
using System.Text.Json;
using Donmai.Sessions;
using Donmai.Sessions.Events;
using Donmai.Worker.Providers.Processes;

namespace Donmai.Worker.Providers.Gemini;

/// <summary>Turns the pieces of one answer into events (worker.md §4.4.1).</summary>
/// <param name="model">The model that answers.</param>
internal sealed class GeminiChunks(string model)
{
    private readonly StringBuilder _said = new();

    /// <summary>What the model has said so far, its thoughts apart.</summary>
    public string Said => _said.ToString();

    /// <summary>The events of one piece.</summary>
    public List<AgentEvent> Decode(string data)
    {
        using var document = ForeignJson.Parse(data);
        return document is null ? [UndecodableLine.Notice(data)] : Read(document.RootElement);
    }

    private List<AgentEvent> Read(JsonElement chunk)
    {
        if (ForeignJson.Member(chunk, "error") is { ValueKind: JsonValueKind.Object } error)
            return [new ErrorEvent { Message = GeminiError.Message(error), Code = GeminiError.Code(ForeignJson.Integer(error, "code")), Fatal = true }];
        if (ForeignJson.Member(chunk, "promptFeedback") is { } feedback && ForeignJson.Text(feedback, "blockReason") is { Length: > 0 } blocked)
            return [new ErrorEvent { Message = $"the prompt was blocked: {blocked}", Code = "prompt_blocked", Fatal = true }];
        var events = new List<AgentEvent>();
        foreach (var candidate in ForeignJson.Items(ForeignJson.Member(chunk, "candidates")))
        {
            var content = ForeignJson.Member(candidate, "content") ?? default;
            events.AddRange(ForeignJson.Items(ForeignJson.Member(content, "parts")).Select(Part).OfType<AgentEvent>());
            if (ForeignJson.Text(candidate, "finishReason") is not { Length: > 0 } reason)
                continue;
            events.Add(Result(reason, ForeignJson.Member(chunk, "usageMetadata") ?? default));
            break;
        }

        return events;
    }

    private AgentEvent? Part(JsonElement part)
    {
        if (ForeignJson.Text(part, "text") is not { Length: > 0 } text)
            return null;
        if (ForeignJson.Flag(part, "thought"))
            return new SystemEvent { Subtype = "reasoning", Message = text };
        _said.Append(text);
        return new AssistantTextEvent { Text = text };
    }

    private ResultEvent Result(string reason, JsonElement usage)
    {
        var thoughts = ForeignJson.Integer(usage, "thoughtsTokenCount");
        var result = new ResultEvent
        {
            Success = reason == "STOP",
            Cost = new AgentCost
            {
                InputTokens = ForeignJson.Integer(usage, "promptTokenCount"),
                OutputTokens = ForeignJson.Integer(usage, "candidatesTokenCount") + thoughts,
                CachedInputTokens = ForeignJson.Integer(usage, "cachedContentTokenCount"),
                ReasoningTokens = thoughts,
                NumTurns = 1,
                Model = model,
            },
        };
        return result.Success ? result : result with
        {
            ErrorSubtype = $"finish_{reason}",
            Errors = [reason == "MAX_TOKENS" ? "the answer was cut off at the limit of tokens (MAX_TOKENS)" : reason],
        };
    }
}
