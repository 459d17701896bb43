namespace Donmai.Worker.Tests;

/// <summary>A clock whose waits are over at once, and are written down.</summary>
internal sealed class FakeClock : TimeProvider
{
    private readonly Lock _access = new();
    private DateTimeOffset _now = new(2026, 5, 18, 9, 30, 0, TimeSpan.Zero);

    public List<TimeSpan> Waits { get; } = [];

    /// <summary>Waits at least this long never end: they are limits, not pauses.</summary>
    public TimeSpan LimitsFrom { get; init; } = TimeSpan.FromSeconds(9);

    public override DateTimeOffset GetUtcNow()
    {
        lock (_access)
            return _now;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == Timeout.InfiniteTimeSpan || dueTime >= LimitsFrom)
            return System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        lock (_access)
        {
            Waits.Add(dueTime);
            _now += dueTime;
        }

        return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
