using Donmai.Core.Git;
using Donmai.Worker.Sessions;

namespace Donmai.Worker.Workareas;

/// <summary>Delivers what an agent left undelivered: commits it, pushes it, opens the pull request (worker.md §8.3 steps 1 to 9).</summary>
/// <param name="git">Runs git with the agent's environment, never with the worker's: what the agent configured runs in it.</param>
/// <param name="tree">The work tree.</param>
/// <param name="known">Secrets of the session.</param>
/// <param name="gitHub">The repository's pull requests; <see langword="null"/> where nobody can open any.</param>
/// <param name="clock">Source of time.</param>
internal sealed class WorkDelivery(GitProgram git, Worktree tree, Redaction known, GitHubPullRequests? gitHub, TimeProvider clock)
{
    private const int MostNamed = 20;

    /// <summary>Looks at the work and chooses what of it counts.</summary>
    /// <exception cref="GitFailureException">git failed.</exception>
    public async Task<CommitSelection> Look(DeliveryFinding finding, CancellationToken cancellationToken)
    {
        finding.Facts ??= await WorktreeFacts.Read(git, tree, cancellationToken);
        var selection = await CommitSelection.Of(
            tree.Root, finding.Facts.Uncommitted, new SecretScan(git, tree.Root, known), cancellationToken);
        finding.Changes = selection.Changes;
        finding.LeftOut = selection.LeftOut;
        return selection;
    }

    /// <summary>Delivers. What cannot be done is among the finding's problems; what comes after it is tried all the same where that makes sense.</summary>
    public async Task Deliver(DeliveryFinding finding, DeliveryOrder order, CancellationToken cancellationToken)
    {
        try
        {
            await TakeBranch(finding, cancellationToken);
            var selection = await Look(finding, cancellationToken);
            await Commit(finding, selection, order, cancellationToken);
            if (finding.Facts is not { Commits: > 0 })
                return;
            await Push(finding, order, cancellationToken);
            if (order.WantsPullRequest)
                await OpenPullRequest(finding, order, cancellationToken);
        }
        catch (GitFailureException failure)
        {
            finding.Problems.Add(failure.Message);
        }
    }

    private async Task TakeBranch(DeliveryFinding finding, CancellationToken cancellationToken)
    {
        finding.Facts = await WorktreeFacts.Read(git, tree, cancellationToken);
        if (await WorkBranch.Take(git, tree, finding.Facts, cancellationToken) is not { } note)
            return;
        finding.Notes.Add(note);
        finding.Facts = await WorktreeFacts.Read(git, tree, cancellationToken);
    }

    // Commits the agent made itself are delivered even when the rest cannot be committed.
    private async Task Commit(DeliveryFinding finding, CommitSelection selection, DeliveryOrder order, CancellationToken cancellationToken)
    {
        if (selection.Refusal is { } refusal)
        {
            finding.Problems.Add($"nothing was committed: {refusal}");
            await git.Run(tree.Root, ["reset", "--quiet"], cancellationToken);
            return;
        }

        if (selection.Changes.Count == 0)
            return;
        try
        {
            var subject = order.IssueIdentifier.Length > 0 ? $"Backstop: {order.IssueIdentifier} ({order.SessionId})" : $"Backstop: {order.SessionId}";
            if (await new WorktreeCommit(git, tree.Root, clock).Make(selection.Changes, subject, order.SessionId, order.SkipHooks, cancellationToken) is { } note)
                finding.Notes.Add(note);
            finding.Changes = [];
        }
        catch (GitFailureException failure)
        {
            finding.Problems.Add(failure.Message);
        }

        finding.Facts = await WorktreeFacts.Read(git, tree, cancellationToken);
    }

    private async Task Push(DeliveryFinding finding, DeliveryOrder order, CancellationToken cancellationToken)
    {
        if (finding.Facts!.IsPushed)
        {
            finding.PushedBranch = tree.Branch;
            return;
        }

        finding.PushedBranch = await new BranchPush(git, tree).Push(order.SessionId, cancellationToken);
        if (finding.PushedBranch != tree.Branch)
            finding.Notes.Add($"the remote's '{tree.Branch}' has commits of somebody else; the work was pushed to '{finding.PushedBranch}'");
    }

    private async Task OpenPullRequest(DeliveryFinding finding, DeliveryOrder order, CancellationToken cancellationToken)
    {
        if (HostedRepository.Parse(tree.Repository) is not { IsOnGitHub: true } repository)
        {
            finding.IsUnsupportedHost = true;
            finding.Problems.Add("there is no program for pull requests of the repository's host; open one by hand");
            return;
        }

        if (gitHub is null)
        {
            finding.Problems.Add("gh was not found on PATH; install GitHub's command-line program (https://cli.github.com) and log in with it");
            return;
        }

        finding.PullRequest = await gitHub.FindOpen(finding.PushedBranch, cancellationToken);
        if (finding.PullRequest is not null)
            return;
        var answer = await gitHub.Open(
            new PullRequestOrder
            {
                Base = await Target(cancellationToken),
                Head = finding.PushedBranch,
                Title = await Title(order, cancellationToken),
                Body = Body(finding, order),
                IsDraft = !order.IsWhole,
            },
            cancellationToken);
        finding.PullRequest = PullRequests.In(answer, repository.ToString()).FirstOrDefault(answer);
        finding.OpenedPullRequest = true;
    }

    // A tag or a commit is nothing a pull request can go into.
    private async Task<string> Target(CancellationToken cancellationToken)
    {
        var branch = await git.Run(tree.Root, ["rev-parse", "--verify", "--quiet", $"refs/remotes/origin/{tree.BaseRef}"], cancellationToken);
        return branch.Succeeded ? tree.BaseRef : tree.DefaultBranch;
    }

    private async Task<string> Title(DeliveryOrder order, CancellationToken cancellationToken)
    {
        var subject = order.Title.Length > 0 ? order.Title : (await git.Must(tree.Root, ["log", "-1", "--format=%s"], cancellationToken)).Trim();
        return order.IssueIdentifier.Length == 0 || subject.Contains(order.IssueIdentifier, StringComparison.OrdinalIgnoreCase)
            ? subject
            : $"{order.IssueIdentifier}: {subject}";
    }

    private static string Body(DeliveryFinding finding, DeliveryOrder order)
    {
        var named = finding.LeftOut.Take(MostNamed).Select(static file => $"`{file.Path}`").ToList();
        var leftOut = named.Count == 0 ? "Nothing was left out."
            : finding.LeftOut.Count > MostNamed ? $"Left out were {string.Join(", ", named)} and {finding.LeftOut.Count - MostNamed} more files."
            : $"Left out: {string.Join(", ", named)}.";
        return $"The Donmai worker opened this pull request for session {order.SessionId}, whose agent had not. {leftOut}\n";
    }
}
