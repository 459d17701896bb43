using Donmai.Worker.Workareas;

namespace Donmai.Worker.Sessions;

/// <summary>What a session has produced so far, as far as a contract asks for it (worker.md §8.1).</summary>
internal sealed record CompletionFacts
{
    /// <summary>There are commits beyond the base.</summary>
    public bool CommitsPresent { get; init; }

    /// <summary>The remote's work branch is where the work tree is.</summary>
    public bool BranchPushed { get; init; }

    /// <summary>The session's own pull request; <see langword="null"/> while there is none.</summary>
    public string? PullRequest { get; init; }

    /// <summary>The marker (worker.md §8.4); <see langword="null"/> while there is none.</summary>
    public string? WorkResult { get; init; }

    /// <summary>The agent commented on the issue.</summary>
    public bool CommentPosted { get; init; }

    /// <summary>The agent changed the issue.</summary>
    public bool IssueUpdated { get; init; }

    /// <summary>The agent made sub-issues.</summary>
    public bool SubIssuesCreated { get; init; }

    /// <summary>A pull request was merged.</summary>
    public bool PullRequestMerged { get; init; }

    /// <summary>A pull request waits to be merged on its own.</summary>
    public bool PullRequestEnqueued { get; init; }

    /// <summary>What the agent said and did, as far as that alone tells: nobody looked at its work.</summary>
    public static CompletionFacts Seen(SessionObservation seen) => new()
    {
        WorkResult = WorkMarker.Find(seen),
        CommentPosted = seen.Deeds.Has(ContractField.CommentPosted),
        IssueUpdated = seen.Deeds.Has(ContractField.IssueUpdated),
        SubIssuesCreated = seen.Deeds.Has(ContractField.SubIssuesCreated),
        PullRequestMerged = seen.Deeds.Has(ContractField.PullRequestMerged),
        PullRequestEnqueued = seen.Deeds.Has(ContractField.PullRequestMergedOrEnqueued),
    };

    /// <summary>Puts together what the session has produced up to now.</summary>
    /// <param name="session">The session.</param>
    /// <param name="outcome">What it left so far.</param>
    /// <param name="cancellationToken">Ends the looking.</param>
    /// <exception cref="Core.Git.GitFailureException">git failed.</exception>
    public static async Task<CompletionFacts> Gather(SessionContext session, SessionOutcome outcome, CancellationToken cancellationToken)
    {
        var work = outcome is { Git: { } git, Tree: { } tree } ? await WorktreeFacts.Read(git, tree, cancellationToken) : null;
        var said = Seen(outcome.Seen);
        var pullRequests = new NamedPullRequests(outcome.Seen, session.Order.Detail.Repository ?? "", session.GitHub);
        return said with
        {
            CommitsPresent = work is { Commits: > 0 },
            BranchPushed = work is { Commits: > 0, IsPushed: true },
            PullRequest = outcome.Tree is null ? null : await pullRequests.Of(outcome.Tree.Branch, cancellationToken),
            PullRequestMerged = said.PullRequestMerged || await WasMerged(session, pullRequests, cancellationToken),
        };
    }

    // GitHub is asked only where it matters.
    private static async Task<bool> WasMerged(SessionContext session, NamedPullRequests pullRequests, CancellationToken cancellationToken) =>
        CompletionContract.Of(session.Order, session.Variables).Required.Any(
            static field => field is ContractField.PullRequestMerged or ContractField.PullRequestMergedOrEnqueued)
        && await pullRequests.WereMerged(cancellationToken);

    /// <summary>Whether a field is there.</summary>
    /// <param name="field"><see cref="ContractField"/>.</param>
    public bool Has(string field) => field switch
    {
        ContractField.CommitsPresent => CommitsPresent,
        ContractField.BranchPushed => BranchPushed,
        ContractField.PullRequest => PullRequest is not null,
        ContractField.WorkResult => WorkResult is not null,
        ContractField.CommentPosted => CommentPosted,
        ContractField.IssueUpdated => IssueUpdated,
        ContractField.SubIssuesCreated => SubIssuesCreated,
        ContractField.PullRequestMerged => PullRequestMerged,
        _ => PullRequestMerged || PullRequestEnqueued,
    };
}
