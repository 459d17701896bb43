using Donmai.Core.Daemon;
using Donmai.Core.Workareas;
using Donmai.Workareas;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Donmai.Core.Tests.Workareas;

public sealed class Keeping_archives
{
    private static readonly DateTimeOffset Now = new(2026, 5, 20, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("always", "completed", false, true)]
    [InlineData("always", "failed", null, true)]
    [InlineData("on-change", "completed", false, false)]
    [InlineData("on-change", "failed", false, false)]
    [InlineData("on-change", "completed", true, true)]
    [InlineData("on-change", "failed", null, true)]
    [InlineData("on-failure", "completed", true, false)]
    [InlineData("on-failure", "failed", false, true)]
    [InlineData("on-failure", "terminated", null, true)]
    [InlineData("on-failure", "operator-cancelled", false, true)]
    [InlineData("never", "failed", true, false)]
    public void The_policy_says_which_sessions_are_archived(string policy, string disposition, bool? changed, bool kept) =>
        ArchivePolicy.Keeps(new ArchiveConfiguration { Policy = policy }, new WorkareaReturn { Disposition = disposition, Changed = changed }).ShouldBe(kept);

    [Fact]
    public async Task The_oldest_go_first_and_what_is_read_or_damaged_stays()
    {
        using var bed = new ArchiveBed { Archiving = new ArchiveConfiguration { MaxCount = 2 } };
        for (var age = 1; age <= 5; age++)
            Make(bed, $"wa-{age}", age);
        bed.MakeArchive("wa-broken", "{");
        using (bed.Use.Hold("wa-5"))
        {
            await Sweep(bed);
            (await Ids(bed)).ShouldBe(["wa-1", "wa-5", "wa-broken"]);
        }

        bed.Archiving = new ArchiveConfiguration { MaxCount = 1 };
        await Sweep(bed);

        (await Ids(bed)).ShouldBe(["wa-1", "wa-broken"]);
        Directory.GetFileSystemEntries(bed.ArchiveRoot).Length.ShouldBe(2, "nothing is left of the others");
    }

