using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Donmai.Worker.Sessions;

/// <summary>
/// The worker's own log: <c>worker.log</c> (0600, size-capped) and standard error, whose reader may be gone. Lines are at most 16 KiB
/// (worker.md §1.7, §1.8).
/// </summary>
internal sealed class WorkerLog : ILogger, IDisposable
{
    private const int LongestLine = 16 * 1024;
    private const long LargestFile = 16L * 1024 * 1024;

    private readonly Lock _writing = new();
    private readonly FileStream _file;
    private readonly TextWriter _console;
    private readonly Redaction _redaction;
    private readonly TimeProvider _clock;
    private bool _consoleBroken;

    /// <summary>Opens the log.</summary>
    /// <param name="path">The file; continued when it exists, started anew when it is too large.</param>
    /// <param name="console">Where warnings are repeated.</param>
    /// <param name="redaction">Hides secrets.</param>
    /// <param name="clock">Source of time.</param>
    public WorkerLog(string path, TextWriter console, Redaction redaction, TimeProvider clock)
    {
        _file = new FileStream(path, AtomicFile.Options(FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite));
        _file.Seek(0, SeekOrigin.End);
        _console = console;
        _redaction = redaction;
        _clock = clock;
    }

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
            return;
        var words = formatter(state, exception);
        var text = _redaction.Apply(exception is null ? words : $"{words}: {exception}").ReplaceLineEndings(" ⏎ ");
        if (text.Length > LongestLine / 4)
            text = text[..(LongestLine / 4)] + " …";
        lock (_writing)
        {
            WriteToFile(string.Create(CultureInfo.InvariantCulture, $"{_clock.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {logLevel} {text}\n"));
            if (logLevel >= LogLevel.Warning)
                WriteToConsole($"donmai agent: {text}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void WriteToFile(string line)
    {
        try
        {
            if (_file.Position > LargestFile)
                _file.SetLength(0);
            _file.Write(Encoding.UTF8.GetBytes(line));
        }
        catch (IOException refused)
        {
            WriteToConsole($"donmai agent: the log cannot be written: {refused.Message}");
        }
    }

    private void WriteToConsole(string line)
    {
        if (_consoleBroken)
            return;
        try
        {
            _console.WriteLine(line);
        }
        catch (IOException)
        {
            _consoleBroken = true;
        }
    }
}
