using System.Text.Json;
using Donmai.Core.Providers;
using Donmai.Core.Sessions.Children;
using Donmai.Sessions;
using Donmai.Sessions.Events;
using Donmai.Worker.Providers.Processes;

namespace Donmai.Worker.Providers.Generic;

/// <summary>A program that prints JSON lines, read as its description maps them (docs/providers.md).</summary>
/// <param name="mapping">Where their members stand.</param>
/// <param name="madeUpSession">Id that stands for a session which the program does not name.</param>
/// <param name="named">Told of the session's id.</param>
internal sealed class MappedLines(GenericMapping mapping, string madeUpSession, Action<string> named) : ITurnDecoder
{
    private readonly Dictionary<string, string> _toolNames = new(StringComparer.Ordinal);
    private AgentCost? _cost;
    private bool _begun;

    /// <inheritdoc/>
    public IReadOnlyList<AgentEvent> Decode(string line)
    {
        using var document = ForeignJson.Parse(line);
        return document is { RootElement.ValueKind: JsonValueKind.Object } ? Decode(document.RootElement) : [UndecodableLine.Notice(line)];
    }

    // A program whose lines never say that it is done says it by its exit code.
    /// <inheritdoc/>
    public IReadOnlyList<AgentEvent> End(ChildExit exit) =>
        exit.Succeeded && mapping.Kinds.Count > 0 && !mapping.Kinds.ContainsValue("result") ? [.. Begin(""), new ResultEvent { Success = true, Cost = _cost }] : [];

    private List<AgentEvent> Decode(JsonElement line)
    {
        var session = MemberPath.Text(line, mapping.SessionId);
        if (session.Length > 0)
            named(session);
        Count(line);
        var happening = Read(line);
        return happening is null or SystemEvent
            ? [.. session.Length > 0 ? Begin(session) : [], .. happening is null ? [] : new[] { happening }]
            : [.. Begin(session), happening];
    }

    private List<AgentEvent> Begin(string session)
    {
        if (_begun)
            return [];
        _begun = true;
        return [new InitEvent { SessionId = session.Length > 0 ? session : madeUpSession }];
    }

    private AgentEvent? Read(JsonElement line)
    {
        var word = MemberPath.Text(line, mapping.Kind);
        var message = MemberPath.Text(line, mapping.Message);
        return mapping.Kinds.GetValueOrDefault(word, word) switch
        {
            "init" or GenericMapping.Ignored => null,
            "assistant_text" => MemberPath.Text(line, mapping.Text) is { Length: > 0 } text ? new AssistantTextEvent { Text = text, Usage = _cost } : null,
            "tool_use" => Use(line),
            "tool_result" => Result(line),
            "result" => End(line, message),
            "error" => new ErrorEvent { Message = message.Length > 0 ? message : "the agent reported an error", Code = word },
            "system" => new SystemEvent { Subtype = word, Message = message.Length > 0 ? message : null },
            _ => new SystemEvent { Subtype = "unknown", Message = word },
        };
    }

    private ToolUseEvent Use(JsonElement line)
    {
        var name = MemberPath.Text(line, mapping.ToolName);
        var id = MemberPath.Text(line, mapping.ToolId);
        if (id.Length > 0)
            _toolNames[id] = name;
        return new ToolUseEvent
        {
            ToolName = name,
            ToolUseId = id.Length > 0 ? id : null,
            Input = MemberPath.Find(line, mapping.ToolInput) is { ValueKind: JsonValueKind.Object } input ? ForeignJson.Kept(input) : null,
            ToolCategory = ToolCategories.Of(name),
        };
    }

    private ToolResultEvent Result(JsonElement line)
    {
        var id = MemberPath.Text(line, mapping.ToolId);
        var name = MemberPath.Text(line, mapping.ToolName);
        return new ToolResultEvent
        {
            ToolName = name.Length > 0 ? name : _toolNames.GetValueOrDefault(id),
            ToolUseId = id.Length > 0 ? id : null,
            Content = MemberPath.Text(line, mapping.ToolOutput),
            IsError = HasFailed(line),
        };
    }

    private bool HasFailed(JsonElement line) => MemberPath.Find(line, mapping.ToolFailed) switch
    {
        null or { ValueKind: JsonValueKind.False } => false,
        { ValueKind: JsonValueKind.String } word => ForeignJson.Text(word).Length > 0 && MemberPath.IsGood(line, mapping.ToolFailed) != true,
        _ => true,
    };

    private ResultEvent End(JsonElement line, string message)
    {
        var result = new ResultEvent { Success = MemberPath.IsGood(line, mapping.Success) ?? true, Cost = _cost };
        return result.Success
            ? result with { Message = message.Length > 0 ? message : null }
            : result with { Errors = [message.Length > 0 ? message : "the agent failed and did not say why"], ErrorSubtype = "error" };
    }

    private void Count(JsonElement line)
    {
        var (input, output, cached) = (Tokens(mapping.InputTokens), Tokens(mapping.OutputTokens), Tokens(mapping.CachedTokens));
        var price = MemberPath.Number(line, mapping.CostUsd);
        if (input is null && output is null && cached is null && price is null)
            return;
        _cost = new AgentCost
        {
            InputTokens = input ?? _cost?.InputTokens ?? 0,
            OutputTokens = output ?? _cost?.OutputTokens ?? 0,
            CachedInputTokens = cached ?? _cost?.CachedInputTokens ?? 0,
            TotalCostUsd = price ?? _cost?.TotalCostUsd,
            NumTurns = 1,
        };

        long? Tokens(string path) => MemberPath.Number(line, path) is >= 0 and < 9e18 and var number ? (long)number : null;
    }
}
