using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Donmai.Silo.Storage;

/// <summary>
/// The one thread that appends to a journal. Writes that arrive while a flush is under way become durable together with the next
/// one (group commit), so that many writers share its cost.
/// </summary>
internal sealed partial class JournalWriter : IDisposable
{
    /// <summary>Most records, and about most bytes, that wait for one flush.</summary>
    private const int MaxBatchCount = 1024;
    private const int MaxBatchLength = 8 * 1024 * 1024;

    private readonly JournalFiles _files;
    private readonly JournalIndex _index;
    private readonly Action _committed;
    private readonly ILogger _logger;
    private readonly JournalMetrics? _metrics;
    private readonly JournalBatch _batch = new();
    private readonly object _gate = new();
    private readonly Queue<JournalWrite> _waiting = [];
    private readonly Thread _thread;
    private bool _stopping;
    private bool _suspect;

    /// <summary>Starts the thread.</summary>
    /// <param name="files">The journal's files.</param>
    /// <param name="index">The journal's index.</param>
    /// <param name="lastSequence">Sequence of the last record.</param>
    /// <param name="committed">Called on the thread after every flush; must not throw.</param>
    /// <param name="logger">For what no caller can be told.</param>
    /// <param name="metrics">What is measured, if anything.</param>
    public JournalWriter(JournalFiles files, JournalIndex index, long lastSequence, Action committed, ILogger logger, JournalMetrics? metrics = null)
    {
        _files = files;
        _index = index;
        LastSequence = lastSequence;
        _committed = committed;
        _logger = logger;
        _metrics = metrics;
        _thread = new Thread(Run) { IsBackground = true, Name = "journal" };
        _thread.Start();
    }

    /// <summary>Sequence of the last durable record. Only for the thread itself.</summary>
    public long LastSequence { get; private set; }

    /// <summary>Hands over a write; its <see cref="JournalWrite.Done"/> tells the outcome.</summary>
    /// <exception cref="ObjectDisposedException">The journal is closed.</exception>
    public void Submit(JournalWrite write)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopping, typeof(Journal));
            _waiting.Enqueue(write);
            if (_waiting.Count == 1)
                Monitor.Pulse(_gate);
        }
    }

    /// <summary>Writes what was handed over, then ends the thread.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.Pulse(_gate);
        }

        _thread.Join();
    }

    private void Run()
    {
        var taken = new List<JournalWrite>();
        while (Take(taken))
        {
            Commit(taken);
            taken.Clear();
            _committed();
        }
    }

    private bool Take(List<JournalWrite> taken)
    {
        lock (_gate)
        {
            while (_waiting.Count == 0)
            {
                if (_stopping)
                    return false;
                Monitor.Wait(_gate);
            }

            var length = 0L;
            while (taken.Count < MaxBatchCount && length < MaxBatchLength && _waiting.TryDequeue(out var write))
            {
                taken.Add(write);
                length += write.Record.Length;
            }

            return true;
        }
    }

    private void Commit(List<JournalWrite> writes)
    {
        _batch.Begin(LastSequence);
        foreach (var write in writes)
            _batch.Add(write, _index);

        JournalSegment segment;
        long offset;
        try
        {
            segment = Writable();
            offset = segment.Length;
            if (_batch.Length > 0)
                Append(segment, writes.Count);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _metrics?.Failed();
            _batch.Refuse(new JournalWriteException(
                $"The state could not be written to the journal in {Path.GetDirectoryName(_files.Active.Path)}: {failure.Message.TrimEnd('.')}. "
                + "Nothing was changed; free some space or mend the disk, then try again.",
                failure));
            return;
        }

        LastSequence = _batch.LastSequence;
        _batch.Acknowledge(segment, offset, _index);
    }

    private void Append(JournalSegment segment, int records)
    {
        var began = Stopwatch.GetTimestamp();
        var written = false;
        try
        {
            segment.File.Write(_batch.Records, segment.Length);
            written = true;
            segment.File.Flush();
            segment.Length += _batch.Length;
            _metrics?.Written(records, _batch.Length, Stopwatch.GetElapsedTime(began));
        }
        catch
        {
            // After a failed flush nobody knows what the file holds, whatever a later flush says: the next write goes to a new log,
            // whose header tells where this one ends. After a failed write it is enough to cut off what was written.
            _suspect = !Cut(segment) || written;
            throw;
        }
    }

    private bool Cut(JournalSegment segment)
    {
        try
        {
            segment.File.Truncate(segment.Length);
            return true;
        }
        catch (IOException failure)
        {
            NotCut(segment.Path, segment.Length, failure);
            return false;
        }
    }

    private JournalSegment Writable()
    {
        if (!_suspect)
            return _files.Active;
        var fresh = _files.StartLog(LastSequence);
        _suspect = false;
        return fresh;
    }
}
