using Donmai.Sessions;
using Donmai.Workareas;

namespace Donmai.EndToEnd.Tests.Sessions;

/// <summary>workareas.md §8 through the built program, with a bare remote.</summary>
public sealed class Sessions_from_the_pool : IDisposable
{
    private readonly Installation _installation = new();
    private readonly GitRepository _source;

    public Sessions_from_the_pool()
    {
        _ = new FakeClaude(_installation);
        _source = GitRepository.Create(Path.Combine(_installation.Directory, "source"), files: 30);
        GitRepository.Git(_installation.Directory, "clone", "--quiet", "--bare", _source.Path, "shop.git");
        _source.Git("remote", "add", "origin", Remote);
        _installation.Configure(4, ("shop", $"file://{Remote}"));
    }

    private string Remote => Path.Combine(_installation.Directory, "shop.git");

    public void Dispose() => _installation.Dispose();

    [Fact, Trait("spec", "WA-29"), Trait("spec", "WA-30")]
    public async Task The_first_is_cloned_the_next_made_from_the_pool_also_after_a_kill_and_members_go_when_asked()
    {
        await using (var daemon = await RunningDaemon.Start(_installation))
        {
            (await Session(daemon, "cold")).AcquirePath.ShouldBe(AcquirePath.PoolFresh);
            await Ready(daemon);
            var warm = await Session(daemon, "warm");
            (warm.AcquirePath, warm.Seed!.MemberId, warm.State).ShouldBe((AcquirePath.PoolWarm, "local:shop:1", SessionState.Completed));
            (warm.Result!.Warnings ?? []).ShouldNotContain(static warning => warning.Contains("pool", StringComparison.Ordinal));
            (await daemon.Http.GetStringAsync("/api/daemon/doctor")).ShouldContain("; the pool takes ");
            (await daemon.Http.GetStringAsync("/api/daemon/stats?pool=true")).ShouldContain("\"id\":\"local:shop:1\"");
            await daemon.Program.KillHard();
        }

        Directory.CreateDirectory(Path.Combine(_installation.State, "pool", "2.tmp-0"));
        await using var next = await RunningDaemon.Start(_installation);
        await RunningDaemon.Until(() => Task.FromResult(!Directory.Exists(Path.Combine(_installation.State, "pool", "2.tmp-0"))), "the half-made member to go");
        var member = (await next.Get<PoolStats>("/api/daemon/pool/stats")).Members.ShouldHaveSingleItem();
        (member.Status, member.LastAcquiredAt is not null, member.DiskUsageMb).ShouldBe(("ready", true, 1));
        var again = await Session(next, "again");
        again.AcquirePath.ShouldBe(AcquirePath.PoolWarm);

        await RunningDaemon.Until(async () => (await _installation.Run("pool", "evict", "--repo", $"file://{Remote}", "--older-than", "1s", "--daemon-url", next.Address.ToString())).Output
            .StartsWith("1 pool member", StringComparison.Ordinal), "the member to be old enough");
        await RunningDaemon.Until(async () => (await next.Get<PoolStats>("/api/daemon/pool/stats")).TotalMembers == 0, "the member to be deleted");
        Directory.EnumerateFileSystemEntries(Path.Combine(_installation.State, "pool")).ShouldBeEmpty();
        // The pool is gone: what was made from it stands alone.
        GitRepository.Git(again.ArchivePath!, "fsck", "--full");
        GitRepository.Git(again.ArchivePath!, "config", "remote.origin.url").Trim().ShouldBe(Remote);
    }

    [Fact]
    public async Task A_member_that_was_damaged_is_removed_and_its_session_cloned()
    {
        await using var daemon = await RunningDaemon.Start(_installation);
        await Session(daemon, "cold");
        await Ready(daemon);
        Directory.Delete(Path.Combine(_installation.State, "pool", "1", ".git", "objects"), recursive: true);

        var session = await Session(daemon, "unlucky");

        session.Result!.Warnings!.ShouldContain(static warning => warning.StartsWith("the work tree could not be made from the pool and was cloned", StringComparison.Ordinal));
        await RunningDaemon.Until(async () => (await daemon.Get<PoolStats>("/api/daemon/pool/stats")).TotalMembers == 0, "the damaged member to go");
    }

    [Fact, Trait("spec", "WA-32")]
    public async Task A_limit_that_is_set_removes_the_member_that_was_not_used_for_the_longest_time()
    {
        GitRepository.Git(_installation.Directory, "clone", "--quiet", "--bare", _source.Path, "blog.git");
        _installation.Configure(4, ("shop", $"file://{Remote}"), ("blog", $"file://{Path.Combine(_installation.Directory, "blog.git")}"));
        // What is fetched for the pool comes with 700 MiB of nothing.
        _installation.Script("git", "case \"$PWD $*\" in */pool/*\" fetch \"*) truncate -s 700M .git/ballast ;; esac\nexec /usr/bin/git \"$@\"\n");
        await using var daemon = await RunningDaemon.Start(_installation);
        await Session(daemon, "first");
        await Ready(daemon);
        await Session(daemon, "second", "blog");
        await Ready(daemon, 2);

        await Limit(daemon, 2);
        await Limit(daemon, 1);
        await RunningDaemon.Until(async () => (await daemon.Get<PoolStats>("/api/daemon/pool/stats")).TotalMembers == 1, "a member to go");

        (await daemon.Get<PoolStats>("/api/daemon/pool/stats")).Members.Single().Id.ShouldBe("local:blog:2");
        Directory.EnumerateFileSystemEntries(Path.Combine(_installation.State, "pool")).Select(Path.GetFileName).ShouldBe(["2"]);
        await Limit(daemon, 0);
        (await Session(daemon, "third", "blog")).AcquirePath.ShouldBe(AcquirePath.PoolWarm);
    }

    private static async Task Limit(RunningDaemon daemon, int gibibytes)
    {
        var (status, body) = await daemon.Post("/api/daemon/capacity", $$"""{"key":"capacity.poolMaxDiskGb","value":"{{gibibytes}}"}""");
        ((int)status).ShouldBe(200, body);
    }

    private static async Task Ready(RunningDaemon daemon, int members = 1) => await RunningDaemon.Until(
        async () => (await daemon.Get<PoolStats>("/api/daemon/pool/stats")).ReadyMembers == members, "a member to be ready");

    private static async Task<SessionInspection> Session(RunningDaemon daemon, string id, string project = "shop")
    {
        var (status, body) = await daemon.Submit(new SessionSpec { SessionId = id, Repository = project, PromptContext = "Edit two files, please." });
        ((int)status).ShouldBe(202, body);
        return await daemon.Ended(id);
    }
}
