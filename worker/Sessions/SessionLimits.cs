using Donmai.Sessions;

namespace Donmai.Worker.Sessions;

/// <summary>
/// What ends a session that takes too much (worker.md §2.2, §2.4, §7.5): its longest life and the stage's caps, measured from the same start, and
/// the longest time without an event and the least free disk while an agent works.
/// </summary>
internal sealed class SessionLimits : IDisposable
{
    private static readonly TimeSpan LeastDivided = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan DiskLook = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestTail = TimeSpan.FromMinutes(6);

    private readonly Lock _looking = new();
    private readonly List<CancellationTokenSource> _timers = [];
    private readonly SessionContext _session;
    private readonly SessionObservation _seen;
    private readonly StageCaps _caps;
    private readonly long _start;
    private readonly TimeSpan _patience;
    private ITimer? _disk;
    private ITimer? _progress;
    private long _lastEvent;

    /// <summary>Starts those that run from the beginning.</summary>
    /// <param name="session">The session.</param>
    /// <param name="seen">What is seen of its agent.</param>
    public SessionLimits(SessionContext session, SessionObservation seen)
    {
        _session = session;
        _seen = seen;
        _start = _lastEvent = session.Clock.GetTimestamp();
        var detail = session.Order.Detail;
        _caps = new StageCaps(detail.StageBudget);
        var limit = Shortest(
            session.Settings.SessionLimit, Ahead(TimeSpan.FromSeconds(detail.MaxDurationSeconds)), TimeSpan.FromSeconds(detail.InterviewBudget?.MaxWallClockSeconds ?? 0));
        _patience = Ahead(session.Settings.NoProgressLimit);
        After(limit, () => session.Stop.TryRequest(SessionEnd.OutOfTime(limit)));
        if (detail.StageBudget is { MaxDurationSeconds: > 0 and var stage } && TimeSpan.FromSeconds(stage) <= limit)
            After(TimeSpan.FromSeconds(stage), () => Look(TimeSpan.FromSeconds(stage)));
    }

    private TimeSpan Elapsed => _session.Clock.GetElapsedTime(_start);

    /// <summary>An agent works: from now on it must do something from time to time.</summary>
    public void ExpectProgress()
    {
        _disk ??= _session.Clock.CreateTimer(_ => LookAtDisk(), null, TimeSpan.Zero, DiskLook);
        if (_patience <= TimeSpan.Zero || _progress is not null)
            return;
        _lastEvent = _session.Clock.GetTimestamp();
        _progress = _session.Clock.CreateTimer(_ => LookForProgress(), null, _patience, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Nobody works: nothing is expected.</summary>
    public void ExpectNothing()
    {
        _disk?.Dispose();
        _progress?.Dispose();
        (_disk, _progress) = (null, null);
    }

    /// <summary>The agent has done something.</summary>
    public void Happened()
    {
        Volatile.Write(ref _lastEvent, _session.Clock.GetTimestamp());
        Look(Elapsed);
    }

    /// <summary>What the agent is to be told about a cap that is nearly reached.</summary>
    public string? Warning() => _caps.Warning(_seen, Elapsed);

    /// <summary>What the stage was allowed and used.</summary>
    public BudgetReport Report() => _caps.Report(_seen, Elapsed);

    /// <inheritdoc/>
    public void Dispose()
    {
        ExpectNothing();
        _timers.ForEach(static timer => timer.Dispose());
    }

    private void Look(TimeSpan elapsed)
    {
        StageBreach? breach;
        lock (_looking)
            breach = _caps.Look(_seen, elapsed);
        if (breach is not null)
            _session.Stop.TryRequest(SessionEnd.OverBudget(breach.Reason, breach.Detail));
    }

    private void LookAtDisk()
    {
        if (FreeSpace() is { } free && free < _session.Settings.RunningDiskFloor)
            _session.Stop.TryRequest(SessionEnd.Failed(
                FailureMode.ProviderError, ExitReason.DiskFull, $"only {free / (1024 * 1024)} MiB are free on the volume of '{_session.Places.Worktrees}'"));
    }

    private long? FreeSpace()
    {
        try
        {
            return new DriveInfo(_session.Places.Worktrees).AvailableFreeSpace;
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException)
        {
            return null; // a volume that says nothing ends nobody
        }
    }

    private void LookForProgress()
    {
        var left = _patience - _session.Clock.GetElapsedTime(Volatile.Read(ref _lastEvent));
        if (left <= TimeSpan.Zero)
            _session.Stop.TryRequest(SessionEnd.NoProgress(_patience));
        else
            _progress?.Change(left, Timeout.InfiniteTimeSpan);
    }

    private void After(TimeSpan time, Action act)
    {
        var timer = new CancellationTokenSource(time, _session.Clock);
        timer.Token.Register(act);
        _timers.Add(timer);
    }

    // The daemon ends the worker at this time, and what follows the agent must be done by then (worker.md §2.2).
    private static TimeSpan Ahead(TimeSpan ofDaemon) =>
        ofDaemon < LeastDivided ? ofDaemon : ofDaemon - (ofDaemon / 10 < LongestTail ? ofDaemon / 10 : LongestTail);

    private static TimeSpan Shortest(params ReadOnlySpan<TimeSpan> limits)
    {
        var shortest = TimeSpan.MaxValue;
        foreach (var limit in limits)
            if (limit > TimeSpan.Zero && limit < shortest)
                shortest = limit;
        return shortest;
    }
}
