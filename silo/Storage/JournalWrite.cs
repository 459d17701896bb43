namespace Donmai.Silo.Storage;

/// <summary>A record on its way to disk and the caller who waits for it.</summary>
/// <param name="key">The state.</param>
/// <param name="kind">Put or clear.</param>
/// <param name="expected">The version that the caller believes to be current, 0 for none.</param>
/// <param name="record">The record, not sealed yet. Owned by this object.</param>
internal sealed class JournalWrite(JournalKey key, JournalRecordKind kind, long expected, PooledBuffer record)
{
    private readonly TaskCompletionSource<long> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The state.</summary>
    public JournalKey Key { get; } = key;

    /// <summary>Put or clear.</summary>
    public JournalRecordKind Kind { get; } = kind;

    /// <summary>The version that the caller believes to be current, 0 for none.</summary>
    public long Expected { get; } = expected;

    /// <summary>The record.</summary>
    public Memory<byte> Record => record.Written;

    /// <summary>The version after this write, once it has been decided.</summary>
    public long Version { get; set; }

    /// <summary>Ends, with the new version, when the record survives a power cut.</summary>
    public Task<long> Done => _done.Task;

    /// <summary>Tells the caller that the record is durable.</summary>
    public void Acknowledge()
    {
        record.Dispose();
        _done.SetResult(Version);
    }

    /// <summary>Tells the caller that nothing was written.</summary>
    public void Refuse(Exception reason)
    {
        record.Dispose();
        _done.SetException(reason);
    }
}
