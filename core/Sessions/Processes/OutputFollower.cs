using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Donmai.Core.Sessions.Processes;

/// <summary>
/// Puts what workers print into the daemon's log (daemon-runtime.md §9.4). The files are looked at at a leisurely pace while a session
/// lives and once more, to their end, before its end is reported.
/// </summary>
internal sealed partial class OutputFollower : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<SessionOutput, bool> _followed = new();
    private readonly ILogger<OutputFollower> _log;
    private readonly ITimer _timer;
    private int _reading;

    public OutputFollower(TimeProvider clock, ILogger<OutputFollower> log)
    {
        _log = log;
        _timer = clock.CreateTimer(static follower => ((OutputFollower)follower!).ReadAll(), this, Period, Period);
    }

    /// <summary>Follows a session from now on.</summary>
    internal void Follow(SessionOutput output) => _followed[output] = true;

    /// <summary>Logs what is left and follows the session no longer.</summary>
    internal void Drain(SessionOutput output)
    {
        _followed.TryRemove(output, out _);
        Read(output, atEnd: true);
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void ReadAll()
    {
        // A slow log makes the next look later, not parallel.
        if (Interlocked.Exchange(ref _reading, 1) != 0)
            return;
        try
        {
            foreach (var output in _followed.Keys)
                Read(output, atEnd: false);
        }
        finally
        {
            Volatile.Write(ref _reading, 0);
        }
    }

    private void Read(SessionOutput output, bool atEnd)
    {
        try
        {
            output.Read(
                atEnd,
                _log.IsEnabled(LogLevel.Information) ? LogOutput : null,
                _log.IsEnabled(LogLevel.Warning) ? LogError : null);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LogUnreadable(output.SessionId, failure.Message);
        }
    }

    private void LogOutput(string sessionId, string line) => LogOutput("stdout", sessionId, line);

    private void LogError(string sessionId, string line) => LogError("stderr", sessionId, line);
}
