using Donmai.Core.Daemon;
using Donmai.Core.Git;
using Donmai.Core.Workareas.Pool;
using Donmai.Sessions;
using Donmai.Workareas;
using Donmai.Worker.Sessions;
using Donmai.Worker.Workareas;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Donmai.Worker.Tests.Workareas;

/// <summary>workareas.md §8.3: a session's tree is made from a member of the pool.</summary>
public sealed class Trees_from_the_pool : IDisposable
{
    private readonly WorkerBench _bench = new();
    private readonly List<string> _warnings = [];

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("shallow")]
    [InlineData("full")]
    [InlineData("reference-clone")]
    public async Task A_tree_is_what_a_clone_would_be_and_stands_alone(string strategy)
    {
        _bench.Remote.Push("release/1", 2);
        _bench.Remote.Seed("tag", "v0");
        _bench.Remote.Seed("push", "--quiet", "origin", "v0");
        var seed = await Seed(strategy);
        _bench.Remote.Seed("push", "--quiet", "--delete", "origin", "v0", "release/1");
        _bench.Remote.Seed("tag", "v1");
        var main = _bench.Remote.PushMain(2);
        _bench.Remote.Seed("push", "--quiet", "origin", "v1");

        var cold = await Provide("cold", strategy, "");
        var warm = await Provide("warm", strategy, "", seed);

        _warnings.ShouldBeEmpty();
        (warm.BaseSha, warm.BaseRef, warm.Branch, warm.DefaultBranch).ShouldBe((main, "main", "agent/warm", "main"));
        foreach (var question in new[]
        {
            new[] { "rev-list", "--count", "HEAD" }, ["status", "--porcelain"], ["ls-files", "--stage"],
            ["for-each-ref", "--format=%(refname) %(objectname)", "refs/remotes", "refs/tags", "refs/heads/main"], ["rev-parse", "--is-shallow-repository"],
        })
            _bench.Remote.InTree(warm.Root, question).ShouldBe(_bench.Remote.InTree(cold.Root, question), string.Join(' ', question));
        Configuration(warm).ShouldBe(Configuration(cold));
        File.Exists(Path.Combine(warm.Root, ".git", "objects", "info", "alternates")).ShouldBeFalse();
        Directory.Delete(seed, recursive: true);
        _bench.Remote.InTree(warm.Root, "fsck", "--connectivity-only");
        File.ReadAllText(Path.Combine(warm.Root, "readme.md")).ShouldBe("# Seed\n");
    }

    [Theory]
    [InlineData("shallow")]
    [InlineData("full")]
    public async Task Branches_tags_commits_and_work_that_is_continued_are_found(string strategy)
    {
        var seed = await Seed(strategy);
        var first = _bench.Remote.Seed("rev-parse", "main").Trim();
        _bench.Remote.Seed("tag", "v1");
        _bench.Remote.Seed("push", "--quiet", "origin", "v1");
        var release = _bench.Remote.Push("release/1", 2);
        var work = _bench.Remote.Push("agent/continued", 3);
        _bench.Remote.PushMain(3);

        (await Provide("t", strategy, "v1", seed)).BaseSha.ShouldBe(first);
        (await Provide("c", strategy, first, seed)).BaseSha.ShouldBe(first);
        (await Provide("b", strategy, "release/1", seed)).BaseSha.ShouldBe(release);
        var continued = await Provide("continued", strategy, "", seed);
        (continued.RemoteBranchSha, _bench.Remote.InTree(continued.Root, "rev-parse", "HEAD").Trim()).ShouldBe((work, work));
        _bench.Remote.InTree(continued.Root, "merge-base", continued.BaseSha, "HEAD").Trim().ShouldBe(first);
        (await Should.ThrowAsync<GitFailureException>(() => Provide("n", strategy, "no-such", seed))).Failure.ShouldBe(GitFailureClass.ReferenceNotFound);
        _warnings.ShouldBeEmpty();
        File.Exists(Path.Combine(seed, SeedFiles.Damaged)).ShouldBeFalse("what is nowhere is no fault of the pool");
    }

    [Fact]
    public async Task What_a_member_has_is_not_fetched_again()
    {
        _bench.Remote.Commit("large.txt", new string('x', 100_000), "Large");
        _bench.Remote.Seed("push", "--quiet", "origin", "main");
        var seed = await Seed("shallow");
        var main = _bench.Remote.PushMain(1);
        // The remote loses the content: whoever asks for it gets nothing.
        var lost = _bench.Remote.Seed("rev-parse", "main:large.txt").Trim();
        File.Delete(_bench.Place.At("remote.git", "objects", lost[..2], lost[2..]));

        var warm = await Provide("warm", "shallow", "", seed);

        warm.BaseSha.ShouldBe(main);
        _warnings.ShouldBeEmpty();
        new FileInfo(Path.Combine(warm.Root, "large.txt")).Length.ShouldBe(100_000);
        await Should.ThrowAsync<GitFailureException>(() => Provide("cold", "shallow", ""));
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("cut off")]
    [InlineData("without objects")]
    [InlineData("garbage for names")]
    [InlineData("unreadable")]
    public async Task A_member_that_is_damaged_is_denounced_and_the_repository_cloned(string damage)
    {
        _bench.Remote.Commit("large.txt", string.Join('\n', Enumerable.Range(0, 20_000)), "Large");
        _bench.Remote.Seed("push", "--quiet", "origin", "main");
        var seed = await Seed("full");
        var objects = Path.Combine(seed, ".git", "objects");
        var pack = Directory.GetFiles(Path.Combine(objects, "pack"), "*.pack").Single();
        switch (damage)
        {
            case "gone":
                Directory.Delete(seed, recursive: true);
                break;
            case "cut off":
                File.SetUnixFileMode(pack, UnixFileMode.UserRead | UnixFileMode.UserWrite);
                await using (var file = new FileStream(pack, FileMode.Open))
                    file.SetLength(file.Length / 2);
                break;
            case "without objects":
                Directory.Delete(objects, recursive: true);
                break;
            case "garbage for names":
                await File.WriteAllTextAsync(Path.Combine(seed, ".git", "packed-refs"), "not a name\n");
                break;
            default:
                await File.WriteAllTextAsync(Path.Combine(seed, ".git", "shallow"), "0123\n");
                break;
        }

        var tree = await Provide("x", "full", "", seed);

        tree.BaseSha.ShouldBe(_bench.Remote.Seed("rev-parse", "main").Trim());
        _bench.Remote.InTree(tree.Root, "fsck", "--full");
        _warnings.ShouldHaveSingleItem().ShouldStartWith("the work tree could not be made from the pool and was cloned: ");
        File.Exists(Path.Combine(seed, SeedFiles.Damaged)).ShouldBe(damage != "gone");
        Directory.EnumerateDirectories(_bench.Place.At("trees"), "*.tmp-*").ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_of_a_member_s_configuration_gets_into_a_tree()
    {
        var seed = await Seed("shallow");
        await File.AppendAllTextAsync(Path.Combine(seed, ".git", "config"), "[core]\n\tfsmonitor = /bin/false\n[remote \"origin\"]\n\turl = file:///elsewhere\n");
        Directory.CreateDirectory(Path.Combine(seed, ".git", "hooks"));
        await File.WriteAllTextAsync(Path.Combine(seed, ".git", "hooks", "post-checkout"), "#!/bin/sh\nexit 1\n");
        await File.WriteAllTextAsync(Path.Combine(seed, ".git", "objects", "info", "alternates"), "/elsewhere\n");

        var tree = await Provide("x", "shallow", "", seed);

        _bench.Remote.InTree(tree.Root, "config", "--get-all", "remote.origin.url").Trim().ShouldBe(_bench.Remote.Url);
        _bench.Remote.InTree(tree.Root, "config", "--local", "--list").ShouldNotContain("fsmonitor");
        File.Exists(Path.Combine(tree.Root, ".git", "hooks", "post-checkout")).ShouldBeFalse();
        File.Exists(Path.Combine(tree.Root, ".git", "objects", "info", "alternates")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_worker_takes_the_member_that_its_daemon_names()
    {
        var seed = await Seed("shallow");
        _bench.Detail = _bench.Detail with { SeedPath = seed };
        _bench.Stub("succeed-with-pr");

        (await _bench.Run()).ShouldBe(0);

        Directory.GetFiles(Path.Combine(_bench.Tree, ".git", "objects", "pack"), "*.pack").Select(Path.GetFileName)
            .ShouldContain(Path.GetFileName(Directory.GetFiles(Path.Combine(seed, ".git", "objects", "pack"), "*.pack").Single()));
    }

    private List<string> Configuration(Worktree tree) =>
        [.. _bench.Remote.InTree(tree.Root, "config", "--local", "--list").Split('\n').Order(StringComparer.Ordinal)];

    private async Task<string> Seed(string strategy)
    {
        var state = new StateDirectory(_bench.Place.At("state"));
        var news = new Told();
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(state)
            .AddSingleton<IDaemonConfiguration>(new ConfigurationInForce(new DaemonConfiguration { MachineId = "m", ArchiveRoot = "/nowhere", MinFreeDiskMb = 0 }))
            .AddSingleton(new HostEnvironment(_bench.Variables))
            .AddSingleton<ISeedNews>(news)
            .AddSingleton<DaemonMeter>()
            .AddWorkareaPool()
            .BuildServiceProvider();
        services.GetRequiredService<ISeedWorkshop>().Begin(new SeedTask
        {
            Machine = "m",
            MemberId = "local:x:1",
            Number = 1,
            Work = SeedWork.Make,
            Repository = "x",
            CloneSource = _bench.Remote.Url,
            Checkout = new ProjectCheckout { CloneStrategy = strategy },
        });
        (await news.Report.Task.WaitAsync(TimeSpan.FromSeconds(30))).Failure.ShouldBeNull();
        return new PoolPlaces(state).Of(1);
    }

    private async Task<Worktree> Provide(string session, string strategy, string wanted, string seed = "")
    {
        var settings = new WorkerSettings { DiskFloor = 0, WorktreeWaits = [TimeSpan.Zero, TimeSpan.Zero] };
        var mirrors = new MirrorStore(_bench.Place.At("trees", ".mirrors"), settings.MirrorPatience, TimeProvider.System, NullLogger.Instance);
        var git = GitProgram.Find(GitEnvironment.Compose(_bench.Variables, GitCredentials.OfUser, lfs: false), TimeProvider.System);
        var provisioner = new WorktreeProvisioner(_bench.Place.At("trees"), git, mirrors, settings, TimeProvider.System, new Random(1));
        try
        {
            return await provisioner.Provide(
                new WorktreeRequest
                {
                    SessionId = session,
                    Repository = _bench.Remote.Url,
                    Ref = wanted,
                    Checkout = new ProjectCheckout { CloneStrategy = strategy },
                    SeedPath = seed,
                },
                CancellationToken.None);
        }
        finally
        {
            _warnings.AddRange(provisioner.Warnings);
        }
    }

    private sealed class Told : ISeedNews
    {
        public TaskCompletionSource<SeedReport> Report { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Tell(string machine, SeedReport report)
        {
            Report.TrySetResult(report);
            return Task.CompletedTask;
        }
    }
}
