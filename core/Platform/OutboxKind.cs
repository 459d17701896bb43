namespace Donmai.Core.Platform;

/// <summary>Kinds of requests that wait in an outbox (worker.md §2.9). Stable strings in files.</summary>
public static class OutboxKind
{
    /// <summary>The words about a session's end.</summary>
    public const string Completion = "completion";

    /// <summary>A session's terminal status.</summary>
    public const string Status = "status";

    /// <summary>A change of an issue's status.</summary>
    public const string IssueStatus = "issue-status";

    /// <summary>A comment on an issue.</summary>
    public const string Comment = "comment";

    /// <summary>Something the agent did.</summary>
    public const string Activity = "activity";
}
