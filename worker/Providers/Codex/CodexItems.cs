using System.Text.Json;
using Donmai.Sessions.Events;

namespace Donmai.Worker.Providers.Codex;

/// <summary>What the items of a turn are as events: commands, file changes, tool calls and the rest (worker.md §4.3.3).</summary>
internal sealed class CodexItems
{
    private readonly HashSet<string> _begun = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _changes = new(StringComparer.Ordinal);

    /// <summary>Paths that a file change touches; <see langword="null"/> for an item nothing is known of.</summary>
    public IReadOnlyList<string>? PathsOf(string item) => _changes.GetValueOrDefault(item);

    /// <summary>The events of an item that has begun; words and thoughts are not among them.</summary>
    public List<AgentEvent> Started(JsonElement item)
    {
        var type = ForeignJson.Text(item, "type");
        if (type == "fileChange")
            _changes[Id(item)] = [.. Changes(item).Select(static change => change.Path)];
        return type switch
        {
            "commandExecution" or "mcpToolCall" => Begin(item, type),
            "fileChange" when _changes[Id(item)].Count > 0 => Begin(item, type),
            _ => Notice(type, item),
        };
    }

    /// <summary>The events of an item that has ended; words and thoughts are not among them.</summary>
    public List<AgentEvent> Completed(JsonElement item)
    {
        var type = ForeignJson.Text(item, "type");
        var events = type switch
        {
            "commandExecution" => [.. Begin(item, type), Command(item)],
            "mcpToolCall" => [.. Begin(item, type), ToolCall(item)],
            "fileChange" => [.. Begin(item, type), FileChange(item)],
            _ => Notice(type, item),
        };
        _changes.Remove(Id(item));
        _begun.Remove(Id(item));
        return events;
    }

    /// <summary>Thoughts of an item: its summary, else its content, in either dialect.</summary>
    public static string Reasoning(JsonElement item)
    {
        var summary = Joined(ForeignJson.Member(item, "summary"));
        return summary.Length > 0 ? summary : Joined(ForeignJson.Member(item, "content"));
    }

    /// <summary>Id of an item.</summary>
    public static string Id(JsonElement item) => ForeignJson.Text(item, "id") ?? "";

    private static List<AgentEvent> Notice(string? type, JsonElement item) => type switch
    {
        null or "" or "userMessage" or "agentMessage" or "reasoning" or "fileChange" => [],
        "plan" => [new SystemEvent { Subtype = "plan", Message = ForeignJson.Text(item, "text") }],
        "webSearch" => [new SystemEvent { Subtype = "web_search", Message = ForeignJson.Text(item, "query") }],
        "contextCompaction" => [new SystemEvent { Subtype = "context_compaction" }],
        _ => [new SystemEvent { Subtype = "unknown_item", Message = type }],
    };

    // A server that was resumed, or is an older one, may tell of an item's end alone.
    private List<AgentEvent> Begin(JsonElement item, string type)
    {
        if (!_begun.Add(Id(item)))
            return [];
        var name = ToolName(item, type);
        return
        [
            new ToolUseEvent
            {
                ToolName = name,
                ToolUseId = Id(item),
                Input = Input(item, type),
                ToolCategory = ToolCategories.Of(name),
            },
        ];
    }

    private static string ToolName(JsonElement item, string type) => type switch
    {
        "commandExecution" => "shell",
        "fileChange" => "file_change",
        _ => McpName(ForeignJson.Text(item, "server"), ForeignJson.Text(item, "tool")),
    };

    private static string McpName(string? server, string? tool) =>
        string.IsNullOrEmpty(server) || string.IsNullOrEmpty(tool)
            ? $"mcp:{(string.IsNullOrEmpty(server) ? "unknown" : server)}/{(string.IsNullOrEmpty(tool) ? "unknown" : tool)}"
            : $"mcp__{server}__{tool}";

