using Donmai.Core.Git;
using Donmai.Core.Workareas.Pool;
using Donmai.Sessions;
using Donmai.Worker.Sessions;

namespace Donmai.Worker.Workareas;

/// <summary>Makes the git work tree of a session (worker.md §5.2 to §5.4). A tree appears whole under its name, or not at all.</summary>
/// <param name="worktrees">Parent of all work trees, absolute.</param>
/// <param name="git">Runs git.</param>
/// <param name="mirrors">Mirrors on this machine.</param>
/// <param name="settings">Bounds.</param>
/// <param name="clock">Source of time.</param>
/// <param name="random">Source of jitter.</param>
internal sealed class WorktreeProvisioner(
    string worktrees, GitProgram git, MirrorStore mirrors, WorkerSettings settings, TimeProvider clock, Random random)
{
    private static readonly TimeSpan StaleLock = TimeSpan.FromMinutes(10);

    /// <summary>What did not go as asked without stopping the session.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>Told before each further attempt.</summary>
    public Func<string, Task> Retrying { get; init; } = static _ => Task.CompletedTask;

    /// <summary>Makes the tree, or takes that of an earlier attempt of the same session.</summary>
    /// <exception cref="GitFailureException">It could not be made; nothing is left of it.</exception>
    public async Task<Worktree> Provide(WorktreeRequest request, CancellationToken cancellationToken)
    {
        var address = GitRepositoryAddress.ForClone(request.Repository);
        PrivateDirectory.MakeReadable(worktrees);
        var existing = ExistingWorktree.Find(worktrees, request, clock);
        if (existing.State is { } state && await IsWanted(existing.Root, state, address, request, cancellationToken))
            return await Reuse(existing.Root, state, request, cancellationToken);
        if (existing.State is not null || existing.SetAside is not null)
            SetAside(existing.Root);
        RemoveUnfinished(existing.Root);
        return await Attempts().Make(token => Make(existing.Root, address, request, token), cancellationToken);
    }

    private Attempts Attempts() => new(clock, settings.WorktreeWaits)
    {
        IsRetried = static (failed, number) => failed is GitFailureException failure && IsRetried(failure, number),
        Retrying = failed => Retrying(failed.Message),
        Jitter = random,
    };

    private static bool IsRetried(GitFailureException failed, int attempt) => failed.Failure switch
    {
        GitFailureClass.Network => true,
        GitFailureClass.Other => attempt == 0,
        _ => false,
    };

    private async Task<Worktree> Make(string root, string address, WorktreeRequest request, CancellationToken cancellationToken)
    {
        RequireSpace();
        var asked = AskedBranch(request);
        var remote = await RemoteView.Ask(git, worktrees, address, request.Ref, asked, cancellationToken);
        // A repository whose HEAD is detached has no default branch, but a commit to start from.
        var baseRef = new[] { request.Ref, remote.DefaultBranch, remote.HeadSha }.First(static name => name.Length > 0);
        var branch = Unprotected(asked, new ProtectedBranches(baseRef, remote.DefaultBranch, request.ProtectedPatterns), request.SessionId);
        if (branch != asked)
            remote = await RemoteView.Ask(git, worktrees, address, request.Ref, branch, cancellationToken);
        var wanted = new WantedHistory(baseRef, branch, remote);
        _ = wanted.BaseRefspec;

        if (request.SeedPath.Length == 0)
            return await Make(root, address, request, wanted, Strategy(request.Checkout.CloneStrategy), cancellationToken);
        try
        {
            return await Make(root, address, request, wanted, new SeedCopy(request.SeedPath, CloneDepth.IsShallow(request.Checkout)), cancellationToken);
        }
        catch (GitFailureException failure) when (failure.Failure is not (GitFailureClass.Network or GitFailureClass.Authentication or GitFailureClass.DiskFull))
        {
            var cloned = await Make(root, address, request, wanted, Strategy(request.Checkout.CloneStrategy), cancellationToken);
            SeedCopy.Denounce(request.SeedPath); // what cannot be had from the remote either is no fault of the pool
            Warn($"the work tree could not be made from the pool and was cloned: {failure.Message}");
            return cloned;
        }
    }

    private async Task<Worktree> Make(
        string root, string address, WorktreeRequest request, WantedHistory wanted, IWorktreeStrategy strategy, CancellationToken cancellationToken)
    {
        var (branch, remote) = (wanted.Branch, wanted.Remote);
        var unfinished = $"{root}.tmp-{Guid.NewGuid():N}";
        PrivateDirectory.MakeReadable(unfinished);
        try
        {
            var baseSha = await strategy.Fill(git, unfinished, address, wanted, cancellationToken);
            await CheckOut(unfinished, wanted, baseSha, cancellationToken);
            await AddWhatIsElsewhere(unfinished, request.Checkout, cancellationToken);
            await Prepare(unfinished, cancellationToken);
            if (Directory.Exists(root))
                Directory.Delete(root);
            Directory.Move(unfinished, root);
            return new Worktree
            {
                Root = root,
                Branch = branch,
                BaseRef = wanted.BaseRef,
                BaseSha = baseSha,
                RemoteBranchSha = remote.BranchSha,
                Repository = request.Repository,
                DefaultBranch = remote.DefaultBranch,
                ProtectedPatterns = request.ProtectedPatterns,
            };
        }
        catch
        {
            WorktreeRemoval.Delete(unfinished);
            throw;
        }
    }

    private IWorktreeStrategy Strategy(string? name)
    {
        switch (name?.Trim().ToLowerInvariant())
        {
            case null or "" or "shallow":
                return new ShallowFetch();
            case "full":
                return new FullClone(null);
            case "reference-clone":
                return new FullClone(mirrors);
            default:
                Warnings.Add($"the clone strategy '{name}' is not known; the repository was cloned shallow");
                return new ShallowFetch();
        }
    }

    private async Task CheckOut(string tree, WantedHistory wanted, string baseSha, CancellationToken cancellationToken)
    {
        if (wanted.ContinuesBranch)
            await git.Must(tree, ["checkout", "--quiet", "-B", wanted.Branch, $"refs/remotes/origin/{wanted.Branch}"], cancellationToken);
        else
            await git.Must(tree, ["checkout", "--quiet", "--no-track", "-b", wanted.Branch, baseSha], cancellationToken);
    }

    // Submodules and large files, where the project asks for them.
    private async Task AddWhatIsElsewhere(string tree, ProjectCheckout checkout, CancellationToken cancellationToken)
    {
        if (checkout.Lfs && !(await git.Run(tree, ["lfs", "version"], cancellationToken)).Succeeded)
            Warn("git-lfs is not installed; the large files of the repository were not fetched");
        if (checkout.Submodules)
            await git.Must(tree, ["submodule", "--quiet", "update", "--init", "--recursive"], cancellationToken);
    }

    // The worker's own files are ignored by git before anybody can commit them; commits have an author.
    private async Task Prepare(string tree, CancellationToken cancellationToken)
    {
        var exclude = Path.Combine(tree, ".git", "info", "exclude");
        Directory.CreateDirectory(Path.GetDirectoryName(exclude)!);
        await File.AppendAllTextAsync(exclude, $"/{ExistingWorktree.OwnDirectory}/\n", cancellationToken);
        if (ExistingWorktree.HasRoomForOwnFiles(tree))
            PrivateDirectory.MakeReadable(Path.Combine(tree, ExistingWorktree.OwnDirectory));
        else
            Warn($"the repository has a file or a link '{ExistingWorktree.OwnDirectory}'; the worker keeps no files in the work tree, which cannot be used again");
        if ((await git.Run(tree, ["config", "user.email"], cancellationToken)).Succeeded)
            return;
        await git.Must(tree, ["config", "user.name", "Donmai Worker"], cancellationToken);
        await git.Must(tree, ["config", "user.email", $"worker@{MachineName()}.invalid"], cancellationToken);
    }

    // A repository, of the same remote, on the branch that is asked for.
    private async Task<bool> IsWanted(string root, WorktreeState state, string address, WorktreeRequest request, CancellationToken cancellationToken)
    {
        var asked = AskedBranch(request);
        var isProtected = new ProtectedBranches(state.BaseRef!, state.DefaultBranch ?? "", request.ProtectedPatterns).Contains(asked);
        var expected = isProtected ? GitBranchNames.ForSession(request.SessionId) : asked;
        if (state.Branch != expected)
            return false;
        var here = git.With("GIT_DIR", Path.Combine(root, ".git"));
        var origin = await here.Run(root, ["config", "--get", "remote.origin.url"], cancellationToken);
        return origin.Succeeded && origin.Output.TrimEnd('\n') == address
            && (await here.Run(root, ["status", "--porcelain", "--untracked-files=no"], cancellationToken)).Succeeded;
    }

    private async Task<Worktree> Reuse(string root, WorktreeState state, WorktreeRequest request, CancellationToken cancellationToken)
    {
        foreach (var name in new[] { "index.lock", "HEAD.lock", "shallow.lock" })
        {
            var left = new FileInfo(Path.Combine(root, ".git", name));
            if (left.Exists && clock.GetUtcNow().UtcDateTime - left.LastWriteTimeUtc > StaleLock)
                left.Delete();
        }

        var fetched = await git.Run(root, ["fetch", "--quiet", "--no-tags", "origin"], cancellationToken);
        if (!fetched.Succeeded)
            Warnings.Add(fetched.ToFailure("git fetch").Message);
        return new Worktree
        {
            Root = root,
            Branch = state.Branch!,
            BaseRef = state.BaseRef!,
            BaseSha = state.BaseSha!,
            RemoteBranchSha = state.RemoteBranchSha ?? "",
            Repository = request.Repository,
            DefaultBranch = state.DefaultBranch ?? "",
            ProtectedPatterns = request.ProtectedPatterns,
            Reused = true,
        };
    }

    private void SetAside(string tree)
    {
        var wanted = $"{tree}.kept-{clock.GetUtcNow().ToUnixTimeSeconds()}";
        var aside = wanted;
        for (var number = 2; Directory.Exists(aside); number++)
            aside = $"{wanted}-{number}";
        Directory.Move(tree, aside);
        Warnings.Add($"the work tree of an earlier attempt cannot be used again; it was moved to {aside}");
    }

    // The session is held by this worker: whoever began these trees is gone.
    private static void RemoveUnfinished(string root)
    {
        var prefix = $"{Path.GetFileName(root)}.tmp-";
        foreach (var left in Directory.EnumerateDirectories(Path.GetDirectoryName(root)!, $"{prefix}*"))
            if (Guid.TryParseExact(Path.GetFileName(left)[prefix.Length..], "N", out _))
                WorktreeRemoval.Delete(left);
    }

    private void RequireSpace()
    {
        var free = new DriveInfo(worktrees).AvailableFreeSpace;
        if (free < settings.DiskFloor)
            throw new GitFailureException(
                GitFailureClass.DiskFull,
                $"no space left on device: {free / (1024 * 1024)} MiB are free on the volume of '{worktrees}', {settings.DiskFloor / (1024 * 1024)} MiB are needed");
    }

    private string AskedBranch(WorktreeRequest request)
    {
        var fallback = GitBranchNames.ForSession(request.SessionId);
        if (request.Branch.Length == 0)
            return fallback;
        var repaired = GitBranchNames.Repair(request.Branch, fallback);
        if (repaired != request.Branch)
            Warn($"'{request.Branch}' is not a branch name; '{repaired}' is used instead");
        return repaired;
    }

    private string Unprotected(string branch, ProtectedBranches protectedBranches, string sessionId)
    {
        if (!protectedBranches.Contains(branch))
            return branch;
        var instead = GitBranchNames.ForSession(sessionId);
        Warn($"'{branch}' is protected and never a work branch; '{instead}' is used instead");
        return instead;
    }

    private void Warn(string warning)
    {
        if (!Warnings.Contains(warning, StringComparer.Ordinal))
            Warnings.Add(warning);
    }

    private static string MachineName()
    {
        var name = string.Concat(Environment.MachineName.ToLowerInvariant().Select(static character => char.IsAsciiLetterOrDigit(character) ? character : '-')).Trim('-');
        return name.Length == 0 ? "machine" : name;
    }
}
