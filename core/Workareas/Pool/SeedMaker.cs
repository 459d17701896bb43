using Donmai.Core.Daemon;
using Donmai.Core.Git;
using Donmai.Sessions;
using Donmai.Workareas;

namespace Donmai.Core.Workareas.Pool;

/// <summary>
/// Makes, checks and removes members of the pool: clones of which nothing is checked out, with as much history as the project's own clones have
/// (workareas.md §8.3, worker.md §5.2). One appears whole under its name, or not at all.
/// </summary>
/// <param name="places">Where they lie.</param>
/// <param name="volume">The disk.</param>
/// <param name="configuration">Which files they depend on.</param>
/// <param name="host">The daemon's environment, without its secrets.</param>
/// <param name="clock">Source of waiting.</param>
internal sealed class SeedMaker(PoolPlaces places, WorktreeVolume volume, IDaemonConfiguration configuration, HostEnvironment host, TimeProvider clock)
{
    private const string Heads = "refs/heads/";
    private const string Tracked = "refs/remotes/origin/";

    // Received objects stay in their packs, and nothing tidies up while a worker copies.
    private static readonly string[] Settings = ["-c", "fetch.unpackLimit=1", "-c", "gc.auto=0", "-c", "maintenance.auto=false"];

    /// <summary>Clones a member, in place of what there was.</summary>
    /// <exception cref="GitFailureException">The repository cannot be cloned.</exception>
    /// <exception cref="IOException">The disk refused.</exception>
    public async Task<SeedFinding> Make(SeedTask task, CancellationToken cancellationToken)
    {
        if (volume.Refusal() is { } full)
            throw new GitFailureException(GitFailureClass.DiskFull, full);
        var address = GitRepositoryAddress.ForClone(task.CloneSource);
        var unfinished = places.MakeUnfinished(task.Number);
        try
        {
            var git = Git(task.Checkout);
            await Clone(git, unfinished, address, task.Checkout, cancellationToken);
            var finding = await Look(git, unfinished, cancellationToken);
            SeedRemoval.Delete(places.Of(task.Number));
            Directory.Move(unfinished, places.Of(task.Number));
            return finding;
        }
        catch
        {
            SeedRemoval.Delete(unfinished);
            throw;
        }
    }

    /// <summary>Brings a member up to its remote, where that is asked for, and looks at what it holds.</summary>
    /// <returns>What it holds; <see langword="null"/> when the remote was not asked and nothing speaks against it.</returns>
    /// <exception cref="SeedDamagedException">It cannot be used any more.</exception>
    /// <exception cref="GitFailureException">The remote cannot be asked now; the member is as it was.</exception>
    public async Task<SeedFinding?> Check(SeedTask task, CancellationToken cancellationToken)
    {
        var place = places.Of(task.Number);
        if (IsDamaged(task.Number))
            throw new SeedDamagedException("a session could not make its work tree from it");
        if (!task.IsDue)
            return null;
        var git = Git(task.Checkout);
        try
        {
            await Fetch(git, place, await DefaultBranch(git, place, "origin", cancellationToken), task.Checkout, cancellationToken);
            return await Look(git, place, cancellationToken);
        }
        catch (GitFailureException failure) when (failure.Failure is GitFailureClass.Other)
        {
            throw new SeedDamagedException(failure.Message);
        }
    }

    /// <summary>Whether a member is gone, or a worker has said that it is damaged.</summary>
    public bool IsDamaged(int number)
    {
        var place = places.Of(number);
        return !Directory.Exists(Path.Combine(place, SeedFiles.Git)) || File.Exists(Path.Combine(place, SeedFiles.Damaged));
    }

    private GitProgram Git(ProjectCheckout checkout) => GitProgram.Find(
        GitEnvironment.Compose(
            host.Variables, new GitCredentials(checkout.Git?.CredentialHelper, checkout.Git?.SshKey, checkout.Git?.TokenVariable), checkout.Lfs),
        clock);

    private static async Task Clone(GitProgram git, string place, string address, ProjectCheckout checkout, CancellationToken cancellationToken)
    {
        await git.Must(place, ["init", "--quiet", "--template="], cancellationToken);
        await git.Must(place, ["remote", "add", "--", "origin", address], cancellationToken);
        await Fetch(git, place, await DefaultBranch(git, place, "origin", cancellationToken), checkout, cancellationToken);
    }

    private static async Task<string> DefaultBranch(GitProgram git, string place, string remote, CancellationToken cancellationToken)
    {
        var answer = await git.Must(place, ["ls-remote", "--symref", "--", remote, "HEAD"], cancellationToken);
        var head = answer.Split('\n').Select(static line => line.Split('\t')).FirstOrDefault(static fields => fields is [['r', 'e', 'f', ':', ..], "HEAD"])?[0];
        return head?["ref: ".Length..] is { } name && name.StartsWith(Heads, StringComparison.Ordinal)
            ? name[Heads.Length..]
            : throw new GitFailureException(GitFailureClass.ReferenceNotFound, "git ls-remote: the repository has no default branch");
    }

    private static async Task Fetch(GitProgram git, string place, string branch, ProjectCheckout checkout, CancellationToken cancellationToken)
    {
        string[] what = CloneDepth.IsShallow(checkout)
            ? ["--depth", "1", "--no-tags", "origin", $"+{Heads}{branch}:{Tracked}{branch}"]
            : ["--prune", "origin", $"+{Heads}*:{Tracked}*", "+refs/tags/*:refs/tags/*"];
        await git.Must(place, [.. Settings, "fetch", "--quiet", "--no-auto-maintenance", .. what], cancellationToken);
        await git.Must(place, ["symbolic-ref", $"{Tracked}HEAD", $"{Tracked}{branch}"], cancellationToken);
        await git.Must(place, ["pack-refs", "--all"], cancellationToken);
    }

    private async Task<SeedFinding> Look(GitProgram git, string place, CancellationToken cancellationToken)
    {
        var commit = (await git.Must(place, ["rev-parse", "--verify", $"{Tracked}HEAD^{{commit}}"], cancellationToken)).Trim();
        return new SeedFinding
        {
            Commit = commit,
            CleanStateChecksum = await CleanState.Checksum(git, place, commit, configuration.Current.Pool.CanonicalFiles, cancellationToken),
            Toolchain = await ToolchainFiles.Read(git, place, commit, cancellationToken),
            SizeBytes = SeedSize.Of(place),
        };
    }
}
