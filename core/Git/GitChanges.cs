using System.Globalization;
using Donmai.Sessions;

namespace Donmai.Core.Git;

/// <summary>Measures what a work tree holds beyond its base: committed, staged, changed and new files alike.</summary>
/// <param name="git">Runs git.</param>
public sealed class GitChanges(GitProgram git)
{
    /// <summary>Size of the difference.</summary>
    /// <param name="worktree">The work tree.</param>
    /// <param name="baseSha">Commit the work started from.</param>
    /// <param name="scratchIndex">File that does not exist yet, for a private index; the work tree's own index is not touched.</param>
    /// <param name="cancellationToken">Ends the measuring.</param>
    /// <exception cref="GitFailureException">git failed.</exception>
    public async Task<WorkChanges> Since(string worktree, string baseSha, string scratchIndex, CancellationToken cancellationToken)
    {
        var measuring = git.With("GIT_INDEX_FILE", scratchIndex);
        try
        {
            CopyIndex(worktree, scratchIndex);
            // 1: something cannot be added, as a repository without commits inside the tree; the rest is measured all the same.
            var added = await measuring.Run(worktree, ["add", "--ignore-errors", "--intent-to-add", "--", "."], cancellationToken);
            if (added.Exit.Code is not (0 or 1))
                throw added.ToFailure("git add");
            var numbers = await measuring.Must(
                worktree, ["diff", "--numstat", "-z", "--no-renames", "--no-ext-diff", "--no-textconv", baseSha, "--"], cancellationToken);
            var commits = await git.Must(worktree, ["rev-list", "--count", $"{baseSha}..HEAD"], cancellationToken);
            var uncommitted = await measuring.Must(
                worktree, ["diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "HEAD", "--"], cancellationToken);
            return new WorkChanges
            {
                Files = [.. numbers.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(Parse)],
                Uncommitted = uncommitted.Count(static character => character == '\0'),
                Commits = int.Parse(commits, CultureInfo.InvariantCulture),
            };
        }
        finally
        {
            File.Delete(scratchIndex);
        }
    }

    // The copy keeps what git knows of unchanged files, so that it does not read them all again.
    private static void CopyIndex(string worktree, string scratchIndex)
    {
        var index = Path.Combine(worktree, ".git", "index");
        if (File.Exists(index))
            File.Copy(index, scratchIndex, overwrite: true);
    }

    // "<insertions>\t<deletions>\t<path>", with "-" for both numbers of a binary file.
    private static FileChange Parse(string line)
    {
        var fields = line.Split('\t', 3);
        return fields[0] == "-"
            ? new FileChange { Path = fields[2], Binary = true }
            : new FileChange
            {
                Path = fields[2],
                Insertions = int.Parse(fields[0], CultureInfo.InvariantCulture),
                Deletions = int.Parse(fields[1], CultureInfo.InvariantCulture),
            };
    }
}
