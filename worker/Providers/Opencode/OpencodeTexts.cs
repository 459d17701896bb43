using System.Text.Json;
using Donmai.Sessions;
using Donmai.Sessions.Events;

namespace Donmai.Worker.Providers.Opencode;

/// <summary>The texts of a session, which grow: what was not told yet is told when a text is complete, or before something else happens.</summary>
internal sealed class OpencodeTexts
{
    private readonly Dictionary<string, int> _told = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Text, bool IsThought)> _open = new(StringComparer.Ordinal);

    /// <summary>Takes a part of type <c>text</c> or <c>reasoning</c> as it is now.</summary>
    public void Set(JsonElement part)
    {
        if (ForeignJson.Text(part, "id") is { } id && ForeignJson.Text(part, "text") is { } text && text.Length > _told.GetValueOrDefault(id))
            _open[id] = (text, ForeignJson.Text(part, "type") == "reasoning");
    }

    /// <summary>Takes what was added to a part; of one that was not seen yet nothing is known, so its next full text counts.</summary>
    public void Append(JsonElement delta)
    {
        if (ForeignJson.Text(delta, "partID") is { } id && ForeignJson.Text(delta, "delta") is { } added && _open.TryGetValue(id, out var open))
            _open[id] = open with { Text = open.Text + added };
    }

    /// <summary>What was not told yet.</summary>
    /// <param name="usage">Tokens so far.</param>
    public List<AgentEvent> Flush(AgentCost? usage)
    {
        var events = new List<AgentEvent>();
        foreach (var (id, (text, isThought)) in _open)
        {
            var news = text[_told.GetValueOrDefault(id)..];
            _told[id] = text.Length;
            if (news.Length > 0)
                events.Add(isThought ? new SystemEvent { Subtype = "reasoning", Message = news } : new AssistantTextEvent { Text = news, Usage = usage });
        }

        _open.Clear();
        return events;
    }
}
