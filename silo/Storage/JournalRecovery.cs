using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Donmai.Silo.Storage;

/// <summary>
/// Reads a journal's files at start: finds the current record of every key, cuts a torn tail, tells damage from it
/// (docs/decisions/0006-the-journal.md).
/// </summary>
internal sealed partial class JournalRecovery(IJournalDisk disk, string directory, ILogger logger)
{
    /// <summary>Whoever creates this empty file in the directory accepts, once, to go on with what is intact.</summary>
    public const string AcceptDamageName = "accept-damage";

    private readonly HashSet<string> _damaged = [];
    private bool _acceptDamage;

    /// <summary>The files, in order, open.</summary>
    public JournalFiles Files { get; } = new(disk, directory);

    /// <summary>The current record of every key.</summary>
    public JournalIndex Index { get; } = new();

    /// <summary>Sequence of the last record.</summary>
    public long LastSequence { get; private set; }

    /// <summary>Files with damage that was accepted.</summary>
    public IReadOnlySet<string> Damaged => _damaged;

    /// <summary>Reads everything.</summary>
    /// <exception cref="JournalDamagedException">Acknowledged records cannot be read, and nobody accepted that.</exception>
    public void Run()
    {
        var names = disk.List(directory);
        _acceptDamage = names.Contains(AcceptDamageName);
        foreach (var name in names.Where(name => name.EndsWith(JournalFiles.UnfinishedExtension, StringComparison.Ordinal)))
            disk.Delete(Path.Combine(directory, name));

        var snapshots = Numbers(names, JournalFiles.SnapshotExtension);
        var snapshot = snapshots.LastOrDefault();
        var logs = Numbers(names, JournalFiles.LogExtension);
        DeleteReplaced(snapshot, snapshots, logs);
        logs.RemoveAll(number => number <= snapshot);
        if (logs.Count > 0)
            DropUnfinishedLog(logs);

        if (snapshot > 0)
            ReadSnapshot(snapshot);
        ReadLogs(snapshot, logs);
        if (logs.Count == 0)
            Files.StartLog(LastSequence);
    }

