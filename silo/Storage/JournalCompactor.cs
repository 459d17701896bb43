namespace Donmai.Silo.Storage;

/// <summary>
/// Replaces logs by a snapshot of the records in them that are current. Writers go on in a later log meanwhile. Whatever the step
/// at which the power goes, either the files before or the snapshot are complete.
/// </summary>
internal sealed class JournalCompactor(IJournalDisk disk, string directory, JournalFiles files, JournalIndex index)
{
    private const string SetAsideExtension = ".damaged";
    private const int CopyLength = 256 * 1024;

    /// <summary>Writes the snapshot, puts it in the place of the files that it stands for, and deletes those.</summary>
    /// <param name="lastNumber">The last log that it stands for. Nobody writes to it any more.</param>
    /// <param name="sequence">Sequence of the last record of that log.</param>
    /// <param name="setAside">Files that are renamed instead of deleted.</param>
    /// <param name="cancellation">Gives up before the snapshot is in place.</param>
    /// <exception cref="IOException">The files before are still in place.</exception>
    /// <exception cref="OperationCanceledException">The files before are still in place.</exception>
    public void Compact(long lastNumber, long sequence, IReadOnlySet<string> setAside, CancellationToken cancellation)
    {
        var path = files.PathOf(lastNumber, JournalFiles.SnapshotExtension);
        var unfinished = path + JournalFiles.UnfinishedExtension;
        var entries = index.UpTo(lastNumber);

        disk.Delete(unfinished);
        var file = disk.Create(unfinished);
        var snapshot = new JournalSegment(file, path, lastNumber, sequence);
        try
        {
            Copy(entries, snapshot, cancellation);
            file.Write([new SegmentHeader(SegmentKind.Snapshot, lastNumber, sequence, snapshot.Length).ToBytes()], 0);
            file.Flush();
            disk.Rename(unfinished, path);
            disk.FlushDirectory(directory);
        }
        catch
        {
            file.Dispose();
            disk.Delete(unfinished);
            throw;
        }

        index.Relocate(entries);
        var replaced = files.Replace(snapshot);
        foreach (var segment in replaced)
            segment.Dispose();
        foreach (var segment in replaced)
        {
            if (setAside.Contains(segment.Path))
                disk.Rename(segment.Path, segment.Path + SetAsideExtension);
            else
                disk.Delete(segment.Path);
        }
    }

    /// <summary>Copies the records as they are and turns <paramref name="entries"/> into those of the copies.</summary>
    private static void Copy(
        List<KeyValuePair<JournalKey, JournalEntry>> entries, JournalSegment snapshot, CancellationToken cancellation)
    {
        using var buffer = new PooledBuffer(CopyLength);
        var flushed = (long)SegmentHeader.Length;
        for (var i = 0; i < entries.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var (key, entry) = entries[i];
            if (buffer.Length > 0 && buffer.Length + entry.Length > CopyLength)
                flushed = FlushCopy(buffer, snapshot, flushed);

            var record = buffer.GetSpan(entry.Length)[..entry.Length];
            if (entry.Segment.File.Read(record, entry.Offset) != entry.Length || !JournalRecord.IsIntact(record))
                throw JournalEntryReader.Unreadable(key, entry);
            entries[i] = new(key, entry with { Segment = snapshot, Offset = flushed + buffer.Length });
            buffer.Advance(entry.Length);
        }

        snapshot.Length = FlushCopy(buffer, snapshot, flushed);
    }

    private static long FlushCopy(PooledBuffer buffer, JournalSegment snapshot, long offset)
    {
        if (buffer.Length > 0)
            snapshot.File.Write([buffer.Written], offset);
        offset += buffer.Length;
        buffer.Reset();
        return offset;
    }
}
