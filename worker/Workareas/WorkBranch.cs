using System.Globalization;
using Donmai.Core.Git;

namespace Donmai.Worker.Workareas;

/// <summary>Brings an agent's commits onto its work branch, wherever it made them (worker.md §8.3 step 2).</summary>
internal static class WorkBranch
{
    /// <summary>
    /// Makes sure that what is checked out is neither a protected branch nor no branch at all, and that it has the session's commits. None is
    /// lost: a work branch that is to make way is kept under another name.
    /// </summary>
    /// <param name="git">Runs git.</param>
    /// <param name="tree">The work tree.</param>
    /// <param name="facts">How far the work is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What was done, in words; <see langword="null"/> for nothing.</returns>
    /// <exception cref="GitFailureException">git refused.</exception>
    public static async Task<string?> Take(GitProgram git, Worktree tree, WorktreeFacts facts, CancellationToken cancellationToken)
    {
        if (facts.Branch == tree.Branch)
            return null;
        var reference = $"refs/heads/{tree.Branch}";
        if (facts.Commits == 0 && await Count(git, tree, $"{tree.BaseSha}..{reference}", cancellationToken) > 0)
        {
            await git.Must(tree.Root, ["switch", "--quiet", tree.Branch], cancellationToken);
            return $"'{tree.Branch}' was checked out again; the agent had left it";
        }

        if (facts.Branch.Length > 0 && !tree.Protected.Contains(facts.Branch))
            return null;
        var kept = "";
        if (await Count(git, tree, $"HEAD..{reference}", cancellationToken) > 0)
        {
            kept = $"{tree.Branch}-before-{facts.Head[..8]}";
            await git.Must(tree.Root, ["branch", "--force", kept, reference], cancellationToken);
        }

        await git.Must(tree.Root, ["switch", "--quiet", "-C", tree.Branch], cancellationToken);
        return $"the commits made {(facts.Branch.Length > 0 ? $"on '{facts.Branch}'" : "on no branch")} were moved to '{tree.Branch}'"
            + (kept.Length > 0 ? $"; its own are kept as '{kept}'" : "");
    }

    // None where there is no such branch.
    private static async Task<int> Count(GitProgram git, Worktree tree, string range, CancellationToken cancellationToken)
    {
        var counted = await git.Run(tree.Root, ["rev-list", "--count", range], cancellationToken);
        return counted.Succeeded ? int.Parse(counted.Output, CultureInfo.InvariantCulture) : 0;
    }
}
