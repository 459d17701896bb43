using System.Globalization;
using System.Text;
using Donmai.Core.Sessions.Logs;
using Donmai.Sessions;

namespace Donmai.Core.Sessions.Processes;

/// <summary>
/// What a session's two streams have shown so far. What they show goes into the session's log first, then the position is kept, then it is
/// passed on: wherever the daemon is killed, its successor goes on with the log without a line too few or twice.
/// </summary>
internal sealed class SessionOutput
{
    /// <summary>Name of standard error.</summary>
    internal const string ErrorStream = "stderr";

    private const string OutputStream = "stdout";

    private readonly Lock _reading = new();
    private readonly List<(string Stream, string Line)> _lines = [];
    private readonly string _recordPath;
    private readonly SessionLogFile _log;
    private readonly TimeProvider _clock;
    private readonly OutputTail _output;
    private readonly OutputTail _error;
    private OutputPosition _kept;
    private long _unlogged;
    private string? _trouble;
    private bool _isTroubleTold;

    private SessionOutput(string sessionId, string recordPath, SessionLogFile log, SecretRedactor secrets, OutputPosition from, TimeProvider clock)
    {
        SessionId = sessionId;
        _recordPath = recordPath;
        _log = log;
        _clock = clock;
        _kept = from;
        _output = new OutputTail(Path.Join(recordPath, SessionRecordFiles.StandardOutput), from.Output, secrets, log.Limits.OutputBytes);
        _error = new OutputTail(Path.Join(recordPath, SessionRecordFiles.StandardError), from.Error, secrets, log.Limits.OutputBytes);
    }

    /// <summary>The session.</summary>
    internal string SessionId { get; }

    /// <summary>The output of a session that is about to be started.</summary>
    internal static SessionOutput Begin(string sessionId, string recordPath, SessionLogFile log, SecretRedactor secrets, TimeProvider clock)
    {
        var output = new SessionOutput(sessionId, recordPath, log, secrets, default, clock);
        output.Try(() =>
        {
            log.Begin();
            OutputPosition.Forget(recordPath);
        });
        return output;
    }

    /// <summary>The output of a session that was started by a former daemon.</summary>
    internal static SessionOutput Resume(string sessionId, string recordPath, SessionLogFile log, SecretRedactor secrets, TimeProvider clock)
    {
        var from = OutputPosition.Read(recordPath) ?? default;
        var output = new SessionOutput(sessionId, recordPath, log, secrets, from, clock);
        output.Try(() =>
        {
            log.Resume(from.Logged);
            output._output.SkipFreed();
            output._error.SkipFreed();
        });
        return output;
    }

    /// <summary>Passes on what is new.</summary>
    /// <param name="atEnd">Whether nothing more will come: then a last line without line feed counts.</param>
    /// <param name="mayGoOn">Asked after every piece, of 64 KiB of each stream, whether there is time for another.</param>
    /// <param name="show">Receives stream and line.</param>
    /// <returns>Whether nothing is left.</returns>
    internal bool Read(bool atEnd, Func<bool> mayGoOn, Action<string, string> show)
    {
        lock (_reading)
            while (true)
            {
                var hasMore = _output.ReadPiece(atEnd, line => _lines.Add((OutputStream, line)))
                    | _error.ReadPiece(atEnd, line => _lines.Add((ErrorStream, line)));
                if (_lines.Count > 0)
                    PassOn(show);
                if (!hasMore)
                    return true;
                if (!mayGoOn())
                    return false;
            }
    }

    /// <summary>Why nothing can be written to the session's log, told once; <see langword="null"/> when all is well, or known.</summary>
    internal string? TakeTrouble()
    {
        lock (_reading)
        {
            if (_trouble is null || _isTroubleTold)
                return null;
            _isTroubleTold = true;
            return _trouble;
        }
    }

    private void PassOn(Action<string, string> show)
    {
        try
        {
            if (!Try(Log))
                _unlogged += _lines.Count;
            foreach (var (stream, line) in _lines)
                show(stream, line);
        }
        finally
        {
            _lines.Clear();
        }
    }

    private void Log()
    {
        var now = _clock.GetUtcNow();
        var text = new StringBuilder();
        if (_unlogged > 0)
            Add(text, now, ErrorStream, string.Create(CultureInfo.InvariantCulture, $"({_unlogged} lines could not be written here: {_trouble})"));
        foreach (var (stream, line) in _lines)
            Add(text, now, stream, line);
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        if (_log.IsFullFor(bytes.Length))
        {
            _log.Rotate();
            Keep(_kept with { Logged = 0 });
        }

        _log.Append(bytes);
        Keep(new OutputPosition(_output.Position, _error.Position, _log.Length));
        (_unlogged, _trouble, _isTroubleTold) = (0, null, false);
        _output.FreePassedOn();
        _error.FreePassedOn();
    }

    private void Keep(OutputPosition position)
    {
        position.Write(_recordPath);
        _kept = position;
    }

    /// <summary>A log that cannot be written holds up neither the session nor the daemon's own log.</summary>
    private bool Try(Action step)
    {
        try
        {
            step();
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _trouble = failure.Message;
            return false;
        }
    }

    private static void Add(StringBuilder text, DateTimeOffset now, string stream, string line) =>
        text.Append(new SessionLogLine { At = now, Stream = stream, Text = line }).Append('\n');
}
