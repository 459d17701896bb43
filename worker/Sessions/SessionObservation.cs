using Donmai.Sessions;
using Donmai.Sessions.Events;

namespace Donmai.Worker.Sessions;

/// <summary>What is remembered of the agent's events (worker.md §2.6, §3.7). What sub-agents say is not the agent's own word.</summary>
internal sealed class SessionObservation
{
    private readonly LastText _spoken = new();
    private readonly LastText _message = new();
    private readonly LastText _answers = new();
    private readonly List<ErrorEvent> _errors = [];
    private AgentCost? _running;
    private bool _messageEnded;
    private string _earlierWords = "";
    private AgentCost? _total;

    /// <summary>The provider's own session id; the last one wins.</summary>
    public string ProviderSessionId { get; private set; } = "";

    /// <summary>The turn's result, if it has one.</summary>
    public ResultEvent? Result { get; private set; }

    /// <summary>Errors of the turn, in order.</summary>
    public IReadOnlyList<ErrorEvent> Errors => _errors;

    /// <summary>Turns begun.</summary>
    public int Turns { get; private set; }

    /// <summary>Whether the turn has used a tool.</summary>
    public bool UsedTool { get; private set; }

    /// <summary>Sub-agents started.</summary>
    public int SubAgents { get; private set; }

    /// <summary>All top-level text, as far as it is kept.</summary>
    public string Spoken => _spoken.ToString();

    /// <summary>The last non-blank top-level message, its pieces joined.</summary>
    public string FinalMessage => _message.ToString();

    /// <summary>The last top-level message that says more than the marker.</summary>
    public string LastWords => Says(FinalMessage) ? FinalMessage : _earlierWords;

    /// <summary>Texts in which the session's pull request may be named.</summary>
    public string ToolAnswers => _answers.ToString();

    /// <summary>What the agent did to the issue and its pull request.</summary>
    public AgentDeeds Deeds { get; } = new();

    /// <summary>Cost of all turns; of a turn without a result, the tokens that are known.</summary>
    public AgentCost? Cost => _running is null ? _total : Sum(_total, _running);

    /// <summary>A turn begins.</summary>
    public void BeginTurn()
    {
        Turns++;
        Settle();
        Result = null;
        UsedTool = false;
        _errors.Clear();
    }

    /// <summary>Takes an event of the turn.</summary>
    public void Take(AgentEvent happening)
    {
        Deeds.Take(happening);
        switch (happening)
        {
            case InitEvent { SessionId.Length: > 0 } init:
                ProviderSessionId = init.SessionId;
                break;
            case AssistantTextEvent text:
                _running = text.Usage ?? _running;
                Hear(text);
                break;
            case ToolUseEvent use:
                UsedTool = true;
                EndMessage(use);
                _running = use.Usage ?? _running;
                SubAgents += IsSubAgent(use.ToolName) ? 1 : 0;
                break;
            case ToolResultEvent { ParentToolUseId: null } answer when answer.Content.Contains("://", StringComparison.Ordinal):
                _answers.Append(answer.Content);
                _answers.Append("\n");
                break;
            case ResultEvent result:
                Result = result;
                _running = result.Cost ?? _running;
                break;
            case ErrorEvent error:
                _errors.Add(error);
                break;
        }
    }

    private void Hear(AssistantTextEvent text)
    {
        if (text.ParentToolUseId is not null)
            return;
        if (_messageEnded && !string.IsNullOrWhiteSpace(text.Text))
        {
            _earlierWords = LastWords;
            _message.Clear();
            _messageEnded = false;
        }

        _spoken.Append(text.Text);
        _message.Append(text.Text);
    }

    // Between two tool uses lies one message, in however many pieces it comes.
    private void EndMessage(AgentEvent cause)
    {
        if (cause.ParentToolUseId is not null || _messageEnded)
            return;
        _messageEnded = true;
        _spoken.Append("\n");
    }

    private void Settle()
    {
        _total = Cost;
        _running = null;
        _messageEnded = true;
        _spoken.Append("\n");
    }

    private static bool Says(string message) => WorkMarker.Remove(message).Length > 0;

    private static bool IsSubAgent(string tool) => tool.Trim().ToLowerInvariant() is "task" or "agent" || tool.EndsWith("__task", StringComparison.OrdinalIgnoreCase);

    private static AgentCost Sum(AgentCost? first, AgentCost second) => first is null ? second : new AgentCost
    {
        InputTokens = first.InputTokens + second.InputTokens,
        OutputTokens = first.OutputTokens + second.OutputTokens,
        CachedInputTokens = first.CachedInputTokens + second.CachedInputTokens,
        CacheWriteTokens = first.CacheWriteTokens + second.CacheWriteTokens,
        NumTurns = first.NumTurns + second.NumTurns,
        TotalCostUsd = first.TotalCostUsd is null && second.TotalCostUsd is null ? null : (first.TotalCostUsd ?? 0) + (second.TotalCostUsd ?? 0),
    };
}
