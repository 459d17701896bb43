using System.Text;
using System.Text.Json;
using Donmai.Core.Sessions.Children;
using Donmai.Sessions;
using Donmai.Sessions.Events;
using Donmai.Worker.Providers.Processes;

namespace Donmai.Worker.Providers.Gemini;

/// <summary>Turns the lines of one run of <c>gemini</c> into events (worker.md §4.4.2). Pieces of a message are joined.</summary>
internal sealed class GeminiDecoder : ITurnDecoder
{
    private const int TurnLimitReached = 53;
    private const int FullAt = 4096;

    private readonly Dictionary<string, string> _toolNames = new(StringComparer.Ordinal);
    private readonly StringBuilder _said = new();

    /// <inheritdoc/>
    public IReadOnlyList<AgentEvent> Decode(string line)
    {
        using var document = ForeignJson.Parse(line);
        return document is null ? [UndecodableLine.Notice(line)] : Decode(document.RootElement, line);
    }

    /// <inheritdoc/>
    public IReadOnlyList<AgentEvent> End(ChildExit exit) => exit.Code == TurnLimitReached
        ? [.. Said(), new ResultEvent { Success = false, ErrorSubtype = "error_max_turns", Errors = ["gemini reached its limit of turns"] }]
        : Said();

    private List<AgentEvent> Decode(JsonElement line, string text)
    {
        var type = ForeignJson.Text(line, "type");
        if (type == "message")
            return Message(line);
        var events = Said();
        AgentEvent? happening = type switch
        {
            "init" => new InitEvent { SessionId = ForeignJson.Text(line, "session_id") ?? "" },
            "tool_use" => Use(line),
            "tool_result" => Result(line),
            "error" => new SystemEvent
            {
                Subtype = ForeignJson.Text(line, "severity") == "warning" ? "warning" : "error",
                Message = ForeignJson.Text(line, "message"),
            },
            "result" => End(line),
            { Length: > 0 } => new SystemEvent { Subtype = "unknown", Message = type },
            _ => UndecodableLine.Notice(text),
        };
        events.Add(happening);
        return events;
    }

    private List<AgentEvent> Message(JsonElement line)
    {
        var content = ForeignJson.Text(line, "content") ?? "";
        if (ForeignJson.Text(line, "role") != "assistant" || content.Length == 0)
            return [];
        if (!ForeignJson.Flag(line, "delta"))
            return [.. Said(), new AssistantTextEvent { Text = content }];
        _said.Append(content);
        return _said.Length >= FullAt ? Said() : [];
    }

    private List<AgentEvent> Said()
    {
        if (_said.Length == 0)
            return [];
        var text = _said.ToString();
        _said.Clear();
        return [new AssistantTextEvent { Text = text }];
    }

    private ToolUseEvent Use(JsonElement line)
    {
        var name = ForeignJson.Text(line, "tool_name") ?? "";
        var id = ForeignJson.Text(line, "tool_id");
        if (id is not null)
            _toolNames[id] = name;
        return new ToolUseEvent
        {
            ToolName = name,
            ToolUseId = id,
            Input = ForeignJson.Member(line, "parameters") is { ValueKind: JsonValueKind.Object } input ? ForeignJson.Kept(input) : null,
            ToolCategory = ToolCategories.Of(name),
        };
    }

    private ToolResultEvent Result(JsonElement line)
    {
        var id = ForeignJson.Text(line, "tool_id");
        return new ToolResultEvent
        {
            ToolName = id is not null ? _toolNames.GetValueOrDefault(id) : null,
            ToolUseId = id,
            Content = ForeignJson.Member(line, "output") switch
            {
                { ValueKind: JsonValueKind.String } output => ForeignJson.Text(output),
                { ValueKind: not JsonValueKind.Null } output => output.GetRawText(),
                _ => Error(line, "message") ?? "",
            },
            IsError = ForeignJson.Text(line, "status") != "success",
        };
    }

    private static ResultEvent End(JsonElement line)
    {
        var stats = ForeignJson.Member(line, "stats") ?? default;
        var result = new ResultEvent
        {
            Success = ForeignJson.Text(line, "status") == "success",
            DurationMs = ForeignJson.Integer(stats, "duration_ms"),
            Cost = new AgentCost
            {
                InputTokens = ForeignJson.Integer(stats, "input_tokens"),
                OutputTokens = ForeignJson.Integer(stats, "output_tokens"),
                CachedInputTokens = ForeignJson.Integer(stats, "cached"),
                NumTurns = 1,
            },
        };
        return result.Success ? result : result with
        {
            Errors = [Error(line, "message") ?? "gemini ended with an error and did not say which"],
            ErrorSubtype = Error(line, "type") ?? "error",
        };
    }

    private static string? Error(JsonElement line, string member) =>
        ForeignJson.Member(line, "error") is { } error && ForeignJson.Text(error, member) is { Length: > 0 } text ? text : null;
}
