using System.Buffers;
using Donmai.Core.Sessions.Logs;
using Microsoft.Extensions.Logging;

namespace Donmai.Silo.Logging;

/// <summary>
/// Takes entries to one sink, on a thread of its own: whoever logs neither waits for a disk or a pipe nor hears of their failures. What
/// cannot be written, or comes faster than it can be written, is counted, and the count is written when writing works again.
/// </summary>
internal sealed class LogPump : IDisposable
{
    /// <summary>Entries that wait at most.</summary>
    public const int Capacity = 8192;

    /// <summary>Event id of the entry that tells of losses.</summary>
    public const int LossEvent = 5601;

    /// <summary>Event id of the entry that tells that a sink fails.</summary>
    public const int TroubleEvent = 5602;

    /// <summary>Longest time that the end of the program waits for what is still to be written.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    private readonly ILogSink _sink;
    private readonly ILogLayout _layout;
    private readonly SecretRedactor _secrets;
    private readonly TimeProvider _clock;
    private readonly Action<LogEntry>? _trouble;
    private readonly object _gate = new();
    private readonly Queue<LogEntry> _waiting = [];
    private readonly ArrayBufferWriter<byte> _line = new(1024);
    private readonly Thread _thread;
    private long _lost;
    private long _unsaid;
    private string _reason = "";
    private bool _failing;
    private bool _ending;

    /// <summary>Starts the thread.</summary>
    /// <param name="name">What the sink is called, for people.</param>
    /// <param name="sink">Where lines go. Owned.</param>
    /// <param name="layout">How they look.</param>
    /// <param name="secrets">What must not be written.</param>
    /// <param name="clock">Source of time.</param>
    /// <param name="trouble">Told once when the sink begins to fail.</param>
    public LogPump(string name, ILogSink sink, ILogLayout layout, SecretRedactor secrets, TimeProvider clock, Action<LogEntry>? trouble = null)
    {
        Name = name;
        _sink = sink;
        _layout = layout;
        _secrets = secrets;
        _clock = clock;
        _trouble = trouble;
        _thread = new Thread(Run) { IsBackground = true, Name = "log" };
        _thread.Start();
    }

    /// <summary>Entries that were not written, ever.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    private string Name { get; }

    /// <summary>Hands an entry over; never waits.</summary>
    public void Take(LogEntry entry)
    {
        lock (_gate)
        {
            if (_ending || _waiting.Count >= Capacity)
            {
                Lose("they came faster than they could be written");
                return;
            }

            _waiting.Enqueue(entry);
            if (_waiting.Count == 1)
                Monitor.Pulse(_gate);
        }
    }

    /// <summary>Writes what was handed over, as far as that is quick.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _ending = true;
            Monitor.Pulse(_gate);
        }

        if (_thread.Join(LastWords))
            _sink.Dispose();
    }

    private void Run()
    {
        while (Next() is { } entry)
        {
            SayLosses();
            Write(entry);
        }

        SayLosses();
    }

    private LogEntry? Next()
    {
        lock (_gate)
        {
            while (_waiting.Count == 0)
            {
                if (_ending)
                    return null;
                Monitor.Wait(_gate);
            }

            return _waiting.Dequeue();
        }
    }

    private void SayLosses()
    {
        long unsaid;
        string reason;
        lock (_gate)
            (unsaid, reason) = (_unsaid, _reason);
        if (unsaid == 0 || !TryWrite(Own(LogLevel.Warning, LossEvent, $"{unsaid} log entries are missing here: {reason}"), out _))
            return;
        _failing = false;
        lock (_gate)
            _unsaid -= unsaid;
    }

    private void Write(LogEntry entry)
    {
        if (TryWrite(entry, out var failure))
            return;
        lock (_gate)
            Lose(failure);
        if (_failing)
            return;
        _failing = true;
        _trouble?.Invoke(Own(LogLevel.Error, TroubleEvent, $"The log cannot be written to {Name}: {failure} Entries are counted until it can."));
    }

    private bool TryWrite(LogEntry entry, out string failure)
    {
        _line.ResetWrittenCount();
        try
        {
            _layout.Write(Masked(entry), _line);
            _sink.Write(_line.WrittenSpan);
            failure = "";
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            failure = refused.Message;
            return false;
        }
    }

    /// <summary>The one place where secrets are taken out, before any sink sees them.</summary>
    private LogEntry Masked(LogEntry entry) => entry with
    {
        Message = _secrets.Apply(entry.Message),
        Exception = entry.Exception is { } exception ? _secrets.Apply(exception) : null,
        Fields = [.. entry.Fields.Select(field => field.Value is string text ? new(field.Key, _secrets.Apply(text)) : field)],
        Scopes = [.. entry.Scopes.Select(_secrets.Apply)],
    };

    private void Lose(string reason)
    {
        _lost++;
        _unsaid++;
        _reason = reason;
    }

    private LogEntry Own(LogLevel level, int eventId, string message) => new()
    {
        Time = _clock.GetUtcNow(),
        Level = level,
        Category = typeof(LogPump).FullName!,
        EventId = eventId,
        Message = message,
    };
}
