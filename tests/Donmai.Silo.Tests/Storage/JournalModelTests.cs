using Donmai.Silo.Storage;
using FsCheck;
using FsCheck.Fluent;
using static Donmai.Silo.Tests.Storage.JournalDirectory;

namespace Donmai.Silo.Tests.Storage;

/// <summary>Whatever is done to a journal, it holds what a dictionary would hold.</summary>
public sealed class JournalModelTests
{
    private const int Keys = 5;

    private enum Act
    {
        Write,
        Clear,
        WriteOnOldVersion,
        Reopen,
    }

    [Fact]
    public void A_journal_holds_what_a_dictionary_holds()
    {
        var step = from act in Gen.Frequency(
                (12, Gen.Constant(Act.Write)), (3, Gen.Constant(Act.Clear)), (2, Gen.Constant(Act.WriteOnOldVersion)), (1, Gen.Constant(Act.Reopen)))
                   from key in Gen.Choose(0, Keys - 1)
                   from length in Gen.Choose(0, 300)
                   select (act, key, length);
        Prop.ForAll(Gen.Sized(size => Gen.ListOf(step, size)).ToArbitrary(), steps => Follows(steps).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(60).WithEndSize(120));
    }

    private static async Task<bool> Follows(IEnumerable<(Act Act, int Key, int Length)> steps)
    {
        using var directory = new JournalDirectory();
        var model = new Dictionary<JournalKey, (string Text, long Version)>();
        var journal = Open();
        try
        {
            var number = 0;
            foreach (var (act, keyNumber, length) in steps)
            {
                var key = Key(keyNumber);
                var version = model.TryGetValue(key, out var current) ? current.Version : 0;
                switch (act)
                {
                    case Act.Write:
                        var text = new string((char)('a' + (number++ % 26)), length);
                        model[key] = (text, await journal.Write(key, text, version));
                        break;
                    case Act.Clear:
                        await journal.ClearAsync(key, version);
                        model.Remove(key);
                        break;
                    case Act.WriteOnOldVersion:
                        await Should.ThrowAsync<JournalVersionException>(() => journal.Write(key, "never", version + 1));
                        break;
                    case Act.Reopen:
                        journal.Dispose();
                        journal = Open();
                        break;
                }
            }

            await Compare(journal, model);
            journal.Dispose();
            journal = Open();
            await Compare(journal, model);
            return true;
        }
        finally
        {
            journal.Dispose();
        }

        Journal Open() => directory.Open(segmentLength: 700, garbageLength: 1500);
    }

    private static async Task Compare(Journal journal, Dictionary<JournalKey, (string Text, long Version)> model)
    {
        journal.Count.ShouldBe(model.Count);
        for (var number = 0; number < Keys; number++)
        {
            var stored = await journal.ReadAsync(Key(number), bytes => System.Text.Encoding.UTF8.GetString(bytes.Span), CancellationToken.None);
            var expected = model.TryGetValue(Key(number), out var value) ? new JournalValue<string>(value.Text, value.Version) : null;
            stored.ShouldBe(expected);
        }
    }
}
