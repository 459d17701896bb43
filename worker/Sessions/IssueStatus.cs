using Donmai.Sessions;
using Donmai.Worker.Platform;

namespace Donmai.Worker.Sessions;

/// <summary>Tells the issue what the session's end means for it (worker.md §8.5). Whatever fails is a warning; the session's status stays.</summary>
/// <param name="session">The session.</param>
/// <param name="outcome">What it left so far.</param>
internal sealed class IssueStatus(SessionContext session, SessionOutcome outcome)
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        [ContractField.CommitsPresent] = "commits",
        [ContractField.BranchPushed] = "the pushed branch",
        [ContractField.PullRequest] = "a pull request",
        [ContractField.WorkResult] = "a result marker",
        [ContractField.CommentPosted] = "a comment on the issue",
        [ContractField.IssueUpdated] = "an update of the issue",
        [ContractField.SubIssuesCreated] = "sub-issues",
        [ContractField.PullRequestMerged] = "a merged pull request",
        [ContractField.PullRequestMergedOrEnqueued] = "a merged or queued pull request",
    };

    /// <summary>Decides and tells, in bounded time. Does nothing without an issue, or without a platform to tell.</summary>
    public async Task Publish()
    {
        var detail = session.Order.Detail;
        if (session.Link is NoPlatform || string.IsNullOrWhiteSpace(detail.IssueId))
            return;
        session.Journal.Enter(SessionPhase.Publishing);
        var facts = outcome.Facts ?? CompletionFacts.Seen(outcome.Seen);
        var missing = CompletionContract.Of(session.Order, session.Variables).Missing(facts);
        var decision = IssueDecision.Of(
            detail.WorkType, outcome.End.Status, facts.WorkResult, missing.Count == 0, detail.Project?.MergeQueue == true);
        var transition = new IssueTransition
        {
            WorkType = string.IsNullOrWhiteSpace(detail.WorkType) ? null : detail.WorkType.Trim(),
            WorkResult = facts.WorkResult,
            TargetStatus = decision.Target,
            Reason = decision.Reason,
        };
        using var bound = new CancellationTokenSource(session.Settings.PublishingLimit, session.Clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            bound.Token, session.Stop.Cause is null ? session.Stop.Requested : session.Stop.Hurried);
        if (decision.WantsComment)
            transition = transition with { DiagnosticPosted = await Comment(detail.IssueId, decision, facts, missing, ending.Token) };
        if (decision.Target is { } target)
        {
            var told = await Try(token => session.Link.UpdateIssueStatus(detail.IssueId, target, token), $"move the issue to {target}", ending.Token);
            transition = transition with { Attempted = true, Succeeded = told.Delivered, Error = told.Problem };
        }

        outcome.Issue = transition;
    }

    /// <summary>What the issue is told about a session whose outcome is not clear, or that did not produce everything.</summary>
    /// <param name="order">The work order.</param>
    /// <param name="decision">What was decided.</param>
    /// <param name="facts">What the session produced.</param>
    /// <param name="missing">What it did not.</param>
    public static string Diagnostic(WorkOrder order, IssueDecision decision, CompletionFacts facts, IReadOnlyList<string> missing)
    {
        List<string> sentences = [];
        if (facts.WorkResult is not (WorkMarker.Passed or WorkMarker.Failed) && decision.Reason == "unknown")
            sentences.Add($"No result marker (`WORK_RESULT:passed` or `WORK_RESULT:failed`) was found in what session {order.SessionId} said.");
        else
            sentences.Add($"Session {order.SessionId} ended, but did not produce everything that was asked of it.");
        var others = missing.Where(static field => field != ContractField.WorkResult).Select(static field => Names[field]).ToList();
        if (others.Count > 0)
            sentences.Add($"Missing: {string.Join(", ", others)}.");
        if (decision.Target is null)
            sentences.Add("The status of the issue was not changed.");
        sentences.Add("Please look at the session's logs.");
        return string.Join(' ', sentences);
    }

    private async Task<bool> Comment(
        string issueId, IssueDecision decision, CompletionFacts facts, IReadOnlyList<string> missing, CancellationToken cancellationToken)
    {
        var text = Diagnostic(session.Order, decision, facts, missing);
        var told = await Try(token => session.Link.CreateComment(issueId, text, token), "comment on the issue", cancellationToken);
        return told.Delivered;
    }

    private async Task<PlatformPostOutcome> Try(Func<CancellationToken, Task<PlatformPostOutcome>> post, string what, CancellationToken cancellationToken)
    {
        PlatformPostOutcome told;
        try
        {
            told = await post(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            told = PlatformPostOutcome.Failed("there was no time left");
        }

        if (!told.Delivered)
            outcome.Warnings.Add($"the platform did not {what}: {told.Problem}");
        return told;
    }
}
