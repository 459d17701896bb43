using Donmai.Core.Git;
using Donmai.Sessions;
using Donmai.Worker.Platform;
using Donmai.Worker.Workareas;

namespace Donmai.Worker.Sessions;

/// <summary>What a session leaves, filled as it goes.</summary>
internal sealed record SessionOutcome
{
    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>What was seen of the agent.</summary>
    public required SessionObservation Seen { get; init; }

    /// <summary>What did not go as asked without changing the status.</summary>
    public required List<string> Warnings { get; init; }

    /// <summary>How it ended.</summary>
    public SessionEnd End { get; set; } = SessionEnd.Failed(FailureMode.WorkerCrashed, ExitReason.UnhandledException, "the session did not end");

    /// <summary>Whether the agent was told what was still missing.</summary>
    public bool WasSteered { get; set; }

    /// <summary>What the stage was allowed and used; <see langword="null"/> before an agent was started.</summary>
    public BudgetReport? Budget { get; set; }

    /// <summary>Whether an agent was started.</summary>
    public bool AgentRan { get; set; }

    /// <summary>git, once it was found.</summary>
    public GitProgram? Git { get; set; }

    /// <summary>The work tree, once there was one.</summary>
    public Worktree? Tree { get; set; }

    /// <summary>The empty directory of a session without a work tree, once there was one.</summary>
    public string? EmptyDirectory { get; set; }

    /// <summary>Whether the work tree is still there.</summary>
    public bool TreeKept { get; set; }

    /// <summary>Agent processes that could not be ended.</summary>
    public int AgentsAlive { get; set; }

    /// <summary>HEAD at the end; empty when unknown.</summary>
    public string CommitSha { get; set; } = "";

    /// <summary>What differs from the base.</summary>
    public WorkChanges? Changes { get; set; }

    /// <summary>What the platform knows of the end; <see langword="null"/> for a session without one.</summary>
    public TerminalReport? Report { get; set; }

    /// <summary>Attempt of the session, from 1.</summary>
    public int Attempt { get; set; } = 1;

    /// <summary>What the session has produced of what it was to; <see langword="null"/> as long as nobody has looked.</summary>
    public CompletionFacts? Facts { get; set; }

    /// <summary>The session's own pull request.</summary>
    public string? PullRequest { get; set; }

    /// <summary>What was delivered in the agent's place.</summary>
    public BackstopReport? Backstop { get; set; }

    /// <summary>Files with work that could not be delivered.</summary>
    public List<string> Rescued { get; } = [];

    /// <summary>What became of the issue; <see langword="null"/> when nothing was to be decided.</summary>
    public IssueTransition? Issue { get; set; }
}
