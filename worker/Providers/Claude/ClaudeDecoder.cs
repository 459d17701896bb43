using System.Globalization;
using System.Text.Json;
using Donmai.Core.Sessions.Children;
using Donmai.Sessions.Events;
using Donmai.Worker.Providers.Processes;

namespace Donmai.Worker.Providers.Claude;

/// <summary>Turns the lines of one run of <c>claude</c> into events (worker.md §4.2). Unreadable lines are notices, never failures.</summary>
internal sealed class ClaudeDecoder : ITurnDecoder
{
    private readonly ClaudeUsage _usage = new();
    private readonly Dictionary<string, string> _toolNames = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public IReadOnlyList<AgentEvent> Decode(string line)
    {
        using var document = ForeignJson.Parse(line);
        return document is null ? [UndecodableLine.Notice(line)] : Decode(document.RootElement, line);
    }

    /// <inheritdoc/>
    public IReadOnlyList<AgentEvent> End(ChildExit exit) => [];

    private List<AgentEvent> Decode(JsonElement line, string text)
    {
        var parent = ForeignJson.Text(line, "parent_tool_use_id");
        return ForeignJson.Text(line, "type") switch
        {
            "system" => [System(line)],
            "assistant" => Assistant(line, parent),
            "user" => User(line, parent),
            "tool_progress" => [Progress(line, parent)],
            "auth_status" => [Authentication(line)],
            "rate_limit_event" => [new SystemEvent { Subtype = "rate_limit", Message = RateLimit(line) }],
            "stream_event" => [],
            "result" => [ClaudeResult.Read(line, _usage.Total)],
            { Length: > 0 } other => [new SystemEvent { Subtype = "unknown", Message = other }],
            _ => [UndecodableLine.Notice(text)],
        };
    }

    private static AgentEvent System(JsonElement line)
    {
        var subtype = ForeignJson.Text(line, "subtype");
        return subtype == "init"
            ? new InitEvent { SessionId = ForeignJson.Text(line, "session_id") ?? "" }
            : new SystemEvent
            {
                Subtype = string.IsNullOrEmpty(subtype) ? "unknown" : subtype,
                Message = ForeignJson.Text(line, "status") ?? ForeignJson.Text(line, "message"),
            };
    }

    private List<AgentEvent> Assistant(JsonElement line, string? parent)
    {
        var events = new List<AgentEvent>();
        if (ForeignJson.Member(line, "message") is not { } message)
            return events;
        var usage = _usage.Take(message);
        foreach (var block in ForeignJson.Items(ForeignJson.Member(message, "content")))
        {
            var text = ForeignJson.Text(block, "text");
            switch (ForeignJson.Text(block, "type"))
            {
                case "text" when !string.IsNullOrEmpty(text):
                    events.Add(new AssistantTextEvent { Text = text, ParentToolUseId = parent, Usage = usage });
                    break;
                case "tool_use":
                    events.Add(ToolUse(block) with { ParentToolUseId = parent, Usage = usage });
                    break;
            }
        }

        return events;
    }

    private ToolUseEvent ToolUse(JsonElement block)
    {
        var name = ForeignJson.Text(block, "name") ?? "";
        var id = ForeignJson.Text(block, "id");
        if (id is not null)
            _toolNames[id] = name;
        return new ToolUseEvent
        {
            ToolName = name,
            ToolUseId = id,
            Input = ForeignJson.Member(block, "input") is { ValueKind: JsonValueKind.Object } input ? ForeignJson.Kept(input) : null,
            ToolCategory = ToolCategories.Of(name),
        };
    }

    private List<AgentEvent> User(JsonElement line, string? parent)
    {
        var content = ForeignJson.Member(line, "message") is { } message ? ForeignJson.Member(message, "content") : null;
        var events = ForeignJson.Items(content)
            .Where(static block => ForeignJson.Text(block, "type") == "tool_result")
            .Select(block => (AgentEvent)ToolResult(block, parent))
            .ToList();
        if (events.Count == 0)
            events.Add(new SystemEvent { Subtype = "user_message", ParentToolUseId = parent });
        return events;
    }

    private ToolResultEvent ToolResult(JsonElement block, string? parent)
    {
        var id = ForeignJson.Text(block, "tool_use_id");
        return new ToolResultEvent
        {
            ToolName = id is not null ? _toolNames.GetValueOrDefault(id) : null,
            ToolUseId = id,
            Content = Content(ForeignJson.Member(block, "content")),
            IsError = ForeignJson.Flag(block, "is_error"),
            ParentToolUseId = parent,
        };
    }

    // A text as it is; text blocks joined; anything else as its JSON.
    private static string Content(JsonElement? content)
    {
        if (content is not { } value || value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
            return "";
        if (value.ValueKind == JsonValueKind.String)
            return ForeignJson.Text(value);
        var texts = ForeignJson.Items(value).Select(static block => ForeignJson.Text(block, "type") == "text" ? ForeignJson.Text(block, "text") : null).ToList();
        return texts.Count > 0 && texts.TrueForAll(static text => text is not null) ? string.Join('\n', texts) : value.GetRawText();
    }

    private static ToolProgressEvent Progress(JsonElement line, string? parent) => new()
    {
        ToolName = ForeignJson.Text(line, "tool_name") ?? "",
        ElapsedSeconds = ForeignJson.Number(line, "elapsed_time_seconds") ?? 0,
        ParentToolUseId = parent,
    };

    private static AgentEvent Authentication(JsonElement line) => ForeignJson.Text(line, "error") is { Length: > 0 } error
        ? new ErrorEvent { Message = error, Code = "auth_status" }
        : new SystemEvent { Subtype = "auth_status", Message = ForeignJson.Flag(line, "isAuthenticating") ? "in progress" : "done" };

    private static string? RateLimit(JsonElement line)
    {
        if (ForeignJson.Member(line, "rate_limit_info") is not { } limit || ForeignJson.Text(limit, "status") is not { } status)
            return null;
        var reset = ForeignJson.Integer(limit, "resetsAt");
        return reset is > 0 and < 4_000_000_000
            ? string.Create(CultureInfo.InvariantCulture, $"{status}, resets at {DateTimeOffset.FromUnixTimeSeconds(reset):u}")
            : status;
    }
}
