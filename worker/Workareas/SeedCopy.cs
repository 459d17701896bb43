using Donmai.Core.Git;
using Donmai.Core.Workareas.Pool;
using Donmai.Worker.Sessions;

namespace Donmai.Worker.Workareas;

/// <summary>
/// Takes the history from a member of the pool, and from the remote what has come since (workareas.md §8.3). The tree has its own objects, so it stands
/// alone; nothing of the member's configuration gets into it.
/// </summary>
/// <param name="seed">The member's directory.</param>
/// <param name="isShallow">Whether clones of the project have the newest commit alone.</param>
internal sealed class SeedCopy(string seed, bool isShallow) : IWorktreeStrategy
{
    /// <inheritdoc/>
    public async Task<string> Fill(GitProgram git, string directory, string address, WantedHistory wanted, CancellationToken cancellationToken)
    {
        await git.Must(directory, ["init", "--quiet"], cancellationToken);
        await Task.Run(() => Copy(Path.Combine(directory, SeedFiles.Git)), cancellationToken);
        // Opens the packs: a fetch would get around a broken one, and leave it in the tree.
        await git.Must(directory, ["for-each-ref", "--format=%(objecttype)"], cancellationToken);
        await git.Must(directory, ["remote", "add", "--", "origin", address], cancellationToken);
        if (isShallow)
            return await ShallowFetch.Bring(git, directory, wanted, cancellationToken);
        // Tags are named, for those that the remote has no more are pruned only then.
        await git.Must(
            directory,
            ["fetch", "--quiet", "--prune", "origin", "+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*"],
            cancellationToken);
        var found = await git.Run(directory, ["rev-parse", "--verify", "--quiet", $"{wanted.LocalBase}^{{commit}}"], cancellationToken);
        if (!found.Succeeded)
            throw wanted.NotFound();
        await AddWhatClonesHave(git, directory, wanted.Remote.DefaultBranch, cancellationToken);
        return found.Output.Trim();
    }

    /// <summary>Says of a member that it is damaged: its daemon removes it.</summary>
    public static void Denounce(string seed)
    {
        try
        {
            if (Directory.Exists(seed))
                File.WriteAllBytes(Path.Combine(seed, SeedFiles.Damaged), []);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return; // the next session says it
        }
    }

    // Objects first: whatever a name points to is there then, even when the member is being brought up to its remote.
    private void Copy(string target)
    {
        var source = Path.Combine(seed, SeedFiles.Git);
        try
        {
            var names = Path.Combine(source, "packed-refs");
            var known = File.Exists(names) ? File.ReadAllBytes(names) : [];
            var edge = Path.Combine(source, "shallow");
            if (File.Exists(edge))
                File.Copy(edge, Path.Combine(target, "shallow"));
            CopyObjects(new DirectoryInfo(Path.Combine(source, "objects")), Path.Combine(target, "objects"));
            File.WriteAllBytes(Path.Combine(target, "packed-refs"), known);
        }
        catch (Exception gone) when (gone is UnauthorizedAccessException || (gone is IOException error && !EventLog.IsDiskFull(error)))
        {
            throw new GitFailureException(GitFailureClass.Other, $"the pool's member cannot be read: {gone.Message}");
        }
    }

    // The framework clones files where the file system can, and copies within the system elsewhere. Links are no objects.
    private static void CopyObjects(DirectoryInfo source, string target)
    {
        Directory.CreateDirectory(target);
        foreach (var entry in source.EnumerateFileSystemInfos())
            if (entry.LinkTarget is not null || entry.Name.StartsWith("tmp_", StringComparison.Ordinal) || entry.Name == "alternates")
                continue;
            else if (entry is DirectoryInfo deeper)
                CopyObjects(deeper, Path.Combine(target, entry.Name));
            else
                File.Copy(entry.FullName, Path.Combine(target, entry.Name));
    }

    private static async Task AddWhatClonesHave(GitProgram git, string directory, string defaultBranch, CancellationToken cancellationToken)
    {
        if (defaultBranch.Length == 0)
            return;
        await git.Must(directory, ["symbolic-ref", "refs/remotes/origin/HEAD", $"refs/remotes/origin/{defaultBranch}"], cancellationToken);
        await git.Must(directory, ["update-ref", $"refs/heads/{defaultBranch}", $"refs/remotes/origin/{defaultBranch}"], cancellationToken);
        await git.Must(directory, ["config", $"branch.{defaultBranch}.remote", "origin"], cancellationToken);
        await git.Must(directory, ["config", $"branch.{defaultBranch}.merge", $"refs/heads/{defaultBranch}"], cancellationToken);
    }
}
