using System.Text.Json;
using Donmai.Core.Daemon;

namespace Donmai.Core.Platform;

/// <summary>
/// Requests that wait for the platform, one JSON object a line (worker.md §1.8, §2.9): a request, or a mark that says what became of an earlier one.
/// Written by one process at a time: the worker while it lives, the daemon after it. A line that was never finished is cut off when the file is
/// opened; one that cannot be read is passed over.
/// </summary>
public sealed class OutboxFile : IDisposable
{
    /// <summary>Most bytes of undelivered activity (worker.md §1.8).</summary>
    public const long ActivityLimit = 8L * 1024 * 1024;

    private const byte LineFeed = (byte)'\n';

    /// <summary>
    /// Of the whole process: what one opens to list it another one delivers at the same time, and what is written while the file is looked through is no
    /// unfinished line.
    /// </summary>
    private static readonly Lock Access = new();

    private readonly FileStream _file;
    private readonly TimeProvider _clock;
    private readonly long _limit;
    private readonly bool _isForResults;
    private readonly LinkedList<OutboxLine> _waiting = new();

    private OutboxFile(string path, bool isForResults, long limit, TimeProvider clock)
    {
        _file = new FileStream(path, DurableFile.OwnerOnly(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read));
        _isForResults = isForResults;
        _limit = limit;
        _clock = clock;
        try
        {
            lock (Access)
                foreach (var line in Index().Values.Where(static line => line.State == OutboxState.Pending))
                    _waiting.AddLast(line);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>Requests that wait.</summary>
    public int Count
    {
        get
        {
            lock (Access)
                return _waiting.Count;
        }
    }

    /// <summary>Opens the outbox of a session's results, or makes an empty one: what is written is on disk when the call returns, and stays.</summary>
    /// <exception cref="IOException">It cannot be opened, or another process has it.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    public static OutboxFile ForResults(string path, TimeProvider clock) => new(path, isForResults: true, long.MaxValue, clock);

    /// <summary>Opens the outbox of a session's activity, or makes an empty one: bounded, and emptied when nothing waits any more.</summary>
    /// <exception cref="IOException">It cannot be opened, or another process has it.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    public static OutboxFile ForActivity(string path, TimeProvider clock, long limit = ActivityLimit) => new(path, isForResults: false, limit, clock);

    /// <summary>Adds requests, all or none.</summary>
    /// <returns>Whether there was room.</returns>
    /// <exception cref="IOException">The disk refused.</exception>
    public bool TryAdd(params IReadOnlyList<OutboxEntry> entries)
    {
        lock (Access)
        {
            var lines = entries.Select(static entry => JsonSerializer.SerializeToUtf8Bytes(entry, OutboxJson.Readable.OutboxEntry)).ToList();
            var start = _file.Length;
            if (start + lines.Sum(static line => line.Length + 1L) > _limit)
                return false;
            Write(lines);
            foreach (var line in lines)
            {
                _waiting.AddLast(new OutboxLine(start, line.Length, OutboxState.Pending, default, null));
                start += line.Length + 1;
            }

            return true;
        }
    }

    /// <summary>Whether a request still waits: somebody may have given it up since it was read.</summary>
    public bool IsWaiting(OutboxEntry entry)
    {
        lock (Access)
            return Index().TryGetValue(entry.Id, out var line) && line.State == OutboxState.Pending;
    }

    /// <summary>The request that waits longest; <see langword="null"/> when none does.</summary>
    public OutboxEntry? First()
    {
        lock (Access)
            return IsEmptied() ? null : _waiting.First is { } first ? EntryAt(first.Value) : null;
    }

    /// <summary>The requests that wait, oldest first.</summary>
    public List<OutboxEntry> Waiting()
    {
        lock (Access)
            return IsEmptied() ? [] : [.. _waiting.Select(EntryAt)];
    }

    /// <summary>Every request and what became of it, in the order in which they were written.</summary>
    public List<OutboxItem> All()
    {
        lock (Access)
            return [.. Index().Values.Select(Item)];
    }

    /// <summary>The platform has a request.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public void Done(OutboxEntry entry) => End(entry, new OutboxMark { Id = entry.Id, DoneAt = _clock.GetUtcNow() });

    /// <summary>The platform refused a request for good. One that was given up meanwhile stays so.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public void Refused(OutboxEntry entry, string reason)
    {
        lock (Access)
            if (IsWaiting(entry))
                End(entry, new OutboxMark { Id = entry.Id, RefusedAt = _clock.GetUtcNow(), Reason = reason });
    }

    /// <summary>A refused request waits again.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public void TryAgain(OutboxEntry entry)
    {
        lock (Access)
        {
            if (!Index().TryGetValue(entry.Id, out var line) || line.State != OutboxState.Refused)
                return;
            Write([Line(new OutboxMark { Id = entry.Id, RetriedAt = _clock.GetUtcNow() })]);
            _waiting.AddLast(line with { State = OutboxState.Pending });
        }
    }

    /// <summary>Somebody gave a request up, whether it waits or was refused.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public void Discard(OutboxEntry entry) => End(entry, new OutboxMark { Id = entry.Id, DiscardedAt = _clock.GetUtcNow() });

    /// <summary>Somebody gave all activity up: at once, so that who delivers it meanwhile finds the rest or nothing.</summary>
    /// <returns>How many requests waited.</returns>
    /// <exception cref="IOException">The disk refused.</exception>
    public int DiscardAll()
    {
        lock (Access)
        {
            var count = Index().Values.Count(static line => line.State == OutboxState.Pending);
            _waiting.Clear();
            _file.SetLength(0);
            return count;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    // What somebody else of this process delivered or gave up is gone for all who have the file open.
    private bool IsEmptied()
    {
        if (_isForResults || _file.Length > 0)
            return false;
        _waiting.Clear();
        return true;
    }

    private void End(OutboxEntry entry, OutboxMark mark)
    {
        lock (Access)
        {
            if (IsEmptied())
                return;
            for (var node = _waiting.First; node is not null; node = node.Next)
                if (EntryAt(node.Value).Id == entry.Id)
                {
                    _waiting.Remove(node);
                    break;
                }

            if (_isForResults || _waiting.Count > 0)
                Write([Line(mark)]);
            else
                _file.SetLength(0);
        }
    }

    private static byte[] Line(OutboxMark mark) => JsonSerializer.SerializeToUtf8Bytes(mark, OutboxJson.Readable.OutboxMark);

    private void Write(List<byte[]> lines)
    {
        var start = _file.Length;
        var bytes = new byte[lines.Sum(static line => line.Length + 1)];
        var at = 0;
        foreach (var line in lines)
        {
            line.CopyTo(bytes, at);
            at += line.Length;
            bytes[at++] = LineFeed;
        }

        try
        {
            RandomAccess.Write(_file.SafeFileHandle, bytes, start);
            if (_isForResults)
                _file.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            _file.SetLength(start); // a part may have found room
            throw;
        }
    }

    private OutboxItem Item(OutboxLine line)
    {
        var entry = EntryAt(line);
        return new(entry, line.State, line.State == OutboxState.Pending ? entry.CreatedAt : line.Since, line.Reason);
    }

    private OutboxEntry EntryAt(OutboxLine line) =>
        JsonSerializer.Deserialize(Bytes(line.Start, line.Length), OutboxJson.Readable.OutboxEntry)!;

    private byte[] Bytes(long start, int length)
    {
        var bytes = new byte[length];
        var read = 0;
        while (read < length)
        {
            var count = RandomAccess.Read(_file.SafeFileHandle, bytes.AsSpan(read), start + read);
            if (count == 0)
                throw new IOException("the outbox became shorter while it was read");
            read += count;
        }

        return bytes;
    }

    /// <summary>Where every request stands and what became of it; what is behind the last line feed is cut off.</summary>
    private OrderedDictionary<string, OutboxLine> Index()
    {
        var lines = new OrderedDictionary<string, OutboxLine>(StringComparer.Ordinal);
        var content = Bytes(0, (int)Math.Min(_file.Length, int.MaxValue));
        var start = 0;
        for (int end; (end = content.AsSpan(start).IndexOf(LineFeed)) >= 0; start += end + 1)
            Take(lines, content.AsSpan(start, end), start);
        if (start < _file.Length)
            _file.SetLength(start);
        return lines;
    }

    private static void Take(OrderedDictionary<string, OutboxLine> lines, ReadOnlySpan<byte> text, long start)
    {
        try
        {
            if (text.IndexOf("\"kind\":"u8) >= 0 && JsonSerializer.Deserialize(text, OutboxJson.Readable.OutboxEntry) is { } entry)
                lines.TryAdd(entry.Id, new OutboxLine(start, text.Length, OutboxState.Pending, default, null));
            else if (JsonSerializer.Deserialize(text, OutboxJson.Readable.OutboxMark) is { } mark && lines.TryGetValue(mark.Id, out var line))
                lines[mark.Id] = line.After(mark);
        }
        catch (JsonException)
        {
            return; // a line of a process that was killed while it wrote
        }
    }
}
