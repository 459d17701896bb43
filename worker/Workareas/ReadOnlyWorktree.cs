using Donmai.Core.Git;

namespace Donmai.Worker.Workareas;

/// <summary>The work tree of a session that may only read (worker.md §3.6): what it changed nevertheless is taken back.</summary>
internal static class ReadOnlyWorktree
{
    /// <summary>Brings the tree back to its base.</summary>
    /// <param name="git">Runs git.</param>
    /// <param name="tree">The work tree.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What was taken back, in words; <see langword="null"/> when there was nothing.</returns>
    /// <exception cref="GitFailureException">git failed.</exception>
    public static async Task<string?> Restore(GitProgram git, Worktree tree, CancellationToken cancellationToken)
    {
        var facts = await WorktreeFacts.Read(git, tree, cancellationToken);
        if (facts.Head == tree.StartSha && facts.Uncommitted.Count == 0)
            return null;
        await git.Must(tree.Root, ["reset", "--quiet", "--hard", tree.StartSha], cancellationToken);
        await git.Must(tree.Root, ["clean", "--quiet", "--force", "-d"], cancellationToken);
        var commits = facts.Head == tree.StartSha ? "" : ", commits too";
        return $"the session may only read; what it changed was taken back ({facts.Uncommitted.Count} files{commits})";
    }
}
