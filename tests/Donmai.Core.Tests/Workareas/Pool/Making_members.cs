using Donmai.Core.Workareas.Pool;
using Donmai.Workareas;

namespace Donmai.Core.Tests.Workareas.Pool;

public sealed class Making_members
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    [Theory]
    [InlineData(null, "1")]
    [InlineData("shallow", "1")]
    [InlineData("full", "2")]
    [InlineData("reference-clone", "2")]
    public async Task A_member_is_a_clone_with_as_much_history_as_the_project_s_clones(string? strategy, string commits)
    {
        await using var bed = new WorkshopBed();
        var newest = bed.Push("go.mod", "module x\n\ngo 1.23.4\n");

        var report = await bed.Do(bed.Task(1, SeedWork.Make, strategy: strategy));

        report.Failure.ShouldBeNull();
        var finding = report.Finding.ShouldNotBeNull();
        finding.Commit.ShouldBe(newest);
        ToolchainFiles.Key(finding.Toolchain).ShouldBe("go-1.23.4");
        finding.SizeBytes.ShouldBeGreaterThan(0);
        var place = bed.At("state", "pool", "1");
        Directory.EnumerateFileSystemEntries(place).Select(Path.GetFileName).ShouldBe([".git"], "nothing is checked out");
        bed.Git(place, "rev-list", "--count", "origin/main").Trim().ShouldBe(commits);
        bed.Git(place, "fsck", "--full").ShouldBeEmpty();
        File.GetUnixFileMode(place).ShouldBe(OwnerOnly);
        File.GetUnixFileMode(bed.At("state", "pool")).ShouldBe(OwnerOnly);
        bed.Machines.ShouldBe(["m"]);
    }

    [Fact]
    public async Task The_checksum_changes_with_lock_files_and_what_is_declared_and_with_nothing_else()
    {
        await using var bed = new WorkshopBed();
        bed.Configuration.Replace(bed.Configuration.Current with { Pool = new() { CanonicalFiles = ["schema.sql"] } });
        var first = await Checksum(SeedWork.Make);
        bed.Push("src/a.txt", "1\n");
        (await Checksum(SeedWork.Check)).ShouldBe(first);
        bed.Push("web/package-lock.json", "{}\n");
        var locked = await Checksum(SeedWork.Check);
        locked.ShouldNotBe(first);
        bed.Push("db/schema.sql", "create table a;\n");
        var declared = await Checksum(SeedWork.Check);
        declared.ShouldNotBe(locked);
        bed.Push("src/b.txt", "2\n");
        (await Checksum(SeedWork.Check)).ShouldBe(declared);
        declared.ShouldMatch("^[0-9a-f]{64}$");

        async Task<string> Checksum(SeedWork work) => (await bed.Do(bed.Task(1, work))).Finding!.CleanStateChecksum;
    }

    [Fact]
    public async Task A_remote_that_is_away_leaves_a_member_as_it_was_and_damage_is_told()
    {
        await using var bed = new WorkshopBed();
        await bed.Do(bed.Task(1, SeedWork.Make));
        Directory.Move(bed.At("remote.git"), bed.At("away.git"));
        var away = await bed.Do(bed.Task(1, SeedWork.Check));
        (away.Failure is not null, away.Damaged).ShouldBe((true, false));
        (await bed.Workshop.IsDamaged(1)).ShouldBeFalse();
        Directory.Move(bed.At("away.git"), bed.At("remote.git"));

        await File.WriteAllBytesAsync(bed.At("state", "pool", "1", SeedFiles.Damaged), []);

        (await bed.Workshop.IsDamaged(1)).ShouldBeTrue();
        (await bed.Do(bed.Task(1, SeedWork.Check))).Damaged.ShouldBeTrue();
        (await bed.Workshop.IsDamaged(7)).ShouldBeTrue("it is not there");
    }

    [Fact]
    public async Task A_member_is_made_anew_in_its_place_and_removed()
    {
        await using var bed = new WorkshopBed();
        await bed.Do(bed.Task(1, SeedWork.Make));
        var newest = bed.Push("b.txt", "b\n");

        (await bed.Do(bed.Task(1, SeedWork.Make))).Finding!.Commit.ShouldBe(newest);
        (await bed.Do(bed.Task(1, SeedWork.Remove))).Failure.ShouldBeNull();

        Directory.EnumerateFileSystemEntries(bed.At("state", "pool")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("file:///nowhere/at/all.git")]
    [InlineData("ext::sh -c touch% /tmp/x")]
    [InlineData("-oProxyCommand=x")]
    public async Task What_cannot_be_cloned_is_said_and_leaves_nothing(string url)
    {
        await using var bed = new WorkshopBed();

        (await bed.Do(bed.Task(1, SeedWork.Make, url))).Failure.ShouldNotBeNullOrEmpty();

        (Directory.Exists(bed.At("state", "pool")) ? Directory.GetFileSystemEntries(bed.At("state", "pool")) : []).ShouldBeEmpty();
    }

    [Fact]
    public async Task Work_on_one_repository_is_done_in_turn_and_on_several_at_the_same_time()
    {
        await using var bed = new WorkshopBed();
        bed.Git(bed.Root, "clone", "--quiet", "--bare", bed.At("remote.git"), bed.At("other.git"));
        // Each fetch says that it has begun, and waits until it may go on.
        bed.BeforeEachFetch($"mkdir -p '{bed.At("begun")}'; : > '{bed.At("begun")}'/$$; while [ ! -e '{bed.At("go")}' ]; do sleep 0.02; done");

        bed.Workshop.Begin(bed.Task(1, SeedWork.Make));
        bed.Workshop.Begin(bed.Task(2, SeedWork.Make));
        bed.Workshop.Begin(bed.Task(3, SeedWork.Make, $"file://{bed.At("other.git")}"));
        bed.Workshop.Begin(bed.Task(3, SeedWork.Remove)); // one that is at work is left alone

        await Begun(bed, 2);
        bed.Workshop.IsAtWork("local:x:2").ShouldBeTrue();
        await File.WriteAllTextAsync(bed.At("go"), "");
        var reports = new[] { await bed.Next(), await bed.Next(), await bed.Next() };
        reports.ShouldAllBe(static report => report.Failure == null && report.Work == SeedWork.Make);
        await Begun(bed, 3);
    }

    [Fact]
    public async Task A_member_is_at_work_until_its_news_are_heard_and_what_follows_from_them_is_begun()
    {
        await using var bed = new WorkshopBed();
        var wasAtWork = false;
        bed.Hear = report =>
        {
            if (report.Work is not SeedWork.Make)
                return;
            wasAtWork = bed.Workshop.IsAtWork(report.MemberId);
            bed.Workshop.Begin(bed.Task(1, SeedWork.Remove));
        };

        bed.Workshop.Begin(bed.Task(1, SeedWork.Make));
        var told = new[] { await bed.Next(), await bed.Next() };

        told.Select(static report => report.Work).Order().ShouldBe([SeedWork.Make, SeedWork.Remove]);
        wasAtWork.ShouldBeTrue("nobody begins it a second time meanwhile");
        Directory.Exists(bed.At("state", "pool", "1")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_daemon_that_ends_in_the_middle_leaves_nothing_that_the_next_does_not_remove()
    {
        await using var bed = new WorkshopBed();
        await bed.Do(bed.Task(1, SeedWork.Make));
        bed.BeforeEachFetch($"mkdir -p '{bed.At("begun")}'; : > '{bed.At("begun")}'/$$; sleep 300");
        bed.Workshop.Begin(bed.Task(2, SeedWork.Make));
        await Begun(bed, 1);
        await bed.Restart();
        var pool = bed.At("state", "pool");
        Directory.EnumerateFileSystemEntries(pool).Select(Path.GetFileName).ShouldBe(["1"], "what was given up took its directory with it");

        Directory.CreateDirectory(Path.Combine(pool, "3.tmp-0f", ".git")); // a kill leaves such
        Directory.CreateDirectory(Path.Combine(pool, "4"));
        Directory.CreateDirectory(Path.Combine(pool, ".trash-1"));
        File.CreateSymbolicLink(Path.Combine(pool, "5"), bed.At("source"));
        await bed.Workshop.Sweep(new HashSet<int> { 1 });

        Directory.EnumerateFileSystemEntries(pool).Select(Path.GetFileName).ShouldBe(["1"]);
        File.Exists(bed.At("source", "readme.md")).ShouldBeTrue();
    }

    private static async Task Begun(WorkshopBed bed, int count)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!Directory.Exists(bed.At("begun")) || Directory.GetFiles(bed.At("begun")).Length < count)
            await Task.Delay(10, deadline.Token);
        Directory.GetFiles(bed.At("begun")).Length.ShouldBe(count);
    }
}
