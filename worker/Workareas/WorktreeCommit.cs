using Donmai.Core.Git;

namespace Donmai.Worker.Workareas;

/// <summary>Commits chosen changes in the agent's place (worker.md §8.3 step 6).</summary>
/// <param name="git">Runs git.</param>
/// <param name="tree">Directory of the work tree.</param>
/// <param name="clock">Source of time.</param>
internal sealed class WorktreeCommit(GitProgram git, string tree, TimeProvider clock)
{
    // Hooks of the repository run inside.
    private static readonly TimeSpan HookLimit = TimeSpan.FromSeconds(60);

    /// <summary>Commits. Whatever goes wrong, nothing stays in the index.</summary>
    /// <param name="changes">What is committed; what the agent had put into the index besides is not.</param>
    /// <param name="subject">First line of the message.</param>
    /// <param name="sessionId">Named in the trailer.</param>
    /// <param name="skipHooks">Whether hooks that refuse are passed over.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What did not go as it should but did not prevent the commit; <see langword="null"/> for nothing.</returns>
    /// <exception cref="GitFailureException">There is no commit.</exception>
    public async Task<string?> Make(
        IReadOnlyList<StatusEntry> changes, string subject, string sessionId, bool skipHooks, CancellationToken cancellationToken)
    {
        await git.Must(tree, ["reset", "--quiet"], cancellationToken);
        try
        {
            var added = await git.With("GIT_LITERAL_PATHSPECS", "1").Feed(
                tree, ["add", "--pathspec-from-file=-", "--pathspec-file-nul"], string.Join('\0', changes.Select(static change => change.Path)), cancellationToken);
            if (!added.Succeeded)
                throw added.ToFailure("git add");
            if ((await git.Run(tree, ["diff", "--cached", "--quiet", "--no-ext-diff"], cancellationToken)).Succeeded)
                return "git sees no difference in the changed files";
            string[] message = ["-m", subject, "-m", $"Donmai-Session: {sessionId}"];
            var committed = await Commit(message, cancellationToken);
            if (committed.Succeeded)
                return null;
            if (!skipHooks)
                throw committed.ToFailure("git commit");
            await git.Must(tree, ["commit", "--quiet", "--no-verify", .. message], cancellationToken);
            return $"the hooks of the repository were passed over: {committed.ToFailure("git commit").Message}";
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            await git.Run(tree, ["reset", "--quiet"], cancellationToken);
            throw;
        }
    }

    private async Task<GitOutcome> Commit(string[] message, CancellationToken cancellationToken)
    {
        using var bound = new CancellationTokenSource(HookLimit, clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, bound.Token);
        try
        {
            return await git.Run(tree, ["commit", "--quiet", .. message], ending.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new GitFailureException(GitFailureClass.Other, $"git commit: the hooks of the repository did not end within {HookLimit.TotalSeconds:0} s");
        }
    }
}
