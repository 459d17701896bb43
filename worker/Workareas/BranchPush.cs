using Donmai.Core.Git;

namespace Donmai.Worker.Workareas;

/// <summary>Pushes what is checked out to the work branch of the remote (worker.md §8.3 step 8). Commits of others are never lost.</summary>
/// <param name="git">Runs git.</param>
/// <param name="tree">The work tree.</param>
internal sealed class BranchPush(GitProgram git, Worktree tree)
{
    private const int SuffixLength = 8;

    /// <summary>
    /// Pushes. A remote that has moved on keeps what it has, unless it is still where it was when the work tree was made: then the agent has
    /// rewritten its own beginning.
    /// </summary>
    /// <param name="sessionId">Names the branch that is used when the work branch is somebody else's by now.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Branch that has the work now.</returns>
    /// <exception cref="GitFailureException">The remote has not got it.</exception>
    public async Task<string> Push(string sessionId, CancellationToken cancellationToken)
    {
        var pushed = await Push(tree.Branch, [], cancellationToken);
        if (pushed.Succeeded)
            return tree.Branch;
        if (!IsRejected(pushed))
            throw pushed.ToFailure("git push");
        if (tree.RemoteBranchSha.Length > 0 && await RemoteSha(cancellationToken) == tree.RemoteBranchSha)
        {
            pushed = await Push(tree.Branch, [$"--force-with-lease=refs/heads/{tree.Branch}:{tree.RemoteBranchSha}"], cancellationToken);
            if (pushed.Succeeded)
                return tree.Branch;
            if (!IsRejected(pushed))
                throw pushed.ToFailure("git push");
        }

        var other = $"{tree.Branch}-{sessionId[..Math.Min(SuffixLength, sessionId.Length)]}";
        pushed = await Push(other, [], cancellationToken);
        return pushed.Succeeded ? other : throw pushed.ToFailure("git push");
    }

    private Task<GitOutcome> Push(string branch, string[] options, CancellationToken cancellationToken) =>
        git.Run(tree.Root, ["push", "--quiet", "-u", .. options, "origin", $"HEAD:refs/heads/{branch}"], cancellationToken);

    private async Task<string> RemoteSha(CancellationToken cancellationToken)
    {
        var answer = await git.Must(tree.Root, ["ls-remote", "origin", $"refs/heads/{tree.Branch}"], cancellationToken);
        return answer.Split('\t')[0];
    }

    // Not what a hook of the remote says: that is "[remote rejected]".
    private static bool IsRejected(GitOutcome pushed) =>
        pushed.Error.Contains("[rejected]", StringComparison.Ordinal) || pushed.Error.Contains("non-fast-forward", StringComparison.Ordinal);
}
