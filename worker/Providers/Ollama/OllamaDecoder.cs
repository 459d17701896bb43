using System.Text;
using System.Text.Json;
using Donmai.Sessions;
using Donmai.Sessions.Events;
using Donmai.Worker.Providers.Processes;

namespace Donmai.Worker.Providers.Ollama;

/// <summary>Turns the lines of one answer into events (worker.md §4.7).</summary>
internal sealed class OllamaDecoder
{
    private readonly StringBuilder _text = new();

    /// <summary>What the model has said so far.</summary>
    public string Said => _text.ToString();

    /// <summary>The events of one line.</summary>
    public IReadOnlyList<AgentEvent> Decode(string line)
    {
        using var document = ForeignJson.Parse(line);
        return document is { RootElement.ValueKind: JsonValueKind.Object } ? Read(document.RootElement) : [UndecodableLine.Notice(line)];
    }

    private List<AgentEvent> Read(JsonElement line)
    {
        if (ForeignJson.Member(line, "error") is { ValueKind: not JsonValueKind.Null } error)
        {
            return [new ErrorEvent { Message = ForeignJson.Written(error), Code = "ollama_stream_error", Fatal = true }];
        }

        List<AgentEvent> events = [];
        var said = ForeignJson.Member(line, "message") ?? default;
        if (ForeignJson.Text(said, "thinking") is { Length: > 0 } thoughts)
            events.Add(new SystemEvent { Subtype = "reasoning", Message = thoughts });
        if (ForeignJson.Text(said, "content") is { Length: > 0 } words)
        {
            _text.Append(words);
            events.Add(new AssistantTextEvent { Text = words });
        }

        if (ForeignJson.Flag(line, "done"))
            events.Add(Result(line));
        return events;
    }

    private static ResultEvent Result(JsonElement line)
    {
        var cost = new AgentCost
        {
            InputTokens = ForeignJson.Integer(line, "prompt_eval_count"),
            OutputTokens = ForeignJson.Integer(line, "eval_count"),
            NumTurns = 1,
        };
        return ForeignJson.Text(line, "done_reason") switch
        {
            null or "" or "stop" => new ResultEvent { Success = true, Cost = cost },
            "length" => new ResultEvent { Success = false, ErrorSubtype = "done_length", Errors = ["the answer was cut off at the limit of tokens"], Cost = cost },
            var reason => new ResultEvent { Success = false, ErrorSubtype = $"done_{reason}", Errors = [$"the model ended with the reason '{reason}'"], Cost = cost },
        };
    }
}
