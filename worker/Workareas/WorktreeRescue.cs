using Donmai.Core.Git;
using Donmai.Core.Sessions;
using Donmai.Worker.Sessions;

namespace Donmai.Worker.Workareas;

/// <summary>Puts what cannot be delivered into the record directory: a bundle of the commits, a patch of the rest (worker.md §8.3 step 10).</summary>
/// <param name="git">Runs git.</param>
/// <param name="tree">The work tree.</param>
/// <param name="record">The record directory.</param>
internal sealed class WorktreeRescue(GitProgram git, Worktree tree, RecordDirectory record)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Puts it aside.</summary>
    /// <param name="facts">How far the work is.</param>
    /// <param name="changes">Uncommitted changes worth keeping.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Names of the files that were written; none when there is nothing to rescue.</returns>
    /// <exception cref="GitFailureException">git failed.</exception>
    /// <exception cref="IOException">The files cannot be written.</exception>
    public async Task<IReadOnlyList<string>> PutAside(WorktreeFacts facts, IReadOnlyList<StatusEntry> changes, CancellationToken cancellationToken)
    {
        List<string> written = [];
        if (facts.Commits > 0)
        {
            var bundle = record.PathOf(SessionRecordFiles.RescueBundle);
            await git.Must(tree.Root, ["bundle", "create", "--quiet", bundle, $"{tree.BaseSha}..HEAD"], cancellationToken);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(bundle, Private);
            written.Add(bundle);
        }

        if (changes.Count > 0)
            written.Add(await Patch(changes, cancellationToken));
        return written;
    }

    // The work tree's own index is left as it is.
    private async Task<string> Patch(IReadOnlyList<StatusEntry> changes, CancellationToken cancellationToken)
    {
        var patch = record.PathOf(SessionRecordFiles.RescuePatch);
        var index = record.PathOf($"index-{Guid.NewGuid():N}");
        var aside = git.With("GIT_INDEX_FILE", index).With("GIT_LITERAL_PATHSPECS", "1");
        try
        {
            await aside.Must(tree.Root, ["read-tree", "HEAD"], cancellationToken);
            var added = await aside.Feed(
                tree.Root,
                ["add", "--ignore-errors", "--pathspec-from-file=-", "--pathspec-file-nul"],
                string.Join('\0', changes.Select(static change => change.Path)),
                cancellationToken);
            if (added.Exit.Code is not (0 or 1))
                throw added.ToFailure("git add");
            using (new FileStream(patch, AtomicFile.Options(FileMode.Create, FileAccess.Write)))
            {
                // Made here for its mode; git fills it.
            }

            await aside.Must(tree.Root, ["diff", "--cached", "--binary", "--no-color", "--no-ext-diff", "--no-textconv", $"--output={patch}", "HEAD"], cancellationToken);
            return patch;
        }
        finally
        {
            File.Delete(index);
        }
    }
}
