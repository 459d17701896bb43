using System.Text.Json;
using Donmai.Sessions.Events;
using Microsoft.Extensions.Logging;

namespace Donmai.Core.Sessions;

/// <summary>
/// Reads an event log and its parts forward from the beginning. It holds no file open between reads: the file may appear late, and may be replaced by a
/// copy of itself. A file that has become shorter is read again; whoever listens knows by the numbers what it has seen.
/// </summary>
internal sealed partial class EventLogReader(string path, ILogger log)
{
    private const int Chunk = 64 * 1024;

    // An event may quote a whole file; beyond this a line is damage.
    private const int LongestLine = 128 * 1024 * 1024;

    private byte[] _buffer = new byte[Chunk];
    private int _start;
    private int _scanned;
    private int _end;
    private long _offset;
    private long _lastSeq;
    private bool _isSkipping;
    private int _partsRead;

    private bool HasNextPart => File.Exists(EventLogParts.PathOf(path, _partsRead + 1));

    /// <summary>Number of the last complete event in the log, found from its end; 0 when there is none.</summary>
    internal static async ValueTask<long> LastSeq(string path, CancellationToken cancellationToken)
    {
        if (await LastSeqInFile(path, cancellationToken) is > 0 and var last)
            return last;
        var parts = EventLogParts.Count(path);
        return parts == 0 ? 0 : await LastSeqInFile(EventLogParts.PathOf(path, parts), cancellationToken);
    }

    private static async ValueTask<long> LastSeqInFile(string path, CancellationToken cancellationToken)
    {
        if (new FileInfo(path) is not { Exists: true, Length: > 0 and var length })
            return 0;
        using var file = Open(path);
        for (long window = Chunk; ; window *= 4)
        {
            var from = Math.Max(0, length - window);
            var tail = new byte[length - from];
            var count = await RandomAccess.ReadAsync(file, tail, from, cancellationToken);
            if (LastSeqIn(tail.AsSpan(0, count), isWhole: from == 0) is { } found)
                return found;
            if (from == 0)
                return 0;
        }
    }

    /// <summary>Reads what was added to the log.</summary>
    /// <returns>Whether there was anything, or may be.</returns>
    internal async ValueTask<bool> ReadMore(CancellationToken cancellationToken)
    {
        var isPart = HasNextPart;
        var file = isPart ? EventLogParts.PathOf(path, _partsRead + 1) : path;
        var length = new FileInfo(file) is { Exists: true } found ? found.Length : 0;
        if (isPart && length <= _offset)
        {
            (_partsRead, _offset) = (_partsRead + 1, 0);
            return true;
        }

        if (length < _offset)
        {
            if (HasNextPart)
                return true; // it was set aside meanwhile
            (_offset, _start, _scanned, _end, _lastSeq) = (0, 0, 0, 0, _partsRead == 0 ? 0 : _lastSeq);
        }

        return length != _offset && await Read(file, isPart, cancellationToken);
    }

    private async ValueTask<bool> Read(string file, bool isPart, CancellationToken cancellationToken)
    {
        MakeRoom();
        try
        {
            using var handle = Open(file);
            var count = await RandomAccess.ReadAsync(handle, _buffer.AsMemory(_end), _offset, cancellationToken);
            if (!isPart && HasNextPart)
                return true; // it was set aside meanwhile, and this may be of the next one
            _offset += count;
            _end += count;
            return count > 0;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    /// <summary>The next event that was read; <see langword="null"/> when more has to be read first.</summary>
    internal AgentEvent? Take()
    {
        while (_buffer.AsSpan(_scanned, _end - _scanned).IndexOf((byte)'\n') is >= 0 and var at)
        {
            var line = _buffer.AsSpan(_start, _scanned + at - _start);
            _start = _scanned = _scanned + at + 1;
            if (_isSkipping)
                _isSkipping = false;
            else if (Parse(line, mayBeTorn: false) is { } found)
                return found;
        }

        _scanned = _end;
        return null;
    }

    /// <summary>The event on a last line without line feed, if it is whole.</summary>
    internal AgentEvent? TakeUnterminated()
    {
        var line = _buffer.AsSpan(_start, _end - _start);
        (_start, _scanned) = (_end, _end);
        return _isSkipping ? null : Parse(line, mayBeTorn: true);
    }


    private static Microsoft.Win32.SafeHandles.SafeFileHandle Open(string path) =>
        File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    private static long? LastSeqIn(ReadOnlySpan<byte> tail, bool isWhole)
    {
        while (!tail.IsEmpty)
        {
            var before = tail[..^1].LastIndexOf((byte)'\n');
            if (before < 0 && !isWhole)
                return null;
            if (SeqOf(tail[(before + 1)..]) is { } seq)
                return seq;
            tail = tail[..(before + 1)];
        }

        return null;
    }

    private static long? SeqOf(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, ControlApiJson.Default.AgentEvent) is { Seq: > 0 and var seq } ? seq : null;
        }
        catch (Exception damaged) when (damaged is JsonException or NotSupportedException)
        {
            return null;
        }
    }

    private AgentEvent? Parse(ReadOnlySpan<byte> line, bool mayBeTorn)
    {
        if (line.Trim(" \r\t"u8).IsEmpty)
            return null;
        try
        {
            if (JsonSerializer.Deserialize(line, ControlApiJson.Default.AgentEvent) is not { } found)
                return null;
            // Logs of the reference carry no numbers: there the position is the number.
            _lastSeq = found.Seq > 0 ? found.Seq : _lastSeq + 1;
            return found.Seq > 0 ? found : found with { Seq = _lastSeq };
        }
        catch (Exception damaged) when (damaged is JsonException or NotSupportedException)
        {
            if (!mayBeTorn)
                LogUnreadableLine(log, path, _lastSeq, damaged.Message);
            return null;
        }
    }

    private void MakeRoom()
    {
        if (_end - _start >= LongestLine)
        {
            LogLineTooLong(log, path, _lastSeq, LongestLine);
            _isSkipping = true;
            _start = _scanned = _end;
        }

        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_end, _scanned, _start) = (_end - _start, _scanned - _start, 0);
        }

        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
    }
}
