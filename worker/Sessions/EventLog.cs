using System.Text;
using System.Text.Json;
using Donmai.Sessions.Events;

namespace Donmai.Worker.Sessions;

/// <summary>
/// <c>events.jsonl</c>: every delivered event in order, numbered from 1 without gaps over all attempts, with the time it was written
/// (worker.md §2.7). An incomplete last line of a killed worker is cut off when it is opened.
/// </summary>
internal sealed class EventLog : IDisposable
{
    private const byte LineFeed = (byte)'\n';
    private const int NoSpaceLeft = 28;

    private readonly Lock _writing = new();
    private readonly FileStream _file;
    private readonly Redaction _redaction;
    private readonly TimeProvider _clock;
    private readonly Action<IOException> _refused;
    private bool _failed;

    /// <summary>Opens the log.</summary>
    /// <param name="path">The file.</param>
    /// <param name="redaction">Hides secrets.</param>
    /// <param name="clock">Source of time.</param>
    /// <param name="refused">Told once when the disk refuses a line.</param>
    public EventLog(string path, Redaction redaction, TimeProvider clock, Action<IOException> refused)
    {
        _file = new FileStream(path, AtomicFile.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite));
        _redaction = redaction;
        _clock = clock;
        _refused = refused;
        LastNumber = Continue();
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

    // Cuts off an incomplete last line and finds the number of the last complete one.
    private long Continue()
    {
        long end = 0;
        long lastLine = 0;
        var buffer = new byte[64 * 1024];
        long position = 0;
        int count;
        while ((count = _file.Read(buffer)) > 0)
        {
            for (var index = 0; index < count; index++)
                if (buffer[index] == LineFeed)
                    (lastLine, end) = (end, position + index + 1);
            position += count;
        }

        _file.SetLength(end);
        return end == 0 ? 0 : NumberOf(lastLine, end);
    }

    private long NumberOf(long start, long end)
    {
        var line = new byte[end - start];
        _file.Position = start;
        _file.ReadExactly(line);
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
