using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Donmai.Core.Sessions.Processes;

/// <summary>
/// Puts what workers print into their sessions' logs and the daemon's log (daemon-runtime.md §9.4). The files are looked at at a leisurely
/// pace while a session lives and once more, to their end, before its end is reported.
/// </summary>
internal sealed partial class OutputFollower : IDisposable
{
    /// <summary>Longest that reading to the end may take (daemon-runtime.md §9.4).</summary>
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(10);

    /// <summary>Then, how long a reader is waited for that is held up by the disk.</summary>
    private static readonly TimeSpan JoinLimit = TimeSpan.FromMilliseconds(250);

    /// <summary>64 KiB pieces of one session in a row: one that prints without end must not hold up the others.</summary>
    private const int PiecesInARow = 256;

    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<SessionOutput, bool> _followed = new(); // and whether it was told that it cannot be read
    private readonly ILogger<OutputFollower> _log;
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private int _reading;

    public OutputFollower(TimeProvider clock, ILogger<OutputFollower> log)
    {
        _log = log;
        _clock = clock;
        _timer = clock.CreateTimer(static follower => ((OutputFollower)follower!).ReadAll(), this, Period, Period);
    }

    /// <summary>Follows a session from now on.</summary>
    internal void Follow(SessionOutput output) => _followed[output] = false;

    /// <summary>Logs what is left and follows the session no longer; waits for it, but not without end.</summary>
    internal async Task DrainInTime(SessionOutput output)
    {
        try
        {
            await Task.Run(() => Drain(output)).WaitAsync(DrainLimit + JoinLimit, _clock);
        }
        catch (TimeoutException)
        {
            LogNotDrained(output.SessionId);
        }
    }

    /// <summary>Logs what is left and follows the session no longer.</summary>
    internal void Drain(SessionOutput output)
    {
        _followed.TryRemove(output, out _);
        var start = _clock.GetTimestamp();
        if (!Read(output, atEnd: true, () => _clock.GetElapsedTime(start) < DrainLimit))
            LogNotDrained(output.SessionId);
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
            {
                var left = PiecesInARow;
                Read(output, atEnd: false, () => --left > 0);
            }
        }
        finally
        {
            Volatile.Write(ref _reading, 0);
        }
    }

    private bool Read(SessionOutput output, bool atEnd, Func<bool> mayGoOn)
    {
        var isComplete = true;
        try
        {
            isComplete = output.Read(atEnd, mayGoOn, (stream, line) => Show(output.SessionId, stream, line));
            _followed.TryUpdate(output, false, true);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // Whatever a session prints must not end the daemon, nor keep the session's end from being reported.
            if (atEnd || _followed.TryUpdate(output, true, false))
                LogUnreadable(output.SessionId, failure.Message);
        }

        if (output.TakeTrouble() is { } trouble)
            LogNotLogged(output.SessionId, trouble);
        return isComplete;
    }

    private void Show(string sessionId, string stream, string line)
    {
        if (stream == SessionOutput.ErrorStream)
            LogError(stream, sessionId, line);
        else
            LogOutput(stream, sessionId, line);
    }
}
