using Donmai.Sessions;
using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Daemon;

/// <summary>
/// Waits until no session is left; at the deadline it ends the rest (daemon-runtime.md §9.7). It is told of each end and never holds up a turn;
/// the timer is for the deadline alone.
/// </summary>
/// <param name="grain">The daemon, which accepts no work meanwhile.</param>
/// <param name="spawner">Who has the sessions.</param>
/// <param name="clock">Time.</param>
/// <param name="logger">The daemon's log.</param>
/// <param name="over">Told once when no session is left, or no longer waited for.</param>
internal sealed partial class SessionDrain(IGrainBase grain, ISpawnerGrain spawner, TimeProvider clock, ILogger logger, Func<Task> over)
{
    /// <summary>What a session needs beyond its grace period: processes that resist, its archive.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(30);

    /// <summary>The same for somebody who has asked for an end at once.</summary>
    private static readonly TimeSpan SettlingInHaste = TimeSpan.FromSeconds(10);

    // One that was only just being started when the others were asked to end, is asked then.
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(20); // timers of the system end at 49 days

    private IGrainTimer? _timer;
    private List<SessionStopOutcome> _asked = [];
    private (long Since, TimeSpan Time) _waiting; // by a clock that nobody sets
    private (long Since, TimeSpan Time)? _settling;
    private TimeSpan _grace;
    private bool _inHaste;
    private bool _isOver;

    /// <summary>Begins to wait.</summary>
    /// <param name="timeout">Until the rest is ended.</param>
    /// <param name="grace">What a session gets between TERM and KILL.</param>
    /// <param name="inHaste">Whether it gets none and nobody is waited for, as after <see cref="Hurry"/>.</param>
    public async Task Begin(TimeSpan timeout, TimeSpan grace, bool inHaste)
    {
        (_waiting, _grace, _inHaste) = ((clock.GetTimestamp(), timeout), grace, _inHaste || inHaste);
        var left = (await spawner.Admission()).Active;
        if (_isOver)
            return;
        if (left == 0)
        {
            await Finish();
            return;
        }

        Waiting(left, timeout);
        await Look(CancellationToken.None);
    }

    /// <summary>The rest is ended now, without a grace period.</summary>
    public Task Hurry()
    {
        (_inHaste, _settling) = (true, null);
        return Look(CancellationToken.None);
    }

    /// <summary>A session has ended.</summary>
    public async Task SessionEnded(SessionHandle ended, int left)
    {
        if (_isOver)
            return;
        OneLess(ended.SessionId, ended.State, left);
        if (left == 0)
            await Finish();
    }

    /// <summary>Waits no longer; nobody is told.</summary>
    public void Forget()
    {
        _isOver = true;
        _timer?.Dispose();
    }

    private async Task Look(CancellationToken cancellationToken)
    {
        if (_isOver)
            return;
        if (!_inHaste && Left(_waiting) is var left && left > TimeSpan.Zero)
        {
            Arm(left);
            return;
        }

        if (_settling is { } settling && Left(settling) <= TimeSpan.Zero)
        {
            await GiveUp();
            return;
        }

        var isFirst = _settling is null;
        _settling ??= (clock.GetTimestamp(), _inHaste ? SettlingInHaste : _grace + Settling);
        Arm(AskAgain);
        await EndRest(isFirst);
    }

    private TimeSpan Left((long Since, TimeSpan Time) wait) => wait.Time - clock.GetElapsedTime(wait.Since);

    private void Arm(TimeSpan due)
    {
        _timer?.Dispose();
        _timer = grain.RegisterGrainTimer(
            Look,
            new GrainTimerCreationOptions(due < LongestTimer ? due : LongestTimer, Timeout.InfiniteTimeSpan) { Interleave = true, KeepAlive = true });
    }

    private async Task EndRest(bool isFirst)
    {
        try
        {
            _asked = await spawner.EndAll(new SessionStopRequest { Mode = SessionStopMode.Drained, Immediately = _inHaste });
            if (isFirst)
                Ending(_asked.Count);
        }
        catch (Exception failure)
        {
            NotEnded(failure);
        }
    }

    private Task GiveUp()
    {
        LeftBehind(_asked.Count, string.Join(", ", _asked.Select(static session => session.SessionId)));
        return Finish();
    }

    private Task Finish()
    {
        if (_isOver)
            return Task.CompletedTask;
        Forget();
        return over();
    }
}
