using Donmai.Core.Git;
using Donmai.Sessions;
using Donmai.Worker.Sessions;
using Donmai.Worker.Workareas;
using Microsoft.Extensions.Logging.Abstractions;

namespace Donmai.Worker.Tests.Workareas;

public sealed class Work_trees : IDisposable
{
    private readonly WorkerBench _bench = new();
    private readonly FakeClock _clock = new() { LimitsFrom = TimeSpan.FromMinutes(1) };
    private readonly List<string> _retries = [];

    public void Dispose() => _bench.Dispose();

    [Theory, Trait("spec", "WK-72")]
    [InlineData("shallow")]
    [InlineData("full")]
    [InlineData("reference-clone")]
    public async Task Each_strategy_honours_branch_tag_commit_and_default(string strategy)
    {
        var first = _bench.Remote.Seed("rev-parse", "main").Trim();
        _bench.Remote.Seed("tag", "v1");
        _bench.Remote.Seed("push", "--quiet", "origin", "v1");
        var release = _bench.Remote.Push("release/1", 2);
        var main = _bench.Remote.PushMain(3);

        (await Provide("d", strategy, "")).BaseSha.ShouldBe(main);
        (await Provide("t", strategy, "v1")).BaseSha.ShouldBe(first);
        (await Provide("c", strategy, first)).BaseSha.ShouldBe(first);
        var tree = await Provide("b", strategy, "release/1");
        (tree.BaseSha, tree.BaseRef, tree.Branch, tree.RemoteBranchSha).ShouldBe((release, "release/1", "agent/b", ""));
        _bench.Remote.InTree(tree.Root, "rev-parse", "--abbrev-ref", "HEAD").Trim().ShouldBe("agent/b");
        _bench.Remote.InTree(tree.Root, "rev-list", "--count", "HEAD").Trim().ShouldBe(strategy == "shallow" ? "1" : "3");
        _bench.Remote.InTree(tree.Root, "config", "user.name").Trim().ShouldBe("Donmai Worker");
        File.Exists(Path.Combine(tree.Root, ".git", "objects", "info", "alternates")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("shallow")]
    [InlineData("full")]
    [InlineData("reference-clone")]
    public async Task A_repository_with_a_detached_head_is_taken_at_its_commit(string strategy)
    {
        _bench.Remote.Seed("checkout", "--quiet", "--detach");
        _bench.Remote.Seed("commit", "--quiet", "--allow-empty", "--message", "On no branch");
        var detached = _bench.Remote.Seed("rev-parse", "HEAD").Trim();
        var seed = _bench.Remote.Seed("rev-parse", "--show-toplevel").Trim();

        var tree = await Provide("x", strategy, "", seed);

        (tree.BaseSha, tree.Branch).ShouldBe((detached, "agent/x"));
        _bench.Remote.InTree(tree.Root, "rev-parse", "HEAD").Trim().ShouldBe(detached);
    }

    [Theory, Trait("spec", "WK-72"), Trait("spec", "WK-70")]
    [InlineData("no-such-branch", GitFailureClass.ReferenceNotFound)]
    [InlineData("0123456789012345678901234567890123456789", GitFailureClass.ReferenceNotFound)]
    [InlineData("HEAD~1", GitFailureClass.ReferenceNotFound)]
    public async Task A_base_that_does_not_exist_is_refused_once_and_nothing_is_left(string wanted, GitFailureClass failure)
    {
        (await Should.ThrowAsync<GitFailureException>(() => Provide("x", "shallow", wanted))).Failure.ShouldBe(failure);
        _retries.ShouldBeEmpty();
        Directory.EnumerateDirectories(_bench.Place.At("trees")).ShouldBeEmpty();
    }

    [Fact, Trait("spec", "WK-70")]
    public async Task An_unknown_repository_and_one_without_commits_are_refused_once()
    {
        (await Should.ThrowAsync<GitFailureException>(() => Provide("x", "shallow", "", $"file://{_bench.Place.At("nowhere.git")}"))).Failure.ShouldBe(GitFailureClass.NotFound);
        Shell.Run(_bench.Place.Root, _bench.Variables, "/usr/bin/git", "init", "--quiet", "--bare", "empty.git");
        var empty = await Should.ThrowAsync<GitFailureException>(() => Provide("x", "shallow", "", $"file://{_bench.Place.At("empty.git")}"));
        empty.Failure.ShouldBe(GitFailureClass.ReferenceNotFound);
        empty.Message.ShouldContain("no commits");
        _retries.ShouldBeEmpty();
    }

    [Fact, Trait("spec", "WK-70")]
    public async Task A_broken_network_is_tried_three_times_with_its_waits()
    {
        var network = await Should.ThrowAsync<GitFailureException>(() => Provide("x", "shallow", "", "ssh://127.0.0.1:9/x.git", FakeSsh("ssh: connect to host x port 22: Connection refused")));
        network.Failure.ShouldBe(GitFailureClass.Network);
        _retries.Count.ShouldBe(2);
        var waits = _clock.Waits.Where(static wait => wait >= TimeSpan.FromSeconds(4)).ToList();
        waits[0].TotalSeconds.ShouldBeInRange(4, 6);
        waits[1].TotalSeconds.ShouldBeInRange(12, 18);
    }

    [Fact, Trait("spec", "WK-70"), Trait("spec", "WK-79")]
    public async Task Refused_credentials_are_final_and_nobody_is_asked()
    {
        var refused = await Should.ThrowAsync<GitFailureException>(() => Provide("x", "shallow", "", "ssh://127.0.0.1:9/x.git", FakeSsh("git@x: Permission denied (publickey).")));
        refused.Failure.ShouldBe(GitFailureClass.Authentication);
        _retries.ShouldBeEmpty();
        File.ReadAllText(_bench.Place.At("ssh.argv")).ShouldContain("BatchMode=yes");
    }

    [Fact, Trait("spec", "WK-70")]
    public async Task The_wait_between_attempts_can_be_interrupted()
    {
        using var stop = new CancellationTokenSource();
        var provisioner = Provisioner(FakeSsh("Connection refused"), TimeProvider.System, new WorkerSettings { DiskFloor = 0 }, _ => stop.Cancel());
        await Should.ThrowAsync<OperationCanceledException>(() => provisioner.Provide(Request("x", "shallow", "", "ssh://127.0.0.1:9/x.git"), stop.Token));
    }

    [Theory, Trait("spec", "WK-73")]
    [InlineData("shallow")]
    [InlineData("full")]
    public async Task An_existing_work_branch_is_continued(string strategy)
    {
        _bench.Remote.PushMain(60);
        var sha = _bench.Remote.Push("agent/x", 2);
        _bench.Remote.PushMain(3);
        var tree = await Provide("x", strategy, "");
        tree.RemoteBranchSha.ShouldBe(sha);
        _bench.Remote.InTree(tree.Root, "rev-parse", "HEAD").Trim().ShouldBe(sha);
        _bench.Remote.InTree(tree.Root, "merge-base", tree.BaseSha, "HEAD").Trim().Length.ShouldBe(40);
    }

    [Theory, Trait("spec", "WK-74")]
    [InlineData("main", "")]
    [InlineData("master", "")]
    [InlineData("release/1", "release/1")]
    public async Task Protected_branches_are_never_the_work_branch(string branch, string wanted)
    {
        _bench.Remote.Push("release/1", 1);
        var provisioner = Provisioner();
        (await provisioner.Provide(Request("x", "shallow", wanted) with { Branch = branch }, CancellationToken.None)).Branch.ShouldBe("agent/x");
        provisioner.Warnings.ShouldHaveSingleItem().ShouldContain(branch);
    }

    [Theory, Trait("spec", "WK-75")]
    [InlineData("feature/x", "feature/x")]
    [InlineData("fix/bil 88", "fix/bil-88")]
    [InlineData("--what//now..", "what/now")]
    [InlineData("a~~^^b", "a-b")]
    [InlineData("/.hidden/x.lock", "hidden/x")]
    [InlineData("ä", "ä")]
    [InlineData("~^:", "agent/s")]
    [InlineData("", "agent/s")]
    [InlineData("HEAD", "agent/s")]
    public void Names_that_git_refuses_are_repaired_the_same_way_each_time(string wanted, string repaired)
    {
        GitBranchNames.Repair(wanted, "agent/s").ShouldBe(repaired);
        Shell.Run(_bench.Place.Root, _bench.Variables, "/usr/bin/git", "check-ref-format", "--branch", repaired);
        GitBranchNames.Repair(new string('x', 500), "agent/s").Length.ShouldBe(200);
    }

    [Fact, Trait("spec", "WK-38")]
    public async Task The_worker_s_own_files_are_never_committed()
    {
        var tree = await Provide("x", "shallow", "");
        File.WriteAllText(Path.Combine(tree.Root, ".agent", "state.json"), "{}");
        _bench.Remote.InTree(tree.Root, "add", "--all");
        _bench.Remote.InTree(tree.Root, "status", "--porcelain").ShouldBe("");
    }

    [Fact, Trait("spec", "WK-77")]
    public async Task A_tree_of_another_session_or_of_nobody_known_is_not_touched()
    {
        _bench.Place.Write("trees/x/precious.txt", "mine");
        _bench.Place.Write("trees/x-2/.agent/state.json", """{"sessionId":"other"}""");
        (await Provide("x", "shallow", "")).Root.ShouldBe(_bench.Place.At("trees", "x-3"));
        File.ReadAllText(_bench.Place.At("trees", "x", "precious.txt")).ShouldBe("mine");
    }

    [Fact, Trait("spec", "WK-37"), Trait("spec", "WK-77")]
    public async Task A_tree_of_another_issue_is_not_touched_and_an_empty_directory_is_used()
    {
        _bench.Place.Write("trees/x/.agent/state.json", """{"sessionId":"x","issueIdentifier":"BIL-1"}""");
        (await Provisioner().Provide(Request("x", "shallow", "") with { IssueIdentifier = "BIL-2" }, CancellationToken.None)).Root.ShouldEndWith("x-2");
        _bench.Place.Make("trees", "y");
        (await Provide("y", "shallow", "")).Root.ShouldBe(_bench.Place.At("trees", "y"));
    }

    [Fact]
    public async Task A_tree_of_the_same_session_that_is_no_repository_makes_way()
    {
        _bench.Place.Write("trees/x/.agent/state.json", """{"sessionId":"x"}""");
        _bench.Place.Write("trees/x/left.txt", "kept");
        var provisioner = Provisioner();
        (await provisioner.Provide(Request("x", "shallow", ""), CancellationToken.None)).Reused.ShouldBeFalse();
        provisioner.Warnings.ShouldHaveSingleItem();
        File.Exists(Path.Combine(Directory.GetDirectories(_bench.Place.At("trees"), "x.kept-*").Single(), "left.txt")).ShouldBeTrue();
    }

    [Fact, Trait("spec", "WK-77")]
    public async Task A_tree_of_the_same_session_is_used_again_only_when_it_is_what_is_wanted()
    {
        (await Provide("x", "shallow", "")).Reused.ShouldBeFalse();
        Attached("x");
        (await Provide("x", "shallow", "")).Reused.ShouldBeTrue();
        (await Provisioner().Provide(Request("x", "shallow", "") with { Branch = "other" }, CancellationToken.None)).Branch.ShouldBe("other");
        Attached("x", "other");
        (await Provisioner().Provide(Request("x", "shallow", "", _bench.Place.At("remote.git")) with { Branch = "other" }, CancellationToken.None)).Reused.ShouldBeFalse();
        Attached("x", "other");
        File.Delete(_bench.Place.At("trees", "x", ".git", "HEAD"));
        var provisioner = Provisioner();
        (await provisioner.Provide(Request("x", "shallow", "", _bench.Place.At("remote.git")) with { Branch = "other" }, CancellationToken.None)).Reused.ShouldBeFalse();
        provisioner.Warnings.ShouldHaveSingleItem();
        Directory.GetDirectories(_bench.Place.At("trees"), "x.kept-*").Length.ShouldBe(3);
    }

    [Fact, Trait("spec", "WK-70")]
    public async Task A_commit_that_cannot_be_fetched_for_the_network_s_sake_is_a_broken_network()
    {
        var commit = _bench.Remote.Seed("rev-parse", "main").Trim();
        _bench.Place.Script("bin/git", "#!/bin/sh\nif [ \"$1\" = fetch ]; then echo 'fatal: Could not resolve host: x' >&2; exit 128; fi\nexec /usr/bin/git \"$@\"\n");
        (await Should.ThrowAsync<GitFailureException>(() => Provide("x", "shallow", commit))).Failure.ShouldBe(GitFailureClass.Network);
        _retries.Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_a_killed_worker_left_unfinished_is_removed_by_the_next()
    {
        _bench.Place.Write($"trees/x.tmp-{Guid.NewGuid():N}/half", "");
        _bench.Place.Write("trees/x.tmp-mine/half", "");
        await Provide("x", "shallow", "");
        Directory.GetDirectories(_bench.Place.At("trees"), "x*").Order(StringComparer.Ordinal).ShouldBe([_bench.Place.At("trees", "x"), _bench.Place.At("trees", "x.tmp-mine")]);
    }

    [Fact]
    public async Task A_full_disk_is_refused_before_anything_is_made()
    {
        var provisioner = Provisioner(settings: new WorkerSettings { DiskFloor = long.MaxValue });
        (await Should.ThrowAsync<GitFailureException>(() => provisioner.Provide(Request("x", "shallow", ""), CancellationToken.None))).Failure.ShouldBe(GitFailureClass.DiskFull);
        Directory.Exists(_bench.Place.At("trees", "x")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("-oProxyCommand=x")]
    [InlineData("ext::sh -c evil")]
    [InlineData("http://plain.example/x")]
    [InlineData("ftp://x/y")]
    [InlineData("../relative")]
    [InlineData("")]
    public void Addresses_that_git_must_not_see_are_refused(string repository) =>
        Should.Throw<GitFailureException>(() => GitRepositoryAddress.ForClone(repository));

    [Theory]
    [InlineData("github.com/acme/billing", "https://github.com/acme/billing.git")]
    [InlineData("git@github.com:acme/billing.git", "git@github.com:acme/billing.git")]
    [InlineData("/srv/x.git", "/srv/x.git")]
    [InlineData("https://h/o/n", "https://h/o/n")]
    public void Addresses_for_clones(string repository, string address) => GitRepositoryAddress.ForClone(repository).ShouldBe(address);

    [Fact, Trait("spec", "WK-76")]
    public async Task Credentials_are_masked_and_not_in_the_tree()
    {
        var refused = await Should.ThrowAsync<GitFailureException>(() => Provide("x", "shallow", "", "ftp://user:secret@h/x"));
        refused.Message.ShouldNotContain("secret");
        GitFailures.Mask("fatal: could not read https://user:secret@h/x").ShouldBe("fatal: could not read https://***@h/x");
        var tree = await Provisioner().Provide(
            Request("y", "shallow", "") with { Checkout = new ProjectCheckout { Git = new ProjectGit { CredentialHelper = "/secret/helper" } } }, CancellationToken.None);
        File.ReadAllText(Path.Combine(tree.Root, ".git", "config")).ShouldNotContain("helper");
    }

    [Theory]
    [InlineData("fatal: unable to access 'https://h/': The requested URL returned error: 503", GitFailureClass.Network)]
    [InlineData("fatal: unable to access 'https://h/': Could not resolve host: h", GitFailureClass.Network)]
    [InlineData("error: RPC failed; curl 18", GitFailureClass.Network)]
    [InlineData("fatal: Authentication failed for 'https://h/'", GitFailureClass.Authentication)]
    [InlineData("The requested URL returned error: 403", GitFailureClass.Authentication)]
    [InlineData("remote: Repository not found.", GitFailureClass.NotFound)]
    [InlineData("fatal: write error: No space left on device", GitFailureClass.DiskFull)]
    [InlineData("fatal: couldn't find remote ref refs/heads/x", GitFailureClass.ReferenceNotFound)]
    [InlineData("something else", GitFailureClass.Other)]
    public void Classes_of_failure(string output, GitFailureClass failure) => GitFailures.Classify(output).ShouldBe(failure);

    [Fact, Trait("spec", "WK-78")]
    public async Task Two_sessions_share_a_mirror_and_a_damaged_one_is_made_anew()
    {
        var trees = await Task.WhenAll(Provide("a", "reference-clone", ""), Provide("b", "reference-clone", ""));
        trees[0].BaseSha.ShouldBe(trees[1].BaseSha);
        var mirror = Directory.GetDirectories(_bench.Place.At("trees", ".mirrors"), "*.git").Single();
        File.WriteAllText(Path.Combine(mirror, "HEAD"), "garbage");
        (await Provide("c", "reference-clone", "")).BaseSha.ShouldBe(trees[0].BaseSha);
        Directory.GetDirectories(_bench.Place.At("trees", ".mirrors"), "*.damaged-*").ShouldHaveSingleItem();
    }

    [Fact, Trait("spec", "WK-78")]
    public async Task A_mirror_that_is_held_for_too_long_is_done_without()
    {
        await Provide("a", "reference-clone", "");
        await using var held = new FileStream(Directory.GetFiles(_bench.Place.At("trees", ".mirrors"), "*.lock").Single(), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        var provisioner = Provisioner(clock: TimeProvider.System, settings: new WorkerSettings { DiskFloor = 0, MirrorPatience = TimeSpan.FromMilliseconds(250) });
        (await provisioner.Provide(Request("b", "reference-clone", ""), CancellationToken.None)).Branch.ShouldBe("agent/b");
    }

    [Fact, Trait("spec", "WK-80")]
    public async Task Removal_takes_read_only_trees_and_does_not_follow_links()
    {
        (await WorktreeRemoval.Remove(_bench.Place.At("nothing"), TimeProvider.System)).ShouldBeNull();
        _bench.Place.Write("outside/kept.txt", "x");
        _bench.Place.Write("tree/sub/file.txt", "x");
        Directory.CreateSymbolicLink(_bench.Place.At("tree", "link"), _bench.Place.At("outside"));
        File.SetUnixFileMode(_bench.Place.At("tree", "sub", "file.txt"), UnixFileMode.UserRead);
        File.SetUnixFileMode(_bench.Place.At("tree", "sub"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        (await WorktreeRemoval.Remove(_bench.Place.At("tree"), TimeProvider.System)).ShouldBeNull();
        Directory.Exists(_bench.Place.At("tree")).ShouldBeFalse();
        File.Exists(_bench.Place.At("outside", "kept.txt")).ShouldBeTrue();
    }

    [Fact]
    public async Task Submodules_are_there_only_where_the_project_wants_them()
    {
        _bench.Place.Make("inner");
        _bench.Remote.InTree(_bench.Place.At("inner"), "init", "--quiet", "-b", "main");
        _bench.Place.Write("inner/deep.txt", "deep\n");
        _bench.Remote.InTree(_bench.Place.At("inner"), "add", "--all");
        _bench.Remote.InTree(_bench.Place.At("inner"), "-c", "user.name=a", "-c", "user.email=a@b", "commit", "--quiet", "-m", "inner");
        _bench.Remote.Seed("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", $"file://{_bench.Place.At("inner")}", "lib");
        _bench.Remote.Seed("commit", "--quiet", "-m", "Add lib");
        _bench.Remote.Seed("push", "--quiet", "origin", "main");

        var plain = await Provide("x", "shallow", "");
        File.Exists(Path.Combine(plain.Root, "lib", "deep.txt")).ShouldBeFalse();
        var request = Request("y", "shallow", "");
        var whole = await Provisioner().Provide(request with { Checkout = request.Checkout with { Submodules = true } }, CancellationToken.None);
        File.ReadAllText(Path.Combine(whole.Root, "lib", "deep.txt")).ShouldBe("deep\n");
    }

    [Fact]
    public async Task A_directory_that_is_gone_is_not_taken_for_a_missing_git() =>
        (await Should.ThrowAsync<GitFailureException>(() => Git().Run(_bench.Place.At("gone"), ["status"], CancellationToken.None)))
            .Message.ShouldBe($"git: there is no directory '{_bench.Place.At("gone")}'");

    [Fact]
    public async Task Changes_are_counted_beside_what_git_cannot_add()
    {
        var tree = await Provide("x", "shallow", "");
        _bench.Place.Write("trees/x/new.txt", "1\n");
        _bench.Place.Write("trees/x/inner/file.txt", "1\n");
        _bench.Remote.InTree(Path.Combine(tree.Root, "inner"), "init", "--quiet");
        var changes = await new GitChanges(Git()).Since(tree.Root, tree.BaseSha, _bench.Place.At("index"), CancellationToken.None);
        changes.Files.ShouldBe([new FileChange { Path = "new.txt", Insertions = 1 }]);
    }

    [Fact]
    public async Task Changes_count_what_is_committed_changed_new_deleted_and_binary()
    {
        _bench.Place.Write("seed/gone.txt", "1\n2\n");
        _bench.Remote.Commit("old.txt", "a\nb\n", "more");
        _bench.Remote.Seed("push", "--quiet", "origin", "main");
        var tree = await Provide("x", "shallow", "");
        File.WriteAllText(Path.Combine(tree.Root, "committed.txt"), "1\n2\n3\n");
        _bench.Remote.InTree(tree.Root, "add", "--all");
        _bench.Remote.InTree(tree.Root, "commit", "--quiet", "-m", "work");
        File.WriteAllText(Path.Combine(tree.Root, "old.txt"), "a\nB\n");
        File.WriteAllText(Path.Combine(tree.Root, "new ü.txt"), "x\n");
        File.WriteAllBytes(Path.Combine(tree.Root, "bin.dat"), [0, 1, 2, 0]);
        File.Delete(Path.Combine(tree.Root, "gone.txt"));
        var changes = await new GitChanges(Git()).Since(tree.Root, tree.BaseSha, _bench.Place.At("scratch"), CancellationToken.None);
        (changes.Commits, changes.Uncommitted).ShouldBe((1, 4));
        changes.Files.OrderBy(static file => file.Path, StringComparer.Ordinal).ShouldBe(
        [
            new FileChange { Path = "bin.dat", Binary = true },
            new FileChange { Path = "committed.txt", Insertions = 3 },
            new FileChange { Path = "gone.txt", Deletions = 2 },
            new FileChange { Path = "new ü.txt", Insertions = 1 },
            new FileChange { Path = "old.txt", Insertions = 1, Deletions = 1 },
        ]);
        _bench.Remote.InTree(tree.Root, "diff", "--cached", "--name-only").ShouldBe("");
    }

    // What the session's journal writes down of a tree that was made.
    private void Attached(string session, string? branch = null) => new StateFile(ExistingWorktree.StatePath(_bench.Place.At("trees", session)), TimeProvider.System)
        .Update(state => state with { SessionId = session, Branch = branch ?? $"agent/{session}", BaseRef = "main", BaseSha = _bench.Remote.Seed("rev-parse", "main").Trim() });

    private Task<Worktree> Provide(string session, string strategy, string wanted, string? repository = null, Dictionary<string, string>? variables = null) =>
        Provisioner(variables).Provide(Request(session, strategy, wanted, repository), CancellationToken.None);

    private WorktreeRequest Request(string session, string strategy, string wanted, string? repository = null) => new()
    {
        SessionId = session,
        Repository = repository ?? _bench.Remote.Url,
        Ref = wanted,
        Checkout = new ProjectCheckout { CloneStrategy = strategy },
    };

    private WorktreeProvisioner Provisioner(
        Dictionary<string, string>? variables = null, TimeProvider? clock = null, WorkerSettings? settings = null, Action<string>? retrying = null)
    {
        settings ??= new WorkerSettings { DiskFloor = 0 };
        var mirrors = new MirrorStore(_bench.Place.At("trees", ".mirrors"), settings.MirrorPatience, TimeProvider.System, NullLogger.Instance);
        return new WorktreeProvisioner(_bench.Place.At("trees"), Git(variables), mirrors, settings, clock ?? _clock, new Random(1)) { Retrying = Told };

        Task Told(string reason)
        {
            (retrying ?? _retries.Add)(reason);
            return Task.CompletedTask;
        }
    }

    private GitProgram Git(Dictionary<string, string>? variables = null) =>
        GitProgram.Find(GitEnvironment.Compose(_bench.Variables, GitCredentials.OfUser, lfs: false).Concat(variables ?? []).GroupBy(static pair => pair.Key).ToDictionary(static group => group.Key, static group => group.Last().Value), TimeProvider.System);

    // An ssh that says something and fails; -G is how git asks which dialect it speaks.
    private Dictionary<string, string> FakeSsh(string says)
    {
        var script = _bench.Place.Script("ssh", $"#!/bin/sh\necho \"$@\" > '{_bench.Place.At("ssh.argv")}'\necho '{says}' >&2\nexit 255\n");
        return new Dictionary<string, string> { ["GIT_SSH_COMMAND"] = $"{script} -o BatchMode=yes", ["GIT_SSH_VARIANT"] = "ssh" };
    }
}
