using Donmai.Core.Sessions.Logs;
using Microsoft.Extensions.Logging;

namespace Donmai.Silo.Logging;

/// <summary>
/// The log of a daemon: standard error, and a file. Nobody who logs ever waits for it or is ended by it. What is logged before
/// <see cref="Open"/> is kept until then, so that warnings about the configuration go where the configuration says.
/// </summary>
public sealed class DaemonLog : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly Lock _gate = new();
    private readonly List<LogEntry> _early = [];
    private LogPump[]? _pumps;
    private bool _closed;

    /// <summary>Creates the log.</summary>
    /// <param name="secrets">What must not be written.</param>
    /// <param name="clock">Source of time; <see langword="null"/> for the system's.</param>
    public DaemonLog(SecretRedactor secrets, TimeProvider? clock = null)
    {
        Secrets = secrets;
        _clock = clock ?? TimeProvider.System;
    }

    /// <summary>What must not be written.</summary>
    public SecretRedactor Secrets { get; }

    /// <summary>Entries that no sink could be given, counted for each sink.</summary>
    public long Lost => _pumps?.Sum(static pump => pump.Lost) ?? 0;

    /// <summary>Adds the log to a logger factory, from <paramref name="least"/> upwards.</summary>
    /// <param name="logging">The factory's builder.</param>
    /// <param name="least">The least important level that is logged; of the web server and the engine, warnings at least unless all is asked for.</param>
    public void AddTo(ILoggingBuilder logging, LogLevel least)
    {
        var ofFramework = least is LogLevel.Information ? LogLevel.Warning : least;
        logging
            .SetMinimumLevel(least)
#pragma warning disable CA2000 // The factory disposes of it.
            .AddProvider(new DaemonLogProvider(Take, _clock))
#pragma warning restore CA2000
            // Otherwise the web server makes an activity and a log scope for every request, which nobody reads.
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None)
            .AddFilter("Microsoft", ofFramework)
            .AddFilter("Orleans", ofFramework);
    }

    /// <summary>Begins to write.</summary>
    public void Open(DaemonLogOptions options)
    {
        lock (_gate)
        {
            if (_pumps is not null || _closed)
                return;
            var error = ErrorPump(options);
            _pumps = options.Path is null ? [error] : [error, FilePump(options, error)];
            foreach (var entry in _early)
                Hand(entry, _pumps);
            _early.Clear();
        }
    }

    /// <summary>Writes what was logged, as far as that is quick. Nothing is logged from then on.</summary>
    public void Dispose()
    {
        Open(new DaemonLogOptions()); // nobody said where: what was logged is for standard error
        lock (_gate)
            _closed = true;
        foreach (var pump in (_pumps ?? []).Reverse())
            pump.Dispose(); // the file first: standard error is told of its trouble
    }

    private LogPump ErrorPump(DaemonLogOptions options)
    {
        var isJournal = options.StandardError is null && JournalPriority.IsOnStandardError();
        ILogLayout layout = options.Format is LogFormat.Ndjson ? new NdjsonLayout() : new TextLayout(withTime: !isJournal);
        return new LogPump(
            "standard error",
            new StreamSink(options.StandardError ?? Console.OpenStandardError()),
            isJournal ? new JournalPriority(layout) : layout,
            Secrets,
            _clock);
    }

    private LogPump FilePump(DaemonLogOptions options, LogPump error) => new(
        options.Path!,
        new RollingFile(options.Path!, options.LargestFile, options.FilesKept, _clock),
        options.Format is LogFormat.Ndjson ? new NdjsonLayout() : new TextLayout(withTime: true),
        Secrets,
        _clock,
        error.Take);

    private void Take(LogEntry entry)
    {
        var pumps = Volatile.Read(ref _pumps);
        if (pumps is null)
        {
            lock (_gate)
            {
                pumps = _pumps;
                if (pumps is null && !_closed && _early.Count < LogPump.Capacity)
                    _early.Add(entry);
            }
        }

        if (pumps is not null)
            Hand(entry, pumps);
    }

    private static void Hand(LogEntry entry, LogPump[] pumps)
    {
        foreach (var pump in pumps)
            pump.Take(entry);
    }
}
