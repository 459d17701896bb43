using Donmai.Silo.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using static Donmai.Silo.Tests.Storage.JournalDirectory;

namespace Donmai.Silo.Tests.Storage;

public sealed class JournalFullDiskTests
{
    [SmallDiskFact]
    public async Task A_full_disk_fails_the_write_in_a_sentence_and_is_forgotten_when_there_is_space_again()
    {
        using var disk = SmallDisk.TryMount(256).ShouldNotBeNull();
        var directory = Path.Combine(disk.Path, "journal");
        var ballast = Path.Combine(disk.Path, "ballast");
        var text = new string('x', 10_000);
        var written = new List<JournalKey>();

        using (var journal = Open(directory))
        {
            await journal.Write(Key(0), "first", 0);
            await File.WriteAllBytesAsync(ballast, new byte[100_000]);

            JournalWriteException? refused = null;
            for (var number = 1; refused is null && number < 100; number++)
            {
                try
                {
                    await journal.Write(Key(number), text, 0);
                    written.Add(Key(number));
                }
                catch (JournalWriteException failure)
                {
                    refused = failure;
                    (await journal.Text(Key(number))).ShouldBeNull();
                }
            }

            refused.ShouldNotBeNull().Message.ShouldContain("No space left on device");
            await Should.ThrowAsync<JournalWriteException>(() => journal.Write(Key(0), text, 1));
            (await journal.Text(Key(0))).ShouldBe("first");
            written.Count.ShouldBeGreaterThan(5);

            File.Delete(ballast);
            await journal.Write(Key(0), text, 1);
        }

        using var again = Open(directory);
        (await again.Text(Key(0))).ShouldBe(text);
        again.Count.ShouldBe(written.Count + 1);
        foreach (var key in written)
            (await again.Text(key)).ShouldBe(text);
    }

    [SmallDiskFact]
    public async Task Concurrent_writers_on_a_full_disk_are_each_told_and_the_journal_opens_with_exactly_what_was_acknowledged()
    {
        using var disk = SmallDisk.TryMount(128).ShouldNotBeNull();
        var directory = Path.Combine(disk.Path, "journal");
        var outcomes = new bool[64];
        using (var journal = Open(directory))
        {
            await Task.WhenAll(Enumerable.Range(0, outcomes.Length).Select(async number =>
            {
                try
                {
                    await journal.Write(Key(number), new string('x', 4_000), 0);
                    outcomes[number] = true;
                }
                catch (JournalWriteException)
                {
                    outcomes[number] = false;
                }
            }));
        }

        outcomes.ShouldContain(false);
        using var again = Open(directory);
        for (var number = 0; number < outcomes.Length; number++)
            (await again.Text(Key(number)) is not null).ShouldBe(outcomes[number]);
    }

    private static Journal Open(string directory) =>
        Journal.Open(new JournalOptions { Directory = directory }, new JournalDisk(), NullLogger.Instance);
}
