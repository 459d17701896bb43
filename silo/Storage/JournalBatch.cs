namespace Donmai.Silo.Storage;

/// <summary>Writes that become durable together: versions checked and given, records sealed, conflicts set aside.</summary>
internal sealed class JournalBatch
{
    private readonly Dictionary<JournalKey, long> _versions = [];
    private readonly List<(JournalWrite Write, JournalVersionException Conflict)> _conflicts = [];
    private readonly List<JournalWrite> _accepted = [];
    private readonly List<ReadOnlyMemory<byte>> _records = [];

    /// <summary>The records to append, in order.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Records => _records;

    /// <summary>Sequence of the last record.</summary>
    public long LastSequence { get; private set; }

    /// <summary>Bytes of all records.</summary>
    public long Length { get; private set; }

    /// <summary>Begins a batch that follows the record <paramref name="sequence"/>.</summary>
    public void Begin(long sequence)
    {
        _versions.Clear();
        _conflicts.Clear();
        _accepted.Clear();
        _records.Clear();
        LastSequence = sequence;
        Length = 0;
    }

    /// <summary>Takes a write in when it is based on the current version, as earlier writes of this batch leave it.</summary>
    public void Add(JournalWrite write, JournalIndex index)
    {
        var current = _versions.TryGetValue(write.Key, out var pending) ? pending : index.VersionOf(write.Key);
        if (current != write.Expected)
        {
            _conflicts.Add((write, new JournalVersionException(write.Key, current, write.Expected)));
            return;
        }

        LastSequence++;
        JournalRecord.Seal(write.Record.Span, LastSequence, _records.Count + 1);
        write.Version = write.Kind == JournalRecordKind.Put ? LastSequence : 0;
        _versions[write.Key] = write.Version;
        _accepted.Add(write);
        _records.Add(write.Record);
        Length += write.Record.Length;
    }

    /// <summary>Makes the batch visible and tells everybody.</summary>
    /// <param name="segment">The log that holds the records.</param>
    /// <param name="offset">Where the first record begins.</param>
    /// <param name="index">The index of the journal.</param>
    public void Acknowledge(JournalSegment segment, long offset, JournalIndex index)
    {
        foreach (var write in _accepted)
        {
            var length = write.Record.Length;
            if (write.Kind == JournalRecordKind.Put)
                index.Put(write.Key, new JournalEntry(segment, offset, length, write.Version));
            else
                index.Clear(write.Key);
            offset += length;
        }

        foreach (var write in _accepted)
            write.Acknowledge();
        foreach (var (write, conflict) in _conflicts)
            write.Refuse(conflict);
    }

    /// <summary>Tells everybody that nothing was written. A conflict within the batch never came to be.</summary>
    public void Refuse(Exception reason)
    {
        foreach (var write in _accepted)
            write.Refuse(reason);
        foreach (var (write, conflict) in _conflicts)
            write.Refuse(_versions.ContainsKey(write.Key) ? reason : conflict);
    }
}
