using Donmai.Silo.Storage;
using static Donmai.Silo.Tests.Storage.JournalDirectory;

namespace Donmai.Silo.Tests.Storage;

public sealed class JournalPowerCutTests
{
    private const int Keys = 4;
    private const int Writes = 60;

    /// <summary>
    /// Every operation on the disk in turn is the one at which the power goes: while appending, starting a log, writing a snapshot,
    /// renaming it, deleting what it replaces. What had been acknowledged is there afterwards, whether or not the disk also kept
    /// what was never flushed.
    /// </summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_power_cut_at_any_operation_loses_nothing_that_was_acknowledged(bool unflushedIsLost)
    {
        var completed = false;
        var compactions = 0;
        for (var operations = 8; !completed; operations++)
        {
            using var directory = new JournalDirectory();
            var disk = new PowerCutDisk(directory.Path, operations);
            var logger = new RecordingLogger();
            var acknowledged = new Dictionary<JournalKey, (string Text, long Version)>();
            (JournalKey Key, string Text)? last = null;

            using (var journal = directory.Open(logger, disk, segmentLength: 300, garbageLength: 600))
            {
                try
                {
                    for (var number = 0; number < Writes; number++)
                    {
                        var key = Key(number % Keys);
                        last = (key, $"value number {number}");
                        var version = acknowledged.TryGetValue(key, out var before) ? before.Version : 0;
                        acknowledged[key] = (last.Value.Text, await journal.Write(key, last.Value.Text, version));
                    }

                    last = null;
                }
                catch (JournalWriteException)
                {
                    disk.IsOff.ShouldBeTrue();
                }
            }

            completed = !disk.IsOff;
            compactions += logger.Events.Count(id => id == 7110);
            if (unflushedIsLost)
                disk.LosePower();

            using var again = directory.Open();
            foreach (var (key, (text, _)) in acknowledged)
            {
                var found = await again.Text(key);
                if (last is { } pending && pending.Key == key)
                    found.ShouldBeOneOf([text, pending.Text], $"power cut at operation {operations}");
                else
                    found.ShouldBe(text, $"power cut at operation {operations}");
            }
        }

        compactions.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_failed_flush_fails_its_writers_and_the_next_write_goes_to_a_new_log()
    {
        using var directory = new JournalDirectory();
        var disk = new FailingFlushDisk();
        using (var journal = directory.Open(disk: disk))
        {
            var version = await journal.Write(Key(1), "one", 0);
            disk.FailNext = true;
            var refused = await Should.ThrowAsync<JournalWriteException>(() => journal.Write(Key(1), "lost", version));
            refused.Message.ShouldStartWith($"The state could not be written to the journal in {directory.Path}: the cable is loose.");
            (await journal.Text(Key(1))).ShouldBe("one");
            await journal.Write(Key(1), "two", version);
        }

        directory.FileNames().ShouldBe(["00000001.log", "00000002.log"]);
        using var again = directory.Open();
        (await again.Text(Key(1))).ShouldBe("two");
    }
}
