namespace Donmai.Worker.Tests;

/// <summary>A clock that stands still until it is put forward; its timers fire then.</summary>
internal sealed class StandingClock : TimeProvider
{
    private readonly Lock _access = new();
    private readonly List<HandTimer> _timers = [];
    private DateTimeOffset _now = new(2026, 5, 18, 9, 30, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_access)
            return _now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new HandTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        lock (_access)
            _timers.Add(timer);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        List<HandTimer> due;
        lock (_access)
        {
            _now += by;
            due = _timers.FindAll(timer => timer.Due <= _now);
            due.ForEach(timer => timer.Due = timer.Period > TimeSpan.Zero ? _now + timer.Period : null);
        }

        due.ForEach(static timer => timer.Fire());
    }

    private sealed class HandTimer(StandingClock clock, Action fire) : ITimer
    {
        public DateTimeOffset? Due { get; set; }

        public TimeSpan Period { get; private set; }

        public Action Fire => fire;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            (Due, Period) = (dueTime < TimeSpan.Zero ? null : clock.GetUtcNow() + dueTime, period);
            return true;
        }

        public void Dispose()
        {
            lock (clock._access)
                clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
