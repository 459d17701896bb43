using System.Globalization;
using System.Text.Json;
using Donmai.Sessions.Events;

namespace Donmai.Worker.Providers.Claude;

/// <summary>Turns the lines of one run of <c>claude</c> into events (worker.md §4.2). Unreadable lines are notices, never failures.</summary>
internal sealed class ClaudeDecoder
{
    private const int NoticeLength = 200;

    private readonly ClaudeUsage _usage = new();
    private readonly Dictionary<string, string> _toolNames = new(StringComparer.Ordinal);

    /// <summary>The events of one line.</summary>
    public List<AgentEvent> Decode(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return Decode(document.RootElement, line);
        }
        catch (JsonException)
        {
            return [Unreadable(line)];
        }
    }

    private List<AgentEvent> Decode(JsonElement line, string text)
    {
        var parent = ClaudeJson.Text(line, "parent_tool_use_id");
        return ClaudeJson.Text(line, "type") switch
        {
            "system" => [System(line)],
            "assistant" => Assistant(line, parent),
            "user" => User(line, parent),
            "tool_progress" => [Progress(line, parent)],
            "auth_status" => [Authentication(line)],
            "rate_limit_event" => [new SystemEvent { Subtype = "rate_limit", Message = RateLimit(line) }],
            "stream_event" => [],
            "result" => [ClaudeResult.Read(line)],
            { Length: > 0 } other => [new SystemEvent { Subtype = "unknown", Message = other }],
            _ => [Unreadable(text)],
        };
    }

    private static AgentEvent System(JsonElement line)
    {
        var subtype = ClaudeJson.Text(line, "subtype");
        return subtype == "init"
            ? new InitEvent { SessionId = ClaudeJson.Text(line, "session_id") ?? "" }
            : new SystemEvent
            {
                Subtype = string.IsNullOrEmpty(subtype) ? "unknown" : subtype,
                Message = ClaudeJson.Text(line, "status") ?? ClaudeJson.Text(line, "message"),
            };
    }

    private List<AgentEvent> Assistant(JsonElement line, string? parent)
    {
        var events = new List<AgentEvent>();
        if (ClaudeJson.Member(line, "message") is not { } message)
            return events;
        var usage = _usage.Take(message);
        foreach (var block in ClaudeJson.Items(ClaudeJson.Member(message, "content")))
        {
            var text = ClaudeJson.Text(block, "text");
            switch (ClaudeJson.Text(block, "type"))
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
        var name = ClaudeJson.Text(block, "name") ?? "";
        var id = ClaudeJson.Text(block, "id");
        if (id is not null)
            _toolNames[id] = name;
        return new ToolUseEvent
        {
            ToolName = name,
            ToolUseId = id,
            Input = ClaudeJson.Member(block, "input") is { ValueKind: JsonValueKind.Object } input ? new JsonText(input.GetRawText()) : null,
            ToolCategory = ToolCategories.Of(name),
        };
    }

    private List<AgentEvent> User(JsonElement line, string? parent)
    {
        var content = ClaudeJson.Member(line, "message") is { } message ? ClaudeJson.Member(message, "content") : null;
        var events = ClaudeJson.Items(content)
            .Where(static block => ClaudeJson.Text(block, "type") == "tool_result")
            .Select(block => (AgentEvent)ToolResult(block, parent))
            .ToList();
        if (events.Count == 0)
            events.Add(new SystemEvent { Subtype = "user_message", ParentToolUseId = parent });
        return events;
    }

    private ToolResultEvent ToolResult(JsonElement block, string? parent)
    {
        var id = ClaudeJson.Text(block, "tool_use_id");
        return new ToolResultEvent
        {
            ToolName = id is not null ? _toolNames.GetValueOrDefault(id) : null,
            ToolUseId = id,
            Content = Content(ClaudeJson.Member(block, "content")),
            IsError = ClaudeJson.Flag(block, "is_error"),
            ParentToolUseId = parent,
        };
    }

    // A text as it is; text blocks joined; anything else as its JSON.
    private static string Content(JsonElement? content)
    {
        if (content is not { } value || value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
            return "";
        if (value.ValueKind == JsonValueKind.String)
            return ClaudeJson.Text(value);
        var texts = ClaudeJson.Items(value).Select(static block => ClaudeJson.Text(block, "type") == "text" ? ClaudeJson.Text(block, "text") : null).ToList();
        return texts.Count > 0 && texts.TrueForAll(static text => text is not null) ? string.Join('\n', texts) : value.GetRawText();
    }

    private static ToolProgressEvent Progress(JsonElement line, string? parent) => new()
    {
        ToolName = ClaudeJson.Text(line, "tool_name") ?? "",
        ElapsedSeconds = ClaudeJson.Number(line, "elapsed_time_seconds") ?? 0,
        ParentToolUseId = parent,
    };

    private static AgentEvent Authentication(JsonElement line) => ClaudeJson.Text(line, "error") is { Length: > 0 } error
        ? new ErrorEvent { Message = error, Code = "auth_status" }
        : new SystemEvent { Subtype = "auth_status", Message = ClaudeJson.Flag(line, "isAuthenticating") ? "in progress" : "done" };

    private static string? RateLimit(JsonElement line)
    {
        if (ClaudeJson.Member(line, "rate_limit_info") is not { } limit || ClaudeJson.Text(limit, "status") is not { } status)
            return null;
        var reset = ClaudeJson.Integer(limit, "resetsAt");
        return reset is > 0 and < 4_000_000_000
            ? string.Create(CultureInfo.InvariantCulture, $"{status}, resets at {DateTimeOffset.FromUnixTimeSeconds(reset):u}")
            : status;
    }

    private static SystemEvent Unreadable(string line) =>
        new() { Subtype = "undecodable_line", Message = line.Length > NoticeLength ? line[..NoticeLength] : line };
}
