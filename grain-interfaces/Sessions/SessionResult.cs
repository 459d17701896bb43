using System.Text.Json.Serialization;

namespace Donmai.Sessions;

/// <summary>What a worker reports about its session (worker.md §1.7, §8.6). Empty members are omitted on the wire.</summary>
[GenerateSerializer, Immutable, Alias("donmai.SessionResult")]
public sealed record SessionResult
{
    /// <summary><c>completed</c>, <c>failed</c> or <c>stopped</c>.</summary>
    [Id(0)] public string Status { get; init; } = "";

    /// <summary>The provider that ran the session.</summary>
    [Id(1)] public string ProviderName { get; init; } = "";

    /// <summary>The provider's own session id.</summary>
    [Id(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? ProviderSessionId { get; init; }

    /// <summary>The git work tree.</summary>
    [Id(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? WorktreePath { get; init; }

    /// <summary>The session's own pull request.</summary>
    [Id(4), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? PullRequestUrl { get; init; }

    /// <summary>HEAD of the work tree at the end.</summary>
    [Id(5), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? CommitSha { get; init; }

    /// <summary>What the agent says it did.</summary>
    [Id(6), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Summary { get; init; }

    /// <summary><c>passed</c>, <c>failed</c> or <c>unknown</c>: the marker in the agent's own words.</summary>
    [Id(7), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? WorkResult { get; init; }

    /// <summary>Cost, summed over all turns.</summary>
    [Id(8), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public AgentCost? Cost { get; init; }

    /// <summary>Failure class (worker.md §2.5).</summary>
    [Id(9), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? FailureMode { get; init; }

    /// <summary>What went wrong, in words; only when not completed.</summary>
    [Id(10), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Error { get; init; }

    /// <summary>The session's id.</summary>
    [Id(11), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? SessionId { get; init; }

    /// <summary>Human key of the issue.</summary>
    [Id(12), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? IssueIdentifier { get; init; }

    /// <summary>Start, in milliseconds since 1970.</summary>
    [Id(13), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public long StartedAt { get; init; }

    /// <summary>End, in milliseconds since 1970.</summary>
    [Id(14), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public long FinishedAt { get; init; }

    /// <summary>Typed cause of the end (worker.md §2.4).</summary>
    [Id(15), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? ExitReason { get; init; }

    /// <summary>What did not go as asked without changing the status.</summary>
    [Id(16), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public List<string>? Warnings { get; init; }

    /// <summary>Turns the agent took.</summary>
    [Id(17), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int Turns { get; init; }

    /// <summary>Which attempt of the session this was, from 1.</summary>
    [Id(18), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int Attempt { get; init; }

    /// <summary>The work branch.</summary>
    [Id(19), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Branch { get; init; }

    /// <summary>Branch, tag or commit the work started from.</summary>
    [Id(20), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? BaseRef { get; init; }

    /// <summary>Commit the work started from.</summary>
    [Id(21), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? BaseSha { get; init; }

    /// <summary>What differs from the base, committed or not (additive).</summary>
    [Id(22), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public WorkChanges? Changes { get; init; }

    /// <summary>The agent was told what was still missing.</summary>
    [Id(23), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool SteeringTriggered { get; init; }

    /// <summary>What the stage was allowed and what it used.</summary>
    [Id(24), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public BudgetReport? BudgetReport { get; init; }

    /// <summary>What was delivered in the agent's place (worker.md §8.3).</summary>
    [Id(25), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public BackstopReport? BackstopReport { get; init; }

    /// <summary>What became of the issue (worker.md §8.5).</summary>
    [Id(26), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public IssueTransition? LinearStatusTransition { get; init; }

    /// <summary>What the session left (worker.md §8.6).</summary>
    [Id(27), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public List<SessionArtifact>? Artifacts { get; init; }

    /// <summary>Stage the session belonged to, as it was ordered.</summary>
    [Id(28), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? StageId { get; init; }

    /// <summary>Event that started the stage, as it was ordered.</summary>
    [Id(29), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? StageSourceEventId { get; init; }

    /// <summary>Opaque object of the stage's life cycle, as it was ordered.</summary>
    [Id(30), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public JsonText? StageLifecycle { get; init; }
}
