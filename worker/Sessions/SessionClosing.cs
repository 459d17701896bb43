using Donmai.Core.Git;
using Donmai.Core.Sessions;
using Donmai.Sessions;
using Donmai.Worker.Platform;
using Donmai.Worker.Workareas;

namespace Donmai.Worker.Sessions;

/// <summary>
/// What follows the agent: its work is delivered, the issue told, the work measured, the result written, the tree kept or removed
/// (worker.md §2.1, §2.4, §5.5, §8.6).
/// </summary>
/// <param name="session">The session.</param>
/// <param name="outcome">What it left so far.</param>
internal sealed partial class SessionClosing(SessionContext session, SessionOutcome outcome)
{
    /// <summary>A session that was asked to stop has less time.</summary>
    private static readonly TimeSpan HurriedLimit = TimeSpan.FromSeconds(5);

    // Somebody may begin to wait for the end after it was decided.
    private bool IsHurried => session.Stop.Hurried.IsCancellationRequested;

    /// <summary>Closes the session.</summary>
    public async Task Close()
    {
        var steps = TailSteps.After(outcome.End, outcome.AgentRan);
        await Try("deliver the work", () => new Backstop(session, outcome).Run(steps.Backstop));
        if (steps.IssueStatus)
            await Try("tell the issue", new IssueStatus(session, outcome).Publish);
        session.Journal.Enter(SessionPhase.Closing);
        using var step = SessionTrace.Begin("close session");
        await Try("measure the changes", Measure);
        session.Journal.UpdateState(state =>
        {
            outcome.Attempt = Math.Max(1, state.AttemptCount);
            return state with { Turns = outcome.Seen.Turns, CostTotals = outcome.Seen.Cost, ExitReason = outcome.End.ExitReason };
        });
        await Try("end the activity", session.Link.CloseActivity);
        await Try("report the end", () => Report(steps));
        if (outcome.Tree is { } tree)
            await Try("remove the work tree", () => Clean(tree));
        if (outcome.EmptyDirectory is { } directory)
            await Try("remove the session's directory", () => Remove(directory));
        session.Journal.Enter(SessionPhase.Done);
    }

    /// <summary>The session's result (worker.md §1.7).</summary>
    public SessionResult Result()
    {
        var detail = session.Order.Detail;
        var seen = outcome.Seen;
        var pullRequest = outcome.Facts is null ? PullRequests.In(seen, detail.Repository ?? "").FirstOrDefault() : outcome.PullRequest;
        return new SessionResult
        {
            Status = outcome.End.Status,
            ProviderName = session.Order.Provider,
            ProviderSessionId = OrNull(seen.ProviderSessionId),
            WorktreePath = outcome.Tree?.Root,
            PullRequestUrl = pullRequest,
            CommitSha = OrNull(outcome.CommitSha),
            Summary = session.Redaction.Apply(SessionSummary.Compose(outcome.End, [seen.LastWords, seen.Result?.Message ?? ""], pullRequest)),
            WorkResult = WorkMarker.Find(seen),
            BackstopReport = outcome.Backstop,
            LinearStatusTransition = outcome.Issue,
            Artifacts = SessionArtifacts.Of(session, outcome, pullRequest),
            StageId = OrNull(detail.StageId?.Trim() ?? ""),
            StageSourceEventId = OrNull(detail.StageSourceEventId?.Trim() ?? ""),
            StageLifecycle = detail.StageLifecycle,
            Cost = seen.Cost,
            FailureMode = OrNull(outcome.End.FailureMode),
            Error = OrNull(session.Redaction.Apply(outcome.End.Error)),
            SessionId = session.Order.SessionId,
            IssueIdentifier = OrNull(detail.IssueIdentifier?.Trim() ?? ""),
            StartedAt = outcome.StartedAt.ToUnixTimeMilliseconds(),
            FinishedAt = session.Clock.GetUtcNow().ToUnixTimeMilliseconds(),
            ExitReason = outcome.End.ExitReason,
            Warnings = outcome.Warnings.Count > 0 ? [.. outcome.Warnings.Distinct(StringComparer.Ordinal).Select(session.Redaction.Apply)] : null,
            Turns = seen.Turns,
            Attempt = outcome.Attempt,
            Branch = outcome.Tree?.Branch,
            BaseRef = outcome.Tree?.BaseRef,
            BaseSha = outcome.Tree?.BaseSha,
            Changes = outcome.Changes,
            SteeringTriggered = outcome.WasSteered,
            BudgetReport = outcome.AgentRan ? outcome.Budget : null,
        };
    }

    // What the session has done is told and kept, whatever comes of this.
    private async Task Try(string what, Func<Task> step)
    {
        try
        {
            await step();
        }
#pragma warning disable CA1031 // As above; the failure is logged and told.
        catch (Exception unforeseen)
#pragma warning restore CA1031
        {
            StepFailed(session.Log, what, unforeseen);
            outcome.Warnings.Add($"the worker could not {what}: {unforeseen.Message}");
        }
    }

    // No other limit reaches in here: the platform is told of every end. What it does not hear now stays for the daemon.
    private async Task Report(TailSteps steps)
    {
        if (session.Link is NoPlatform)
            return;
        session.Journal.Enter(SessionPhase.Reporting);
        var limit = steps.Hurried || IsHurried ? session.Settings.HurriedReportingLimit : session.Settings.ReportingLimit;
        outcome.Report = await session.Link.Report(Result(), steps.StatusOnly, limit);
        outcome.Warnings.AddRange(outcome.Report.Warnings);
    }

    private async Task Measure()
    {
        if (outcome is not { Tree: { } tree, Git: { } git })
            return;
        var limit = IsHurried ? HurriedLimit : session.Settings.ClosingLimit;
        using var bound = new CancellationTokenSource(limit, session.Clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, session.Stop.Forced);
        try
        {
            if (outcome.AgentRan && session.ReadsOnly && await ReadOnlyWorktree.Restore(git, tree, ending.Token) is { } takenBack)
                outcome.Warnings.Add(takenBack);
            outcome.CommitSha = (await git.Must(tree.Root, ["rev-parse", "HEAD"], ending.Token)).Trim();
            var scratch = session.Record.PathOf($"index-{Guid.NewGuid():N}");
            outcome.Changes = await new GitChanges(git).Since(tree.Root, tree.BaseSha, scratch, ending.Token);
        }
        catch (OperationCanceledException)
        {
            outcome.Warnings.Add("there was no time to measure the changes");
        }
        catch (Exception failed) when (failed is GitFailureException or IOException)
        {
            outcome.Warnings.Add($"the changes could not be measured: {failed.Message}");
        }
    }

    private async Task Clean(Worktree tree)
    {
        outcome.TreeKept = session.KeepWorktree switch
        {
            WorktreeRetention.Always => true,
            WorktreeRetention.Never => false,
            _ => outcome.End.Status != SessionStatus.Completed,
        };
        if (outcome.TreeKept)
            return;
        session.Journal.Enter(SessionPhase.Cleaning);
        session.Journal.DetachTree();
        await Remove(tree.Root);
    }

    private async Task Remove(string directory)
    {
        if (await WorktreeRemoval.Remove(directory, session.Clock) is { } warning)
            outcome.Warnings.Add(warning);
    }

    private static string? OrNull(string text) => text.Length > 0 ? text : null;
}
