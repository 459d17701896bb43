using System.Text.Json;
using Donmai.Core.Sessions.Children;
using Donmai.Sessions.Events;
using Donmai.Worker.Providers.Processes;

namespace Donmai.Worker.Providers.Opencode;

/// <summary>Turns the lines of one <c>opencode run</c> into events (worker.md §4.5). The end of the program ends the turn: only it says which step was the last.</summary>
internal sealed class OpencodeDecoder : ITurnDecoder
{
    private readonly OpencodeTools _tools = new();
    private readonly OpencodeUsage _usage = new();
    private bool _initialised;
    private string? _reason;

    /// <inheritdoc/>
    public IReadOnlyList<AgentEvent> Decode(string line)
    {
        using var document = ForeignJson.Parse(line);
        return document is null ? [UndecodableLine.Notice(line)] : [.. Init(document.RootElement), .. Decode(document.RootElement, line)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<AgentEvent> End(ChildExit exit) => _reason switch
    {
        null or "" or "tool-calls" => [],
        "stop" => [new ResultEvent { Success = true, Cost = _usage.Total }],
        var reason => [new ResultEvent { Success = false, ErrorSubtype = reason, Errors = [$"opencode ended with the reason '{reason}'"], Cost = _usage.Total }],
    };

    /// <summary>The words of an <c>error</c> object.</summary>
    public static string ErrorText(JsonElement? error) =>
        error is not { } told ? "opencode reported an error without words"
        : told.ValueKind == JsonValueKind.String ? ForeignJson.Text(told)
        : (ForeignJson.Member(told, "data") is { } data ? ForeignJson.Text(data, "message") : null)
            ?? ForeignJson.Text(told, "message") ?? ForeignJson.Text(told, "name") ?? told.GetRawText();

    private IEnumerable<AgentEvent> Init(JsonElement line)
    {
        if (_initialised || ForeignJson.Text(line, "sessionID") is not { Length: > 0 } id)
            yield break;
        _initialised = true;
        yield return new InitEvent { SessionId = id };
    }

    private IEnumerable<AgentEvent> Decode(JsonElement line, string text)
    {
        var part = ForeignJson.Member(line, "part") ?? default;
        switch (ForeignJson.Text(line, "type"))
        {
            case "step_start":
                return [];
            case "text":
                return ForeignJson.Text(part, "text") is { Length: > 0 } words ? [new AssistantTextEvent { Text = words, Usage = _usage.Total }] : [];
            case "reasoning":
                return ForeignJson.Text(part, "text") is { Length: > 0 } thoughts ? [new SystemEvent { Subtype = "reasoning", Message = thoughts }] : [];
            case "tool_use":
                return _tools.Take(part, _usage.Total);
            case "step_finish":
                return Finish(part);
            case "error":
                _reason = null;
                return [new ErrorEvent { Message = ErrorText(ForeignJson.Member(line, "error")), Code = "opencode_error" }];
            case { Length: > 0 } other:
                return [new SystemEvent { Subtype = "unknown", Message = other }];
            default:
                return [UndecodableLine.Notice(text)];
        }
    }

    private List<AgentEvent> Finish(JsonElement part)
    {
        _usage.Take(part, id: null);
        _reason = ForeignJson.Text(part, "reason") ?? "";
        return _reason.Length == 0 ? [new SystemEvent { Subtype = "step_finish_unknown" }] : [];
    }
}