    [Fact]
    public async Task An_archive_that_is_too_old_goes()
    {
        using var bed = new ArchiveBed { Archiving = new ArchiveConfiguration { MaxCount = 0, MaxAgeDays = 3 } };
        for (var age = 1; age <= 5; age++)
            Make(bed, $"wa-{age}", age);

        await Sweep(bed);

        (await Ids(bed)).ShouldBe(["wa-1", "wa-2", "wa-3"]);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    [InlineData(9, 1)]
    public async Task Beyond_the_disk_limit_the_oldest_go_by_what_they_really_take(int maxArchiveGb, int poolMaxDiskGb)
    {
        const long Claimed = 9_000_000_000_000_000_000;
        using var bed = new ArchiveBed { Archiving = new ArchiveConfiguration { MaxGb = maxArchiveGb }, PoolMaxDiskGb = poolMaxDiskGb };
        for (var age = 1; age <= 3; age++)
        {
            Make(bed, $"wa-{age}", age, size: Claimed);
            using var file = File.OpenHandle(Path.Join(bed.ArchiveRoot, $"wa-{age}", "tree", "sparse"), FileMode.Create, FileAccess.Write);
            RandomAccess.SetLength(file, 300 * 1024 * 1024);
        }

        await Sweep(bed);
        (await Ids(bed)).ShouldBe(["wa-1", "wa-2", "wa-3"], "a lie removes nothing");
        Make(bed, "wa-4", 4, size: Claimed);
        using (var file = File.OpenHandle(Path.Join(bed.ArchiveRoot, "wa-4", "tree", "sparse"), FileMode.Create, FileAccess.Write))
            RandomAccess.SetLength(file, 200 * 1024 * 1024);
        await Sweep(bed);

        (await Ids(bed)).ShouldBe(["wa-1", "wa-2", "wa-3"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData(",\"sizeBytes\":-9000000000")]
    public async Task The_disk_limit_holds_for_archives_that_do_not_say_their_size(string size)
    {
        using var bed = new ArchiveBed { Archiving = new ArchiveConfiguration { MaxGb = 1 } };
        for (var age = 1; age <= 3; age++)
        {
            bed.MakeArchive($"wa-{age}", $$"""{"createdAt":"{{Now.AddDays(-age):yyyy-MM-ddTHH:mm:ssZ}}"{{size}}}""");
            using var file = File.OpenHandle(Path.Join(bed.ArchiveRoot, $"wa-{age}", "tree", "sparse"), FileMode.Create, FileAccess.Write);
            RandomAccess.SetLength(file, 400 * 1024 * 1024);
        }

        await Sweep(bed);

        (await Ids(bed)).ShouldBe(["wa-1", "wa-2"]);
    }

    [Fact]
    public async Task One_that_is_read_stays_beyond_every_limit_and_goes_afterwards()
    {
        using var bed = new ArchiveBed { Archiving = new ArchiveConfiguration { MaxCount = 1, MaxAgeDays = 1 } };
        Make(bed, "wa-2", 2);
        Make(bed, "wa-3", 3);
        using (bed.Use.Hold("wa-2"))
        using (bed.Use.Hold("wa-3"))
            await Sweep(bed);
        (await Ids(bed)).ShouldBe(["wa-2", "wa-3"]);

        await Sweep(bed);

        (await Ids(bed)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_removal_is_told_with_its_reason()
    {
        using var bed = new ArchiveBed { Archiving = new ArchiveConfiguration { MaxCount = 2, MaxAgeDays = 2, MaxGb = 1 } };
        for (var age = 1; age <= 4; age++)
            Make(bed, $"wa-{age}", age, size: 2_000_000_000);
        using (var file = File.OpenHandle(Path.Join(bed.ArchiveRoot, "wa-2", "tree", "sparse"), FileMode.Create, FileAccess.Write))
            RandomAccess.SetLength(file, 1536L * 1024 * 1024);
        var log = new ReasonLog();
        ArchiveRetention.Beyond(bed.Current, await bed.Archives.List(), Now).ShouldBe(2, "by number and age, before anything is removed");

        await Sweep(bed, log);

        log.Lines.ShouldBe(
        [
            "Archive wa-4 is removed: it is the oldest of 4, and workarea.maxArchives is 2",
            "Archive wa-3 is removed: it is the oldest of 3, and workarea.maxArchives is 2",
            "Archive wa-2 is removed: it is the oldest, and all take 1.5 of the 1 GiB of workarea.maxArchiveGb or capacity.poolMaxDiskGb",
        ]);
        bed.Archiving = new ArchiveConfiguration { MaxAgeDays = 2 };
        Make(bed, "wa-9", 9);
        await Sweep(bed, log);
        log.Lines[^1].ShouldBe("Archive wa-9 is removed: it is from 2026-05-11, and workarea.maxArchiveAgeDays is 2");
        (await Ids(bed)).ShouldBe(["wa-1"]);
    }

    [Fact]
    public async Task Without_limits_everything_stays()
    {
        using var bed = new ArchiveBed { Archiving = new ArchiveConfiguration { MaxCount = 0 } };
        for (var age = 1; age <= 60; age++)
            Make(bed, $"wa-{age}", age * 100);

        await Sweep(bed);

        (await Ids(bed)).Count.ShouldBe(60);
    }

    private static void Make(ArchiveBed bed, string id, int days, long size = 1) =>
        bed.MakeArchive(id, $$"""{"createdAt":"{{Now.AddDays(-days):yyyy-MM-ddTHH:mm:ssZ}}","sizeBytes":{{size}}}""");

    private static Task Sweep(ArchiveBed bed, ILogger<ArchiveRetention>? log = null) => new ArchiveRetention(
        bed.Archives, bed.Trees, bed, new FixedClock(Now), log ?? NullLogger<ArchiveRetention>.Instance).Sweep(CancellationToken.None);

    private static async Task<List<string>> Ids(ArchiveBed bed) => [.. (await bed.Archives.List()).Select(static row => row.Id)];

    private sealed class ReasonLog : ILogger<ArchiveRetention>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
