using System.Text;
using System.Text.Json;
using Donmai.Core.Sessions;
using Donmai.Sessions.Events;

namespace Donmai.Worker.Sessions;

/// <summary>
/// <c>events.jsonl</c>: every delivered event in order, numbered from 1 without gaps over all attempts, with the time it was written
/// (worker.md §2.7). An incomplete last line of a killed worker is cut off when it is opened. A log of 256 MiB is set aside as a part, see
/// <see cref="EventLogParts"/>.
/// </summary>
internal sealed class EventLog : IDisposable
{
    private const byte LineFeed = (byte)'\n';
    private const int NoSpaceLeft = 28;
    private const long LargestPart = 256L * 1024 * 1024;

    private readonly Lock _writing = new();
    private readonly string _path;
    private readonly long _largestPart;
    private readonly Redaction _redaction;
    private readonly TimeProvider _clock;
    private readonly Action<IOException> _refused;
    private FileStream _file;
    private int _parts;
    private bool _failed;

    /// <summary>Opens the log.</summary>
    /// <param name="path">The file.</param>
    /// <param name="redaction">Hides secrets.</param>
    /// <param name="clock">Source of time.</param>
    /// <param name="refused">Told once when the disk refuses a line.</param>
    /// <param name="largestPart">Size in bytes from which it is set aside.</param>
    public EventLog(string path, Redaction redaction, TimeProvider clock, Action<IOException> refused, long largestPart = LargestPart)
    {
        _path = path;
        _largestPart = largestPart;
        _parts = EventLogParts.Count(path);
        _file = Open(path);
        _redaction = redaction;
        _clock = clock;
        _refused = refused;
        LastNumber = Continue(_file);
        if (LastNumber == 0 && _parts > 0)
        {
            using var part = Open(EventLogParts.PathOf(path, _parts));
            LastNumber = Continue(part);
        }
    }

    /// <summary>Number of the last event.</summary>
    public long LastNumber { get; private set; }

    /// <summary>Whether an error of the disk says that it is full.</summary>
    public static bool IsDiskFull(IOException error) => (error.HResult & 0xffff) == NoSpaceLeft;

    /// <summary>Writes an event down.</summary>
    /// <param name="happening">The event.</param>
    /// <param name="turn">Turn it belongs to, from 1; 0 for the worker's own.</param>
    /// <returns>The event as it was written.</returns>
    public AgentEvent Append(AgentEvent happening, int turn)
    {
        lock (_writing)
        {
            var written = happening with { Seq = LastNumber + 1, Ts = _clock.GetUtcNow(), Turn = turn };
            var line = _redaction.ApplyToObject(JsonSerializer.Serialize(written, WorkerFilesJson.Readable.AgentEvent)) + "\n";
            if (Write(line))
                LastNumber++;
            if (_file.Position >= _largestPart)
                SetAside();
            return written;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private bool Write(string line)
    {
        var start = _file.Position;
        try
        {
            _file.Write(Encoding.UTF8.GetBytes(line));
            return true;
        }
        catch (IOException error)
        {
            _file.SetLength(start); // a part of the line may have found room
            _file.Position = start;
            if (!_failed)
                _refused(error);
            _failed = true;
            return false;
        }
    }

    private static FileStream Open(string path) =>
        new(path, AtomicFile.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete));

    // A disk that refuses this lets the log grow.
    private void SetAside()
    {
        try
        {
            File.Move(_path, EventLogParts.PathOf(_path, _parts + 1));
            _parts++;
            var full = _file;
            _file = Open(_path);
            full.Dispose();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return;
        }
    }

    // Cuts off an incomplete last line and finds the number of the last complete one.
    private static long Continue(FileStream file)
    {
        long end = 0;
        long lastLine = 0;
        var buffer = new byte[64 * 1024];
        long position = 0;
        int count;
        while ((count = file.Read(buffer)) > 0)
        {
            for (var index = 0; index < count; index++)
                if (buffer[index] == LineFeed)
                    (lastLine, end) = (end, position + index + 1);
            position += count;
        }

        file.SetLength(end);
        return end == 0 ? 0 : NumberOf(file, lastLine, end);
    }

    private static long NumberOf(FileStream file, long start, long end)
    {
        var line = new byte[end - start];
        file.Position = start;
        file.ReadExactly(line);
        try
        {
            return WorkerFilesJson.ReadEvent(Encoding.UTF8.GetString(line)).Seq;
        }
        catch (JsonException)
        {
            return 0;
        }
    }
}
