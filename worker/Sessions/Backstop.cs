using Donmai.Core.Git;
using Donmai.Sessions;
using Donmai.Worker.Workareas;

namespace Donmai.Worker.Sessions;

/// <summary>
/// Delivers what the contract of the work demands and the agent left undone; what cannot be delivered is put aside, never lost
/// (worker.md §8.3). Nothing of it is done for work that is not to be delivered.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="outcome">What it left so far.</param>
internal sealed class Backstop(SessionContext session, SessionOutcome outcome)
{
    private const int LongestDiagnostic = 2048;

    private readonly CompletionContract _contract = CompletionContract.Of(session.Order, session.Variables);
    private readonly DeliveryFinding _finding = new();

    /// <summary>Runs it.</summary>
    /// <param name="scope">How much of it is due.</param>
    public async Task Run(BackstopScope scope)
    {
        if (scope == BackstopScope.None || outcome is not { Tree: { } tree, Git: { } git })
            return;
        session.Journal.Enter(SessionPhase.Backstop);
        using var step = Core.Sessions.SessionTrace.Begin("deliver work");
        var isDue = scope == BackstopScope.Full && await IsDue();
        if (isDue)
            await Deliver(git, tree);
        var rescued = isDue ? _finding.Problems.Count > 0 && _finding.HasWork : scope == BackstopScope.Rescue && _contract.WantsDelivery;
        var isRescued = rescued && await PutAside(git, tree);
        if (scope == BackstopScope.Full)
            Conclude();
        outcome.Backstop = Report(isDue, isRescued);
        if (isDue)
            Judge(isRescued);
    }

    private async Task<bool> IsDue()
    {
        outcome.Facts = await Gather();
        // Work that could not be looked at may be undelivered.
        return outcome.Facts is { } facts ? _contract.Missing(facts).Any(CompletionContract.CanBeSupplied) : _contract.WantsDelivery;
    }

    // A session that is asked to stop meanwhile has other things to do than to wait for a remote.
    private async Task Deliver(GitProgram git, Worktree tree)
    {
        using var bound = new CancellationTokenSource(session.Settings.BackstopLimit, session.Clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            bound.Token, session.Stop.Cause is null ? session.Stop.Requested : session.Stop.Hurried);
        try
        {
            await new WorkDelivery(git, tree, session.Redaction, session.GitHub, session.Clock).Deliver(_finding, Order(), ending.Token);
        }
        catch (OperationCanceledException)
        {
            _finding.Problems.Add(bound.IsCancellationRequested
                ? $"the work was not delivered within {session.Settings.BackstopLimit.TotalSeconds:0} s"
                : "the session was asked to stop while its work was being delivered");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            _finding.Problems.Add(refused.Message);
        }
    }

    private async Task<bool> PutAside(GitProgram git, Worktree tree)
    {
        using var bound = new CancellationTokenSource(session.Settings.RescueLimit, session.Clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, session.Stop.Forced);
        try
        {
            if (_finding.Facts is null)
                await new WorkDelivery(git, tree, session.Redaction, gitHub: null, session.Clock).Look(_finding, ending.Token);
            var files = await new WorktreeRescue(git, tree, session.Record).PutAside(_finding.Facts!, _finding.Changes, ending.Token);
            outcome.Rescued.AddRange(files);
            return files.Count > 0;
        }
        catch (OperationCanceledException)
        {
            _finding.Problems.Add("there was no time to put the work aside");
        }
        catch (Exception failure) when (failure is GitFailureException or IOException or UnauthorizedAccessException)
        {
            _finding.Problems.Add($"the work could not be put aside: {failure.Message}");
        }

        return false;
    }

