using System.Globalization;
using Donmai.Core.Git;

namespace Donmai.Worker.Workareas;

/// <summary>How far the work in a tree is (worker.md §8.3 step 1). Nothing of it is asked of the remote.</summary>
internal sealed record WorktreeFacts
{
    /// <summary>Commit that is checked out.</summary>
    public required string Head { get; init; }

    /// <summary>Branch that is checked out; empty when none is.</summary>
    public required string Branch { get; init; }

    /// <summary>Commits beyond the base.</summary>
    public required int Commits { get; init; }

    /// <summary>Commit of the work branch on the remote, as it was last seen or pushed; empty when it is not there.</summary>
    public required string Upstream { get; init; }

    /// <summary>What is in no commit.</summary>
    public required IReadOnlyList<StatusEntry> Uncommitted { get; init; }

    /// <summary>Whether the remote's work branch is what is checked out.</summary>
    public bool IsPushed => Upstream == Head;

    /// <summary>Reads them.</summary>
    /// <param name="git">Runs git.</param>
    /// <param name="tree">The work tree.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="GitFailureException">git failed.</exception>
    public static async Task<WorktreeFacts> Read(GitProgram git, Worktree tree, CancellationToken cancellationToken)
    {
        var head = await git.Must(tree.Root, ["rev-parse", "--verify", "HEAD^{commit}"], cancellationToken);
        var branch = await git.Run(tree.Root, ["symbolic-ref", "--quiet", "--short", "HEAD"], cancellationToken);
        var upstream = await git.Run(tree.Root, ["rev-parse", "--verify", "--quiet", $"refs/remotes/origin/{tree.Branch}^{{commit}}"], cancellationToken);
        var commits = await git.Must(tree.Root, ["rev-list", "--count", $"{tree.BaseSha}..HEAD"], cancellationToken);
        var status = await git.Must(
            tree.Root, ["status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all", "--ignore-submodules=dirty"], cancellationToken);
        return new WorktreeFacts
        {
            Head = head.Trim(),
            Branch = branch.Succeeded ? branch.Output.Trim() : "",
            Commits = int.Parse(commits, CultureInfo.InvariantCulture),
            Upstream = upstream.Succeeded ? upstream.Output.Trim() : "",
            Uncommitted = [.. status.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(Parse)],
        };
    }

    // "XY <path>": "??" is a path that git does not know, "A" one that was only added to the index, a "U" or twice the same a conflict.
    private static StatusEntry Parse(string line) =>
        new(line[3..], line[0] is not ('?' or 'A'), line[..2] is "DD" or "AA" || line.AsSpan(0, 2).Contains('U'));
}
