using System.Text.Json;
using Donmai.Sessions.Events;

namespace Donmai.Worker.Providers.Codex;

/// <summary>
/// Turns what the app server tells into events (worker.md §4.3.3, §4.3.6): of one thread, and of its turn that runs. Not safe for several threads.
/// </summary>
/// <param name="usage">Counts the tokens.</param>
internal sealed class CodexDecoder(CodexUsage usage)
{
    private readonly CodexDeltas _deltas = new();
    private readonly CodexItems _items = new();
    private bool _turnOpen;

    /// <summary>The thread; empty until it is known.</summary>
    public string ThreadId { get; set; } = "";

    /// <summary>The turn that runs; empty until the server has named it.</summary>
    public string TurnId { get; set; } = "";

    /// <summary>Whether pieces of text wait to be told.</summary>
    public bool HoldsText => _turnOpen && _deltas.IsWaiting;

    /// <summary>Paths that a file change touches; <see langword="null"/> for an item nothing is known of.</summary>
    public IReadOnlyList<string>? PathsOf(string item) => _items.PathsOf(item);

    /// <summary>A turn is about to be asked for.</summary>
    /// <param name="isFirstOfThread">Whether nothing was said in the thread before.</param>
    public void Begin(bool isFirstOfThread)
    {
        usage.Begin(isFirstOfThread);
        TurnId = "";
        _turnOpen = true;
    }

    /// <summary>The turn is over, however it ended.</summary>
    public void End()
    {
        _turnOpen = false;
        _deltas.Clear();
    }

    /// <summary>The events of a notification.</summary>
    public List<AgentEvent> Take(string method, JsonElement parameters)
    {
        if (!IsOurs(parameters))
            return [];
        if (method == "thread/tokenUsage/updated")
        {
            usage.TakeThread(ForeignJson.Member(parameters, "tokenUsage") ?? default);
            return [];
        }

        var events = Decode(method, parameters);
        return _turnOpen || events is [.., ResultEvent] ? events : [];
    }

    /// <summary>The text that waits.</summary>
    public List<AgentEvent> Flush(string? exceptItem = null) => _deltas.Flush(exceptItem).ConvertAll(piece => Said(piece.Kind, piece.Text));

    private bool IsOurs(JsonElement parameters)
    {
        var thread = ForeignJson.Text(parameters, "threadId")
            ?? (ForeignJson.Member(parameters, "thread") is { } named ? ForeignJson.Text(named, "id") : null)
            ?? (ForeignJson.Member(parameters, "turn") is { } turn ? ForeignJson.Text(turn, "threadId") : null);
        return thread is null || ThreadId.Length == 0 || thread == ThreadId;
    }

    private List<AgentEvent> Decode(string method, JsonElement parameters) => method switch
    {
        "thread/started" => [],
        "thread/closed" or "thread/status/changed" => [new SystemEvent { Subtype = method.Replace('/', '_') }],
        "turn/started" => Started(parameters),
        "turn/completed" => Completed(parameters),
        "item/agentMessage/delta" => Piece(CodexSpeech.Message, parameters),
        "item/reasoning/textDelta" or "item/reasoning/summaryTextDelta" => Piece(CodexSpeech.Reasoning, parameters),
        "item/commandExecution/outputDelta" => Piece(CodexSpeech.CommandOutput, parameters),
        "turn/diff/updated" => [new SystemEvent { Subtype = "diff_updated", Message = ForeignJson.Text(parameters, "diff") }],
        "turn/plan/updated" => [new SystemEvent { Subtype = "plan_updated", Message = ForeignJson.Member(parameters, "plan")?.GetRawText() }],
        "item/started" => Item(parameters, hasEnded: false),
        "item/completed" => Item(parameters, hasEnded: true),
        "error" => [Error(parameters)],
        _ => IsRepetition(method) ? [] : [new SystemEvent { Subtype = "unknown", Message = method }],
    };

    // Pieces of what the end of an item tells whole, and the notifications of a former protocol that some servers send beside these.
    private static bool IsRepetition(string method) =>
        method.EndsWith("elta", StringComparison.Ordinal) || method.StartsWith("codex/event", StringComparison.Ordinal) || method == "serverRequest/resolved";