    // What the session has produced in the end, by its own doing or by ours.
    private void Conclude()
    {
        var facts = outcome.Facts ?? CompletionFacts.Seen(outcome.Seen);
        outcome.PullRequest = _finding.PullRequest ?? facts.PullRequest;
        outcome.Facts = facts with
        {
            CommitsPresent = facts.CommitsPresent || _finding.Facts is { Commits: > 0 },
            BranchPushed = facts.BranchPushed || _finding.PushedBranch.Length > 0,
            PullRequest = outcome.PullRequest,
        };
    }

    private async Task<CompletionFacts?> Gather()
    {
        using var bound = new CancellationTokenSource(session.Settings.RescueLimit, session.Clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, session.Stop.Forced);
        try
        {
            return await CompletionFacts.Gather(session, outcome, ending.Token);
        }
        catch (Exception failure) when (failure is GitFailureException or OperationCanceledException)
        {
            _finding.Notes.Add(failure is GitFailureException ? failure.Message : "nobody said in time how far the work is");
            return null;
        }
    }

    private DeliveryOrder Order()
    {
        var detail = session.Order.Detail;
        return new DeliveryOrder
        {
            SessionId = session.Order.SessionId,
            IssueIdentifier = detail.IssueIdentifier?.Trim() ?? "",
            Title = detail.Title?.Trim() ?? "",
            WantsPullRequest = _contract.Required.Contains(ContractField.PullRequest, StringComparer.Ordinal) && outcome.Facts?.PullRequest is null,
            IsWhole = outcome.Facts?.WorkResult == WorkMarker.Passed,
            SkipHooks = session.Rules.SkipHooks,
        };
    }

    private BackstopReport? Report(bool triggered, bool rescued)
    {
        var unfilled = outcome.Facts is { } facts ? _contract.Missing(facts) : [];
        if (!triggered && !rescued && unfilled.Count == 0 && _finding.Problems.Count == 0 && _finding.Notes.Count == 0)
            return null;
        List<string> diagnostics = [.. _finding.Notes.Concat(_finding.Problems).Select(Shown)];
        return new BackstopReport
        {
            Triggered = triggered || rescued,
            Pushed = _finding.PushedBranch.Length > 0,
            PrCreated = _finding.OpenedPullRequest,
            PrUrl = _finding.PullRequest,
            UnfilledFields = unfilled.Count > 0 ? [.. unfilled] : null,
            Diagnostics = diagnostics.Count > 0 ? diagnostics : null,
            Outcome = Outcome(triggered, rescued),
            Branch = _finding.PushedBranch.Length > 0 && _finding.PushedBranch != outcome.Tree!.Branch ? _finding.PushedBranch : null,
            LeftOut = _finding.LeftOut.Count > 0 ? [.. _finding.LeftOut] : null,
            Rescued = rescued,
        };
    }

    private string? Outcome(bool triggered, bool rescued) => (triggered, rescued) switch
    {
        (false, true) => "rescued",
        (false, false) => null,
        _ when _finding.IsUnsupportedHost && _finding.Problems.Count == 1 => "pr-unsupported",
        _ when _finding.Problems.Count > 0 => "failed",
        _ when !_finding.HasWork => "nothing-to-deliver",
        _ => "delivered",
    };

    // Something was to be delivered and could not be: the session has not done what it was for.
    private void Judge(bool rescued)
    {
        if (outcome.End.Status != SessionStatus.Completed || !_finding.HasWork
            || (outcome.Facts is { } facts && !_contract.Missing(facts).Any(CompletionContract.CanBeSupplied)))
            return;
        var where = rescued ? $"; it is kept in {string.Join(" and ", outcome.Rescued)}" : "";
        outcome.End = SessionEnd.Failed(
            FailureMode.BackstopFailed,
            FailureMode.BackstopFailed,
            $"the work could not be delivered: {Shown(_finding.Problems.FirstOrDefault("nobody knows why"))}{where}");
    }

    private string Shown(string text)
    {
        var shown = session.Redaction.Apply(text);
        return shown.Length <= LongestDiagnostic ? shown : shown[..(LongestDiagnostic - 1)] + "…";
    }
}
