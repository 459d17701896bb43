using Donmai.Core.Git;
using Donmai.Sessions;

namespace Donmai.Worker.Workareas;

/// <summary>What of a work tree's uncommitted changes is committed in the agent's place (worker.md §8.3 steps 3 to 5).</summary>
/// <param name="Changes">The changes that are taken.</param>
/// <param name="LeftOut">The files that are not, each with the reason.</param>
/// <param name="Refusal">Why nothing may be committed; <see langword="null"/> when it may.</param>
internal sealed record CommitSelection(IReadOnlyList<StatusEntry> Changes, IReadOnlyList<LeftOutFile> LeftOut, string? Refusal)
{
    private const string OwnFiles = ExistingWorktree.OwnDirectory + "/";
    private const int MostFiles = 200;
    private const long MostBytes = 50L * 1024 * 1024;
    private const long LargestNewFile = 10L * 1024 * 1024;

    /// <summary>Chooses.</summary>
    /// <param name="tree">Directory of the work tree.</param>
    /// <param name="uncommitted">What is in no commit.</param>
    /// <param name="scan">Looks for secrets.</param>
    /// <param name="cancellationToken">Ends the choosing.</param>
    /// <exception cref="GitFailureException">git failed.</exception>
    public static async Task<CommitSelection> Of(
        string tree, IReadOnlyList<StatusEntry> uncommitted, SecretScan scan, CancellationToken cancellationToken)
    {
        List<LeftOutFile> leftOut = [];
        List<StatusEntry> taken = [];
        var bytes = 0L;
        foreach (var change in uncommitted.Where(static change => change.IsTracked || !change.Path.StartsWith(OwnFiles, StringComparison.Ordinal)))
        {
            var size = Size(tree, change.Path);
            if (Reason(change, size) is { } reason)
            {
                leftOut.Add(new LeftOutFile { Path = change.Path, Reason = reason });
                continue;
            }

            taken.Add(change);
            bytes += size;
        }

        if (taken.Count > MostFiles)
            return new CommitSelection(taken, leftOut, $"{taken.Count} files differ, more than {MostFiles}");
        if (bytes > MostBytes)
            return new CommitSelection(taken, leftOut, $"the changed files have {bytes / (1024 * 1024)} MiB, more than {MostBytes / (1024 * 1024)}");
        List<StatusEntry> clean = [];
        foreach (var change in taken)
            if (await scan.HoldsSecret(change, cancellationToken))
                leftOut.Add(new LeftOutFile { Path = change.Path, Reason = LeftOutReason.Secret });
            else
                clean.Add(change);
        return new CommitSelection(clean, leftOut, uncommitted.Any(static change => change.IsUnmerged) ? "a merge was left unfinished" : null);
    }

    private static string? Reason(StatusEntry change, long size) => change switch
    {
        { IsTracked: true } => null,
        _ when SecretScan.IsSecretByName(change.Path) => LeftOutReason.SecretName,
        _ when change.Path.EndsWith('/') => LeftOutReason.Repository,
        _ when ExcludedPaths.IsExcluded(change.Path) => LeftOutReason.Excluded,
        _ when size > LargestNewFile => LeftOutReason.TooLarge,
        _ => null,
    };

    private static long Size(string tree, string path)
    {
        var file = new FileInfo(Path.Combine(tree, path));
        return file.Exists && file.LinkTarget is null ? file.Length : 0;
    }
}
