using Donmai.Core.Sessions;
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
    private readonly List<ErrorEvent> _turnErrors = [];
    private AgentCost? _running;
    private bool _messageEnded;
    private string _earlierWords = "";
    private AgentCost? _total;

    /// <summary>The provider's own session id; the last one wins.</summary>
    public string ProviderSessionId { get; private set; } = "";

    /// <summary>The last result. A reminder that ends without one does not take it away; a new message of a user does.</summary>
    public ResultEvent? Result { get; private set; }

    /// <summary>Result of the last turn, if it has one.</summary>
    public ResultEvent? TurnResult { get; private set; }

    /// <summary>All errors, in order.</summary>
    public IReadOnlyList<ErrorEvent> Errors => _errors;

    /// <summary>Errors of the last turn, in order.</summary>
    public IReadOnlyList<ErrorEvent> TurnErrors => _turnErrors;

    /// <summary>Turns begun.</summary>
    public int Turns { get; private set; }

    /// <summary>Whether the last turn has used a tool.</summary>
    public bool UsedTool { get; private set; }

    /// <summary>Whether any turn has used a tool.</summary>
    public bool EverUsedTool { get; private set; }

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
    public AgentDeeds Deeds { get; init; } = new(SessionRules.Default.Tracker);

    /// <summary>Cost of all turns; of a turn without a result, the tokens that are known.</summary>
    public AgentCost? Cost => _running is null ? _total : Sum(_total, _running);

    /// <summary>Goes on from where an earlier worker of the session left off.</summary>
    /// <param name="turns">Turns begun by then.</param>
    /// <param name="cost">Cost by then.</param>
    public void GoOn(int turns, AgentCost? cost) => (Turns, _total) = (turns, cost);

    /// <summary>A turn begins.</summary>
    /// <param name="purpose">What it is for.</param>
    public void BeginTurn(TurnPurpose purpose = TurnPurpose.Work)
    {
        Turns++;
        Settle();
        if (purpose == TurnPurpose.Work)
            Result = null;
        TurnResult = null;
        UsedTool = false;
        _turnErrors.Clear();
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
                UsedTool = EverUsedTool = true;
                EndMessage(use);
                _running = use.Usage ?? _running;
                SubAgents += IsSubAgent(use.ToolName) ? 1 : 0;
                break;
            case ToolResultEvent { ParentToolUseId: null } answer when answer.Content.Contains("://", StringComparison.Ordinal):
                _answers.Append(answer.Content);
                _answers.Append("\n");
                break;
            case ResultEvent result:
                Result = TurnResult = result;
                _running = result.Cost ?? _running;
                break;
            case ErrorEvent error:
                _errors.Add(error);
                _turnErrors.Add(error);
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
        ReasoningTokens = first.ReasoningTokens + second.ReasoningTokens,
        Model = second.Model ?? first.Model,
        NumTurns = first.NumTurns + second.NumTurns,
        TotalCostUsd = first.TotalCostUsd is null && second.TotalCostUsd is null ? null : (first.TotalCostUsd ?? 0) + (second.TotalCostUsd ?? 0),
    };
}
