namespace Donmai.Worker.Tests.Platform;

/// <summary>A clock whose pauses are over at once, and are written down. Limits, which are longer, take their time.</summary>
internal sealed class HastyClock : TimeProvider
{
    private readonly Lock _access = new();
    private readonly List<TimeSpan> _waits = [];
    private long _ahead;

    /// <summary>Waits at least this long are limits, not pauses.</summary>
    public TimeSpan LimitsFrom { get; init; } = TimeSpan.FromSeconds(4.5);

    public List<TimeSpan> Waits
    {
        get
        {
            lock (_access)
                return [.. _waits];
        }
    }

    public void Advance(TimeSpan time) => Interlocked.Add(ref _ahead, time.Ticks);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _ahead));

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => (long)(Environment.TickCount64 * (double)TimeSpan.TicksPerMillisecond) + Interlocked.Read(ref _ahead);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == Timeout.InfiniteTimeSpan || dueTime >= LimitsFrom || dueTime == TimeSpan.Zero)
            return base.CreateTimer(callback, state, dueTime, period);
        lock (_access)
            _waits.Add(dueTime);
        Advance(dueTime);
        return base.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
