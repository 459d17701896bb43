using Donmai.Silo.Storage;
using static Donmai.Silo.Tests.Storage.JournalDirectory;

namespace Donmai.Silo.Tests.Storage;

public sealed class JournalDamageTests : IDisposable
{
    private const int Records = 6;

    private readonly JournalDirectory _directory = new();
    private readonly IEnumerable<JournalKey> _keys = Enumerable.Range(0, 3).Select(Key);

    /// <summary>What a reader must see after the first <c>n</c> records, and where the n-th record ends.</summary>
    private readonly List<(long End, Dictionary<JournalKey, string> Texts)> _history = [];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_log_cut_at_any_byte_opens_with_every_whole_record_and_one_warning()
    {
        var bytes = await Fill();
        for (var length = SegmentHeader.Length; length <= bytes.Length; length++)
        {
            await File.WriteAllBytesAsync(_directory.File(1), bytes[..length]);
            var logger = new RecordingLogger();
            using (var journal = _directory.Open(logger))
            {
                var (end, texts) = _history.Last(point => point.End <= length);
                (await journal.Texts(_keys)).ShouldBe(texts, ignoreOrder: true, $"cut at {length}");
                logger.Warnings.Count().ShouldBe(end == length ? 0 : 1, $"cut at {length}");

                // And it can be written to and read again.
                await journal.Write(Key(9), "new", 0);
            }

            logger = new RecordingLogger();
            using var again = _directory.Open(logger);
            (await again.Text(Key(9))).ShouldBe("new");
            logger.Warnings.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_flipped_bit_is_a_refusal_that_names_the_file_except_in_the_last_record_which_may_never_have_been_acknowledged()
    {
        var bytes = await Fill();
        var lastStart = _history[^2].End;
        for (var position = 0; position < bytes.Length; position++)
        {
            var flipped = bytes.ToArray();
            flipped[position] ^= (byte)(1 << (position % 8));
            await File.WriteAllBytesAsync(_directory.File(1), flipped);

            if (position < lastStart)
            {
                var refused = Should.Throw<JournalDamagedException>(() => _directory.Open().Dispose(), $"byte {position}");
                refused.Path.ShouldBe(_directory.File(1));
                refused.Offset.ShouldBe(position < SegmentHeader.Length ? 0 : _history.Last(point => point.End <= position).End);
                (await File.ReadAllBytesAsync(_directory.File(1))).ShouldBe(flipped, "a refusal changes nothing");
                continue;
            }

            var logger = new RecordingLogger();
            using var journal = _directory.Open(logger);
            (await journal.Texts(_keys)).ShouldBe(_history[^2].Texts, ignoreOrder: true, $"byte {position}");
            logger.Warnings.Count().ShouldBe(1);
        }
    }

    [Fact]
    public async Task The_refusal_says_what_where_and_what_to_do()
    {
        var bytes = await Fill();
        bytes[(int)_history[1].End + 40] ^= 1;
        await File.WriteAllBytesAsync(_directory.File(1), bytes);

        Should.Throw<JournalDamagedException>(() => _directory.Open()).Message.ShouldBe(
            $"The journal file {_directory.File(1)} is damaged at byte {_history[1].End}: an acknowledged record there cannot be read. "
            + "Nothing was changed. Restore the file from a copy; or, to go on with what is intact (the states concerned fall back to an "
            + $"older value or are gone), create the empty file {_directory.Path}/accept-damage and start again.");
    }

    [Fact]
    public async Task Accepted_damage_keeps_every_intact_record_once_and_sets_the_damaged_file_aside()
    {
        var bytes = await Fill();
        bytes[(int)_history[1].End + 40] ^= 1; // the second record: key 1, first value
        await File.WriteAllBytesAsync(_directory.File(1), bytes);
        await File.WriteAllBytesAsync(Path.Combine(_directory.Path, "accept-damage"), []);

        var logger = new RecordingLogger();
        using (var journal = _directory.Open(logger))
        {
            (await journal.Texts(_keys)).ShouldBe(_history[^1].Texts, ignoreOrder: true);
            logger.Warnings.Count().ShouldBe(1);
            await journal.Write(Key(9), "new", 0);
        }

        _directory.FileNames().ShouldBe(["00000001.log.damaged", "00000001.snapshot", "00000002.log"]);
        (await File.ReadAllBytesAsync(_directory.File(1) + ".damaged")).ShouldBe(bytes);
        logger = new RecordingLogger();
        using var again = _directory.Open(logger);
        (await again.Text(Key(9))).ShouldBe("new");
        (await again.Text(Key(2))).ShouldBe(_history[^1].Texts[Key(2)]);
        logger.Warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_hole_in_a_batch_is_a_torn_tail_until_a_later_record_proves_that_the_batch_was_acknowledged(bool proven)
    {
        _directory.Open().Dispose();
        await using (var file = new FileStream(_directory.File(1), FileMode.Append))
        {
            file.Write(Record(0, sequence: 1, position: 1));
            file.Write(Record(1, sequence: 2, position: 1));
            var hole = Record(2, sequence: 3, position: 2);
            hole.AsSpan().Clear();
            file.Write(hole);
            file.Write(Record(3, sequence: 4, position: 3));
            if (proven)
                file.Write(Record(4, sequence: 5, position: 1));
        }

        if (proven)
        {
            Should.Throw<JournalDamagedException>(() => _directory.Open());
            return;
        }

        using var journal = _directory.Open();
        (await journal.Texts(Enumerable.Range(0, 5).Select(Key)))
            .ShouldBe(new Dictionary<JournalKey, string> { [Key(0)] = "text", [Key(1)] = "text" }, ignoreOrder: true);
        (await journal.Write(Key(9), "new", 0)).ShouldBe(3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_missing_log_is_a_refusal(int missing)
    {
        using (var journal = _directory.Open(segmentLength: 100))
        {
            for (var number = 0; number < 5; number++)
                await journal.Write(Key(number), "some text to fill the log", 0);
        }

        _directory.FileNames().Length.ShouldBeGreaterThan(3);
        File.Delete(_directory.File(missing));
        Should.Throw<JournalDamagedException>(() => _directory.Open()).Path.ShouldBe(_directory.File(missing));
    }

    [Fact]
    public async Task A_log_cut_before_the_end_that_the_next_one_knows_is_a_refusal()
    {
        using (var journal = _directory.Open(segmentLength: 100))
        {
            for (var number = 0; number < 5; number++)
                await journal.Write(Key(number), "some text to fill the log", 0);
        }

        await using (var file = new FileStream(_directory.File(1), FileMode.Open))
            file.SetLength(SegmentHeader.Length);
        Should.Throw<JournalDamagedException>(() => _directory.Open()).Path.ShouldBe(_directory.File(1));
    }

    [Fact]
    public async Task A_log_that_was_being_started_when_the_power_went_is_forgotten()
    {
        await Fill();
        await File.WriteAllBytesAsync(_directory.File(2), [0, 0, 0]);
        using var journal = _directory.Open();
        (await journal.Texts(_keys)).ShouldBe(_history[^1].Texts, ignoreOrder: true);
        await journal.Write(Key(9), "new", 0);
        _directory.FileNames().ShouldBe(["00000001.log"]);
    }

    [Fact]
    public async Task A_record_that_changes_on_disk_while_the_journal_is_open_is_not_returned()
    {
        var bytes = await Fill();
        using var journal = _directory.Open();
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(_directory.File(1), bytes);
        var lastKey = Key((Records - 1) % 3);
        await Should.ThrowAsync<JournalDamagedException>(() => journal.Text(lastKey));
    }

    private static byte[] Record(int key, long sequence, int position)
    {
        using var buffer = new PooledBuffer(256);
        JournalRecord.Begin(buffer, JournalRecordKind.Put, Key(key));
        "text"u8.CopyTo(buffer.GetSpan(4));
        buffer.Advance(4);
        JournalRecord.Seal(buffer.Written.Span, sequence, position);
        return buffer.Written.ToArray();
    }

    private async Task<byte[]> Fill()
    {
        var texts = new Dictionary<JournalKey, string>();
        var versions = new Dictionary<JournalKey, long>();
        using (var journal = _directory.Open())
        {
            _history.Add((SegmentHeader.Length, []));
            for (var number = 0; number < Records; number++)
            {
                var key = Key(number % 3);
                texts[key] = $"value {number}";
                versions[key] = await journal.Write(key, texts[key], versions.GetValueOrDefault(key));
                _history.Add((journal.FileLength, new(texts)));
            }
        }

        return await File.ReadAllBytesAsync(_directory.File(1));
    }
}