    private static List<long> Numbers(IReadOnlyList<string> names, string extension)
    {
        var numbers = new List<long>();
        foreach (var name in names.Where(name => name.EndsWith(extension, StringComparison.Ordinal)))
        {
            if (long.TryParse(name.AsSpan(0, name.Length - extension.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                numbers.Add(number);
        }

        numbers.Sort();
        return numbers;
    }

    private void DeleteReplaced(long snapshot, List<long> snapshots, List<long> logs)
    {
        foreach (var number in snapshots.Where(number => number < snapshot))
            disk.Delete(Files.PathOf(number, JournalFiles.SnapshotExtension));
        foreach (var number in logs.Where(number => number <= snapshot))
            disk.Delete(Files.PathOf(number, JournalFiles.LogExtension));
    }

    /// <summary>A log that was being started when the power went has no header and no record: as if it had not been.</summary>
    private void DropUnfinishedLog(List<long> logs)
    {
        var path = Files.PathOf(logs[^1], JournalFiles.LogExtension);
        using (var file = disk.Open(path))
        {
            if (HeaderOf(file) is not null)
                return;
            using var reader = new SegmentReader(file, 0);
            if (reader.MoveToIntact())
                return;
        }

        UnfinishedLog(path);
        disk.Delete(path);
        logs.RemoveAt(logs.Count - 1);
    }

    private void ReadSnapshot(long number)
    {
        var segment = Open(number, JournalFiles.SnapshotExtension, SegmentKind.Snapshot, out var header);
        if (header is { } known && known.FileLength != segment.Length)
            Damage(segment.Path, Math.Min(segment.Length, known.FileLength), "it is not as long as it was when it was completed");

        using var reader = new SegmentReader(segment.File, SegmentHeader.Length);
        while (!reader.AtEnd)
        {
            if (!reader.MoveNext() && !reader.AtEnd)
            {
                Damage(segment.Path, reader.Offset, "a record there cannot be read");
                if (!reader.MoveToIntact())
                    break;
            }

            if (!reader.AtEnd)
                Apply(segment, reader);
        }

        LastSequence = Math.Max(LastSequence, segment.BaseSequence);
    }

    private void ReadLogs(long snapshot, List<long> logs)
    {
        var segments = new List<JournalSegment>();
        var expected = snapshot + 1;
        foreach (var number in logs)
        {
            if (number != expected)
                Damage(Files.PathOf(expected, JournalFiles.LogExtension), 0, "the file is missing");
            segments.Add(Open(number, JournalFiles.LogExtension, SegmentKind.Log, out _));
            expected = number + 1;
        }

        for (var i = 0; i < segments.Count; i++)
            ReadLog(segments[i], i + 1 < segments.Count ? segments[i + 1].BaseSequence : null);
    }

    /// <param name="segment">The log.</param>
    /// <param name="end">Sequence of its last record, as the next log knows it; <see langword="null"/> for the last log.</param>
    private void ReadLog(JournalSegment segment, long? end)
    {
        if (segment.BaseSequence > LastSequence)
            Damage(segment.Path, 0, "records before it are missing");

        using var reader = new SegmentReader(segment.File, SegmentHeader.Length);
        while (end is null || LastSequence < end)
        {
            var intact = reader.MoveNext();
            if (!intact && end is null && (reader.AtEnd || IsTorn(segment, reader.Offset)))
                break;
            if (!intact || JournalRecord.Sequence(reader.Record) != LastSequence + 1)
            {
                Damage(segment.Path, reader.Offset, "an acknowledged record there cannot be read");
                if (!intact && !reader.MoveToIntact())
                    break;
            }

            Apply(segment, reader);
        }

        if (end is null && !reader.AtEnd)
            CutTail(segment, reader.Offset);
    }

    /// <summary>
    /// Whether what begins at <paramref name="offset"/> was never acknowledged: no record behind it was written after it was durable.
    /// </summary>
    private bool IsTorn(JournalSegment segment, long offset)
    {
        using var reader = new SegmentReader(segment.File, offset);
        while (reader.MoveToIntact())
        {
            if (JournalRecord.DurableBefore(reader.Record) > LastSequence)
                return false;
        }

        return true;
    }

    private void CutTail(JournalSegment segment, long offset)
    {
        TornTail(segment.Path, offset, segment.File.Length - offset);
        segment.File.Truncate(offset);
        segment.File.Flush();
        segment.Length = offset;
    }

    private void Apply(JournalSegment segment, SegmentReader reader)
    {
        var record = reader.Record;
        var key = new JournalKey(
            Encoding.UTF8.GetString(JournalRecord.Name(record)), Encoding.UTF8.GetString(JournalRecord.Owner(record)));
        var sequence = JournalRecord.Sequence(record);
        if (JournalRecord.Kind(record) == JournalRecordKind.Put)
            Index.Put(key, new JournalEntry(segment, reader.Offset, record.Length, sequence));
        else
            Index.Clear(key);
        LastSequence = Math.Max(LastSequence, sequence);
    }

    private JournalSegment Open(long number, string extension, SegmentKind kind, out SegmentHeader? header)
    {
        var path = Files.PathOf(number, extension);
        var file = disk.Open(path);
        header = HeaderOf(file);
        var segment = new JournalSegment(file, path, number, header?.Sequence ?? LastSequence) { Length = file.Length };
        Files.Add(segment);
        if (header is not { } known || known.Kind != kind || known.Number != number)
            Damage(path, 0, "its header cannot be read");
        return segment;
    }

    private static SegmentHeader? HeaderOf(IJournalFile file)
    {
        var bytes = new byte[SegmentHeader.Length];
        return SegmentHeader.Parse(bytes.AsSpan(0, file.Read(bytes, 0)));
    }

    private void Damage(string path, long offset, string what)
    {
        if (!_acceptDamage)
        {
            throw new JournalDamagedException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The journal file {path} is damaged at byte {offset}: {what}. Nothing was changed. Restore the file from a copy; or, to go on with what is intact (the states concerned fall back to an older value or are gone), create the empty file {Path.Combine(directory, AcceptDamageName)} and start again."),
                path,
                offset);
        }

        _damaged.Add(path);
        DamageAccepted(path, offset, what);
    }
}
