using Donmai.Core.Daemon;
using Donmai.Core.Sessions;
using Donmai.Sessions;

namespace Donmai.Grains.Sessions;

/// <summary>
/// The two clocks of a session: it lives no longer than it may (daemon-runtime.md §9.6), and it does not go on without doing anything
/// (§15.1, the no-progress watchdog, which every event of the session winds up again).
/// </summary>
/// <param name="grain">The session.</param>
/// <param name="session">Its record.</param>
/// <param name="configuration">The limits of sessions that bring none.</param>
/// <param name="clock">Time.</param>
/// <param name="stayActive">Keeps the session's activation for a time.</param>
/// <param name="stop">Ends the session, in this mode.</param>
internal sealed class SessionTimeLimits(
    IGrainBase grain,
    Func<SessionRecord> session,
    IDaemonConfiguration configuration,
    TimeProvider clock,
    Action<TimeSpan> stayActive,
    Func<string, Task> stop)
{
    private SessionDeadline? _life;
    private SessionDeadline? _progress;

    /// <summary>Watches from now on.</summary>
    public void Watch()
    {
        _life ??= new SessionDeadline(grain, clock, EndOfLife, StayActive, () => stop(SessionStopMode.Timeout));
        _progress ??= new SessionDeadline(grain, clock, EndOfPatience, StayActive, () => stop(SessionStopMode.NoProgress));
        _life.Watch();
        _progress.Watch();
    }

    /// <summary>Watches no longer.</summary>
    public void Forget()
    {
        _life?.Forget();
        _progress?.Forget();
        stayActive(TimeSpan.Zero);
    }

    private DateTimeOffset? EndOfLife() =>
        session().Start is { } start ? start.AcceptedAt + SessionViews.MaxDuration(start, configuration.Current) : null;

    private DateTimeOffset? EndOfPatience() =>
        configuration.Current.SessionNoProgressSeconds is > 0 and var seconds ? LastProgress() + TimeSpan.FromSeconds(seconds) : null;

    /// <summary>The last event, or the beginning while there was none.</summary>
    private DateTimeOffset? LastProgress()
    {
        var events = Path.Join(session().Lease.RecordPath, SessionRecordFiles.Events);
        var written = new DateTimeOffset(File.GetLastWriteTimeUtc(events)); // long ago when there is no file
        return session().Start?.AcceptedAt is { } accepted && accepted > written ? accepted : written;
    }

    private void StayActive() => stayActive(Timeout.InfiniteTimeSpan);
}
