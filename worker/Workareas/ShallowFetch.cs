using System.Globalization;
using Donmai.Core.Git;

namespace Donmai.Worker.Workareas;

/// <summary>Fetches one commit of the base; of an existing work branch as much as joins it to the base (worker.md §5.2 steps 6 to 8).</summary>
internal sealed class ShallowFetch : IWorktreeStrategy
{
    private static readonly int[] Depths = [50, 200, 1000];

    /// <inheritdoc/>
    public async Task<string> Fill(GitProgram git, string directory, string address, WantedHistory wanted, CancellationToken cancellationToken)
    {
        await git.Must(directory, ["init", "--quiet"], cancellationToken);
        await git.Must(directory, ["remote", "add", "--", "origin", address], cancellationToken);
        return await Bring(git, directory, wanted, cancellationToken);
    }

    /// <summary>Brings what is wanted into a repository that has its remote, and may have some history already.</summary>
    /// <returns>Commit of the base.</returns>
    /// <exception cref="GitFailureException">git failed, or the base does not exist.</exception>
    public static async Task<string> Bring(GitProgram git, string directory, WantedHistory wanted, CancellationToken cancellationToken)
    {
        var fetched = await Fetch(git, directory, ["--depth", "1"], wanted, cancellationToken);
        if (!fetched.Succeeded)
            throw Failure(fetched, wanted);
        var sha = (await git.Must(directory, ["rev-parse", "--verify", $"{wanted.LocalBase}^{{commit}}"], cancellationToken)).Trim();
        if (wanted.ContinuesBranch)
            await Join(git, directory, sha, wanted, cancellationToken);
        return sha;
    }

    // A commit that the remote refuses to give is no branch, no tag and no commit of it.
    private static GitFailureException Failure(GitOutcome fetched, WantedHistory wanted)
    {
        var failure = fetched.ToFailure("git fetch");
        var isRefused = fetched.Error.Contains("not our ref", StringComparison.OrdinalIgnoreCase)
            || failure.Failure is GitFailureClass.Other or GitFailureClass.NotFound or GitFailureClass.ReferenceNotFound;
        return wanted.Remote.BaseReference.Length == 0 && isRefused ? wanted.NotFound() : failure;
    }

    private static async Task Join(GitProgram git, string directory, string baseSha, WantedHistory wanted, CancellationToken cancellationToken)
    {
        var attempts = Depths.Select(static depth => new[] { "--depth", depth.ToString(CultureInfo.InvariantCulture) }).Append(["--unshallow"]);
        foreach (var depth in attempts)
        {
            var joined = await git.Run(directory, ["merge-base", baseSha, wanted.Remote.BranchSha], cancellationToken);
            if (joined.Succeeded)
                return;
            await Fetch(git, directory, depth, wanted, cancellationToken);
        }
    }

    private static Task<GitOutcome> Fetch(
        GitProgram git, string directory, string[] depth, WantedHistory wanted, CancellationToken cancellationToken)
    {
        List<string> arguments = ["fetch", "--quiet", .. depth, "--no-tags", "origin", wanted.BaseRefspec];
        if (wanted.ContinuesBranch && wanted.BranchRefspec != wanted.BaseRefspec)
            arguments.Add(wanted.BranchRefspec);
        return git.Run(directory, arguments, cancellationToken);
    }
}
