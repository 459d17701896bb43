using System.Globalization;

namespace Donmai.Silo.Storage;

/// <summary>The files of one journal, in order: a snapshot when there has been one, then logs. The last log is written to.</summary>
internal sealed class JournalFiles(IJournalDisk disk, string directory) : IDisposable
{
    /// <summary>Ending of a log's name.</summary>
    public const string LogExtension = ".log";

    /// <summary>Ending of a snapshot's name.</summary>
    public const string SnapshotExtension = ".snapshot";

    /// <summary>Ending of the name of a file that is not complete yet.</summary>
    public const string UnfinishedExtension = ".tmp";

    private readonly Lock _gate = new();
    private readonly List<JournalSegment> _segments = [];

    /// <summary>The log that is written to.</summary>
    public JournalSegment Active
    {
        get
        {
            lock (_gate)
                return _segments[^1];
        }
    }

    /// <summary>Bytes of all files.</summary>
    public long TotalLength
    {
        get
        {
            lock (_gate)
                return _segments.Sum(segment => segment.Length);
        }
    }

    /// <summary>Path of the file with <paramref name="number"/>.</summary>
    public string PathOf(long number, string extension) =>
        Path.Combine(directory, number.ToString("D8", CultureInfo.InvariantCulture) + extension);

    /// <summary>Adds an opened file behind the others.</summary>
    public void Add(JournalSegment segment)
    {
        lock (_gate)
            _segments.Add(segment);
    }

    /// <summary>Starts a new log behind the others; it and its name are on disk when this returns.</summary>
    /// <param name="sequence">Sequence of the last record before it.</param>
    /// <exception cref="IOException">Nothing has changed.</exception>
    public JournalSegment StartLog(long sequence)
    {
        long number;
        lock (_gate)
            number = _segments.Count == 0 ? 1 : _segments[^1].Number + 1;

        var path = PathOf(number, LogExtension);
        disk.Delete(path); // what an earlier attempt that failed may have left
        var file = disk.Create(path);
        try
        {
            file.Write([new SegmentHeader(SegmentKind.Log, number, sequence, FileLength: 0).ToBytes()], 0);
            file.Flush();
            disk.FlushDirectory(directory);
        }
        catch
        {
            file.Dispose();
            throw;
        }

        var segment = new JournalSegment(file, path, number, sequence) { Length = SegmentHeader.Length };
        Add(segment);
        return segment;
    }

    /// <summary>Puts <paramref name="snapshot"/> in the place of every file up to its number; returns those, still open.</summary>
    public IReadOnlyList<JournalSegment> Replace(JournalSegment snapshot)
    {
        lock (_gate)
        {
            var replaced = _segments.Where(segment => segment.Number <= snapshot.Number).ToList();
            _segments.RemoveAll(replaced.Contains);
            _segments.Insert(0, snapshot);
            return replaced;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
            _segments.ForEach(segment => segment.Dispose());
    }
}
