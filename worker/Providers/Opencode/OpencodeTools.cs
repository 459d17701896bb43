using System.Text.Json;
using Donmai.Sessions;
using Donmai.Sessions.Events;

namespace Donmai.Worker.Providers.Opencode;

/// <summary>The tool calls of a session: a call is told once when it is first seen, and once when it has ended, however often it is reported (worker.md §4.5).</summary>
internal sealed class OpencodeTools
{
    private readonly HashSet<string> _started = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ended = new(StringComparer.Ordinal);

    /// <summary>The events of a part of type <c>tool</c>.</summary>
    /// <param name="part">The part; any of its members may be missing.</param>
    /// <param name="usage">Tokens so far.</param>
    public IEnumerable<AgentEvent> Take(JsonElement part, AgentCost? usage)
    {
        var name = ForeignJson.Text(part, "tool") ?? "";
        var id = ForeignJson.Text(part, "callID");
        var state = ForeignJson.Member(part, "state") ?? default;
        var status = ForeignJson.Text(state, "status");
        if (status == "pending" && id is not null)
            yield break;
        if (id is null || _started.Add(id))
            yield return new ToolUseEvent
            {
                ToolName = name,
                ToolUseId = id,
                Input = ForeignJson.Member(state, "input") is { ValueKind: JsonValueKind.Object } input ? ForeignJson.Kept(input) : null,
                ToolCategory = ToolCategories.Of(name),
                Usage = usage,
            };
        if (status is not ("completed" or "error") || (id is not null && !_ended.Add(id)))
            yield break;
        yield return new ToolResultEvent
        {
            ToolName = name,
            ToolUseId = id,
            Content = (status == "error" ? Content(state, "error") : null) ?? Content(state, "output") ?? "",
            IsError = status == "error",
        };
    }

    private static string? Content(JsonElement state, string member) => ForeignJson.Member(state, member) switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { } given => ForeignJson.Written(given),
    };
}