    private List<AgentEvent> Started(JsonElement parameters)
    {
        if (TurnId.Length == 0)
            TurnId = TurnOf(parameters);
        return [new SystemEvent { Subtype = "turn_started" }];
    }

    private static string TurnOf(JsonElement parameters) =>
        (ForeignJson.Member(parameters, "turn") is { } turn ? ForeignJson.Text(turn, "id") : null) ?? ForeignJson.Text(parameters, "turnId") ?? "";

    private List<AgentEvent> Completed(JsonElement parameters)
    {
        var ended = TurnOf(parameters);
        if (!_turnOpen || (ended.Length > 0 && TurnId.Length > 0 && ended != TurnId))
            return [];
        var turn = ForeignJson.Member(parameters, "turn") ?? default;
        var status = ForeignJson.Text(turn, "status") ?? "";
        if (status is not ("" or "completed" or "failed" or "interrupted"))
            return [new SystemEvent { Subtype = "turn_completed", Message = status }];
        usage.TakeTurn(ForeignJson.Member(turn, "usage") ?? default);
        List<AgentEvent> events = [.. Flush(), Result(turn, status)];
        End();
        return events;
    }

    private ResultEvent Result(JsonElement turn, string status)
    {
        var result = new ResultEvent { Success = status is "" or "completed", Cost = usage.Turn(), DurationMs = ForeignJson.Integer(turn, "durationMs") };
        if (result.Success)
            return result;
        if (status == "interrupted")
            return result with { ErrorSubtype = status, Errors = ["the turn was interrupted"] };
        var error = CodexError.Read(ForeignJson.Member(turn, "error"), "the turn failed");
        return result with { ErrorSubtype = error.Kind.Length > 0 ? error.Kind : "turn_failed", Errors = [error.Message] };
    }

    private static ErrorEvent Error(JsonElement parameters)
    {
        var error = CodexError.Read(ForeignJson.Member(parameters, "error") ?? parameters, "codex reported an error");
        return new ErrorEvent { Message = error.Message, Code = error.Code, Fatal = !ForeignJson.Flag(parameters, "willRetry") };
    }

    private List<AgentEvent> Piece(CodexSpeech kind, JsonElement parameters)
    {
        var text = ForeignJson.Text(parameters, "delta") ?? ForeignJson.Text(parameters, "text") ?? "";
        var due = _turnOpen && text.Length > 0 ? _deltas.Take(kind, ForeignJson.Text(parameters, "itemId") ?? "", text) : "";
        return due.Length > 0 ? [Said(kind, due)] : [];
    }

    private List<AgentEvent> Item(JsonElement parameters, bool hasEnded)
    {
        if (ForeignJson.Member(parameters, "item") is not { } item)
            return [];
        var id = CodexItems.Id(item);
        var events = Flush(exceptItem: id);
        switch (ForeignJson.Text(item, "type"))
        {
            case "agentMessage" when hasEnded:
                Tell(CodexSpeech.Message, ForeignJson.Text(item, "text"));
                break;
            case "reasoning" when hasEnded:
                Tell(CodexSpeech.Reasoning, CodexItems.Reasoning(item));
                break;
            case "commandExecution" when hasEnded:
                _deltas.Forget(CodexSpeech.CommandOutput, id);
                break;
        }

        events.AddRange((hasEnded ? _items.Completed(item) : _items.Started(item)).Select(Counted));
        return events;

        void Tell(CodexSpeech kind, string? whole)
        {
            var rest = _deltas.End(kind, id, whole);
            if (rest.Length > 0)
                events.Add(Said(kind, rest));
        }
    }

    private AgentEvent Said(CodexSpeech kind, string text) => kind switch
    {
        CodexSpeech.Message => new AssistantTextEvent { Text = text, Usage = usage.SoFar() },
        CodexSpeech.Reasoning => new SystemEvent { Subtype = "reasoning", Message = text },
        _ => new SystemEvent { Subtype = "command_progress", Message = TerminalText.Plain(text) },
    };

    private AgentEvent Counted(AgentEvent happening) => happening is ToolUseEvent use ? use with { Usage = usage.SoFar() } : happening;
}
