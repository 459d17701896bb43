namespace Donmai.Grains.Sessions;

/// <summary>Sees to it that a session lives no longer than it may, however long that is (daemon-runtime.md §9.6).</summary>
/// <param name="grain">The session.</param>
/// <param name="clock">Time.</param>
/// <param name="deadline">When its time is over, as configured now; <see langword="null"/> for never.</param>
/// <param name="stayActive">Keeps the session's activation: the timer dies with it, and a machine that slept finds both overdue.</param>
/// <param name="reached">Told when its time is over.</param>
internal sealed class SessionDeadline(
    IGrainBase grain, TimeProvider clock, Func<DateTimeOffset?> deadline, Action stayActive, Func<Task> reached)
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(20); // timers of the system end at 49 days

    private IGrainTimer? _timer;

    /// <summary>Watches from now on.</summary>
    public void Watch()
    {
        Forget();
        if (deadline() is not { } end)
            return;
        var left = end - clock.GetUtcNow();
        left = left < TimeSpan.Zero ? TimeSpan.Zero : left > LongestTimer ? LongestTimer : left;
        _timer = grain.RegisterGrainTimer(Look, new GrainTimerCreationOptions(left, Timeout.InfiniteTimeSpan) { KeepAlive = true, Interleave = true });
        stayActive();
    }

    /// <summary>Watches no longer.</summary>
    public void Forget()
    {
        _timer?.Dispose();
        _timer = null;
    }

    private Task Look(CancellationToken cancellationToken)
    {
        if (deadline() <= clock.GetUtcNow())
            return reached();
        Watch();
        return Task.CompletedTask;
    }
}