    private static JsonText? Input(JsonElement item, string type) => type switch
    {
        "commandExecution" => JsonRpcLines.Object(writer => writer.WriteString("command", Words(ForeignJson.Member(item, "command")))),
        "fileChange" => JsonRpcLines.Object(writer =>
        {
            writer.WriteStartArray("changes");
            foreach (var change in Changes(item))
                writer.WriteStringValue(change.ToString());
            writer.WriteEndArray();
        }),
        _ => ForeignJson.Member(item, "arguments") is { ValueKind: JsonValueKind.Object } arguments ? ForeignJson.Kept(arguments) : null,
    };

    private static ToolResultEvent Command(JsonElement item)
    {
        var output = ForeignJson.Text(item, "aggregatedOutput") ?? ForeignJson.Text(item, "text") ?? "";
        return new ToolResultEvent
        {
            ToolName = "shell",
            ToolUseId = Id(item),
            Content = TerminalText.Plain(output),
            IsError = HasFailed(item) || ForeignJson.Integer(item, "exitCode") != 0,
        };
    }

    private static ToolResultEvent FileChange(JsonElement item) => new()
    {
        ToolName = "file_change",
        ToolUseId = Id(item),
        Content = string.Join('\n', Changes(item)),
        IsError = HasFailed(item),
    };

    private static ToolResultEvent ToolCall(JsonElement item)
    {
        var error = ForeignJson.Member(item, "error") is { } given
            ? given.ValueKind == JsonValueKind.String ? ForeignJson.Text(given) : ForeignJson.Text(given, "message")
            : null;
        var result = ForeignJson.Member(item, "result") is { ValueKind: JsonValueKind.Object } answer ? ForeignJson.Member(answer, "content") ?? answer : (JsonElement?)null;
        return new ToolResultEvent
        {
            ToolName = ToolName(item, "mcpToolCall"),
            ToolUseId = Id(item),
            Content = !string.IsNullOrEmpty(error) ? error : result?.GetRawText() ?? "",
            IsError = HasFailed(item) || !string.IsNullOrEmpty(error),
        };
    }

    private static bool HasFailed(JsonElement item) => ForeignJson.Text(item, "status") is "failed" or "declined";

    // A list of changes, or a map from paths to changes.
    private static List<Change> Changes(JsonElement item)
    {
        var changes = ForeignJson.Member(item, "changes");
        return changes is { ValueKind: JsonValueKind.Object } map
            ? [.. map.EnumerateObject().Select(static change => new Change(Kind(change.Value), ForeignJson.Name(change)))]
            : [.. ForeignJson.Items(changes).Select(static change => new Change(Kind(change), ForeignJson.Text(change, "path") ?? ""))];
    }

    private static string Kind(JsonElement change) =>
        ForeignJson.Member(change, "kind") is not { } kind ? ForeignJson.Text(change, "type") ?? ""
        : kind.ValueKind == JsonValueKind.String ? ForeignJson.Text(kind)
        : ForeignJson.Text(kind, "type") ?? "";

    private static string Words(JsonElement? command) => command switch
    {
        { ValueKind: JsonValueKind.String } line => ForeignJson.Text(line),
        { ValueKind: JsonValueKind.Array } words => string.Join(' ', ForeignJson.Items(words).Select(ForeignJson.Written)),
        _ => "",
    };

    private static string Joined(JsonElement? parts) => parts switch
    {
        { ValueKind: JsonValueKind.String } text => ForeignJson.Text(text),
        { ValueKind: JsonValueKind.Array } list => string.Join('\n', ForeignJson.Items(list)
            .Select(static part => part.ValueKind == JsonValueKind.String ? ForeignJson.Text(part) : ForeignJson.Text(part, "text") ?? "")
            .Where(static part => part.Length > 0)),
        _ => "",
    };

    private sealed record Change(string Kind, string Path)
    {
        public override string ToString() => $"{Kind}: {Path}";
    }
}
