using System.Text.Json;
using Donmai.Sessions.Events;
using Donmai.Worker.Providers.Processes;

namespace Donmai.Worker.Providers.Opencode;

/// <summary>
/// Turns the events of an <c>opencode</c> server into those of one session (worker.md §4.5, HTTP mode). What was told once is not told again, so that
/// everything that was said can be taken after a connection was lost.
/// </summary>
/// <param name="session">Id of the session.</param>
internal sealed class OpencodeEvents(string session)
{
    private readonly HashSet<string> _family = new(StringComparer.Ordinal) { session };
    private readonly HashSet<string> _users = new(StringComparer.Ordinal);
    private readonly HashSet<string> _earlier = new(StringComparer.Ordinal);
    private readonly HashSet<string> _messages = new(StringComparer.Ordinal);
    private readonly HashSet<string> _failed = new(StringComparer.Ordinal);
    private readonly OpencodeTexts _texts = new();
    private readonly OpencodeTools _tools = new();
    private readonly List<string> _errors = [];
    private OpencodeUsage _usage = new();

    /// <summary>Begins a turn: what was said until now is of the turns before.</summary>
    public void BeginTurn()
    {
        _earlier.UnionWith(_messages);
        _usage = new OpencodeUsage();
        _errors.Clear();
    }

    /// <summary>The events of one event of the server.</summary>
    /// <param name="data">Its JSON.</param>
    /// <param name="question">A question for permission that it asks, if any.</param>
    public List<AgentEvent> Take(string data, out PermissionQuestion? question)
    {
        question = null;
        using var document = ForeignJson.Parse(data);
        if (document is null)
            return [UndecodableLine.Notice(data)];
        var properties = ForeignJson.Member(document.RootElement, "properties") ?? default;
        var type = ForeignJson.Text(document.RootElement, "type") ?? "";
        if (type is "permission.asked" or "permission.updated")
            question = Question(properties);
        return [.. Take(type, properties)];
    }

    /// <summary>The events of everything that was said, as far as they were not told yet.</summary>
    /// <param name="messages">The session's messages.</param>
    /// <param name="isOver">Whether the last one has ended.</param>
    public List<AgentEvent> TakeAll(JsonElement messages, out bool isOver)
    {
        isOver = false;
        var events = new List<AgentEvent>();
        foreach (var message in ForeignJson.Items(messages))
        {
            var info = ForeignJson.Member(message, "info") ?? default;
            events.AddRange(Message(info));
            foreach (var part in ForeignJson.Items(ForeignJson.Member(message, "parts")))
                events.AddRange(Part(part));
            isOver = ForeignJson.Text(info, "role") == "assistant"
                && ForeignJson.Number(ForeignJson.Member(info, "time") ?? default, "completed") is not null
                && ForeignJson.Text(info, "finish") != "tool-calls";
        }

        return events;
    }

    private IEnumerable<AgentEvent> Take(string type, JsonElement properties) => type switch
    {
        "session.created" or "session.updated" => Kin(properties),
        "message.updated" when ForeignJson.Member(properties, "info") is { } info && IsOurs(info) => Message(info),
        "message.part.updated" when ForeignJson.Member(properties, "part") is { } part && IsOurs(part) => Part(part),
        "message.part.delta" when IsOurs(properties) && ForeignJson.Text(properties, "field") == "text" => Delta(properties),
        "session.error" when IsOurs(properties) || ForeignJson.Text(properties, "sessionID") is null => Error(ForeignJson.Member(properties, "error")),
        "session.idle" when IsOurs(properties) => Idle(),
        "session.status" when IsOurs(properties) && ForeignJson.Text(ForeignJson.Member(properties, "status") ?? default, "type") == "idle" => Idle(),
        _ => [],
    };

    /// <summary>The end of a turn: a failure if an error was seen.</summary>
    public List<AgentEvent> Idle() =>
    [
        .. _texts.Flush(_usage.Total),
        _errors.Count == 0
            ? new ResultEvent { Success = true, Cost = _usage.Total }
            : new ResultEvent { Success = false, Errors = [.. _errors], ErrorSubtype = "error", Cost = _usage.Total },
    ];

    private bool IsOurs(JsonElement element) => ForeignJson.Text(element, "sessionID") == session;

    // Sub-agents have sessions of their own, which may ask for permission.
    private List<AgentEvent> Kin(JsonElement properties)
    {
        var info = ForeignJson.Member(properties, "info") ?? default;
        if (ForeignJson.Text(info, "parentID") is { } parent && _family.Contains(parent) && ForeignJson.Text(info, "id") is { } child)
            _family.Add(child);
        return [];
    }

    private PermissionQuestion? Question(JsonElement properties) =>
        ForeignJson.Text(properties, "id") is { Length: > 0 } id && ForeignJson.Text(properties, "sessionID") is { } asking && _family.Contains(asking)
            ? new PermissionQuestion(asking, id, ForeignJson.Text(properties, "title") ?? ForeignJson.Text(properties, "permission") ?? ForeignJson.Text(properties, "type") ?? "a tool")
            : null;

    private IEnumerable<AgentEvent> Message(JsonElement info)
    {
        var id = ForeignJson.Text(info, "id") ?? "";
        _messages.Add(id);
        if (ForeignJson.Text(info, "role") == "user")
            _users.Add(id);
        if (_users.Contains(id) || _earlier.Contains(id))
            return [];
        _usage.Take(info, id);
        return ForeignJson.Member(info, "error") is { ValueKind: not JsonValueKind.Null } error && _failed.Add(id) ? Error(error) : [];
    }

    private List<AgentEvent> Part(JsonElement part)
    {
        if (ForeignJson.Text(part, "messageID") is { } message && _users.Contains(message))
            return [];
        switch (ForeignJson.Text(part, "type"))
        {
            case "text" or "reasoning":
                _texts.Set(part);
                var isComplete = ForeignJson.Number(ForeignJson.Member(part, "time") ?? default, "end") is not null;
                return isComplete ? _texts.Flush(_usage.Total) : [];
            case "tool":
                return [.. _texts.Flush(_usage.Total), .. _tools.Take(part, _usage.Total)];
            default:
                return [];
        }
    }

    private List<AgentEvent> Delta(JsonElement properties)
    {
        if (ForeignJson.Text(properties, "messageID") is not { } message || !_users.Contains(message))
            _texts.Append(properties);
        return [];
    }

    private IEnumerable<AgentEvent> Error(JsonElement? error)
    {
        var text = OpencodeDecoder.ErrorText(error);
        if (_errors.Contains(text, StringComparer.Ordinal))
            yield break;
        _errors.Add(text);
        yield return new ErrorEvent { Message = text, Code = "opencode_error" };
    }
}
