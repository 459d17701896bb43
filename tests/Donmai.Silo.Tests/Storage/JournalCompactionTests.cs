using System.Globalization;
using Donmai.Silo.Storage;
using static Donmai.Silo.Tests.Storage.JournalDirectory;

namespace Donmai.Silo.Tests.Storage;

public sealed class JournalCompactionTests : IDisposable
{
    private readonly JournalDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Writers_and_readers_go_on_while_snapshots_keep_the_files_small()
    {
        const int writers = 16;
        const int writes = 300;
        var text = new string('x', 500);
        var logger = new RecordingLogger();
        using (var journal = _directory.Open(logger, segmentLength: 32 * 1024, garbageLength: 64 * 1024))
        {
            await Task.WhenAll(Enumerable.Range(0, writers).Select(async writer =>
            {
                var version = 0L;
                for (var number = 0; number < writes; number++)
                {
                    version = await journal.Write(Key(writer), string.Create(CultureInfo.InvariantCulture, $"{writer}:{number}:{text}"), version);
                    (await journal.Text(Key(writer))).ShouldNotBeNull().ShouldStartWith(string.Create(CultureInfo.InvariantCulture, $"{writer}:{number}:"));
                }
            }));
        }

        logger.Warnings.ShouldBeEmpty();
        logger.Events.Count(id => id == 7110).ShouldBeGreaterThan(2);
        Directory.EnumerateFiles(_directory.Path).Sum(path => new FileInfo(path).Length).ShouldBeLessThan(writers * writes * 500 / 4);

        using var again = _directory.Open();
        for (var writer = 0; writer < writers; writer++)
            (await again.Text(Key(writer))).ShouldNotBeNull().ShouldStartWith(string.Create(CultureInfo.InvariantCulture, $"{writer}:{writes - 1}:"));
    }

    [Fact]
    public async Task Cleared_states_leave_nothing_behind_in_a_snapshot()
    {
        var logger = new RecordingLogger();
        using (var journal = _directory.Open(logger, segmentLength: 4096, garbageLength: 4096))
        {
            for (var number = 0; number < 200; number++)
                await journal.ClearAsync(Key(number), await journal.Write(Key(number), "short-lived", 0));
        }

        using var again = _directory.Open();
        again.Count.ShouldBe(0);
        again.FileLength.ShouldBeLessThan(3 * 4096 + 1024);
    }

    [Fact]
    public async Task A_damaged_log_is_not_replaced_by_a_snapshot()
    {
        var logger = new RecordingLogger();
        using (var journal = _directory.Open(logger, segmentLength: 4096, garbageLength: 4096))
        {
            var kept = await journal.Write(Key(0), "kept", 0);
            kept.ShouldBe(1);
            await using (var file = new FileStream(_directory.File(1), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            {
                file.Position = SegmentHeader.Length + JournalRecord.HeaderLength;
                file.WriteByte((byte)'X');
            }

            var version = 0L;
            for (var number = 0; number < 200; number++)
                version = await journal.Write(Key(1), $"value {number}", version);
        }

        logger.Events.ShouldContain(7111);
        _directory.FileNames().ShouldContain("00000001.log");
        _directory.FileNames().ShouldAllBe(name => name.EndsWith(".log", StringComparison.Ordinal));
    }
}
