namespace Donmai.Grains.Tests.Machines;

/// <summary>A clock that goes on by itself, so that the engine lives, and can be put forward; timers that fall due on the way fire.</summary>
internal sealed class TestClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly HashSet<ShiftedTimer> _timers = [];
    private readonly List<(Predicate<TimeSpan> Due, TaskCompletionSource Armed)> _awaited = [];
    private TimeSpan _offset;
    private TimeSpan _set;

    /// <summary>Timers that are set from now on and never fire.</summary>
    public Predicate<TimeSpan> NeverEnds { get; set; } = static _ => false;

    private TimeSpan Offset
    {
        get
        {
            lock (_gate)
                return _offset;
        }
    }

    private DateTimeOffset Elapsing => System.GetUtcNow() + Offset;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return System.GetUtcNow() + _offset + _set;
    }

    public override long GetTimestamp() => System.GetTimestamp() + (long)(Offset.TotalSeconds * TimestampFrequency);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ShiftedTimer(this, callback, state);
        lock (_gate)
            _timers.Add(timer);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Completes when a timer is set whose time fits: what is advanced before that would be lost on it.</summary>
    public Task Armed(Predicate<TimeSpan> due)
    {
        var armed = Eventually.Signal();
        lock (_gate)
            _awaited.Add((due, armed));
        return armed.Task.InTime();
    }

    public void Advance(TimeSpan by)
    {
        List<ShiftedTimer> timers;
        lock (_gate)
        {
            _offset += by;
            timers = [.. _timers];
        }

        timers.ForEach(timer => timer.Shift());
    }

    /// <summary>Somebody sets the machine's clock; no time passes.</summary>
    public void Set(TimeSpan by)
    {
        lock (_gate)
            _set += by;
    }

    private void Tell(TimeSpan due)
    {
        lock (_gate)
        {
            foreach (var awaited in _awaited)
                if (awaited.Due(due))
                    awaited.Armed.TrySetResult();
        }
    }

    private sealed class ShiftedTimer : ITimer
    {
        private readonly Lock _gate = new();
        private readonly TestClock _clock;
        private readonly ITimer _inner;
        private DateTimeOffset? _due;
        private TimeSpan _period;

        public ShiftedTimer(TestClock clock, TimerCallback callback, object? state)
        {
            _clock = clock;
            _inner = System.CreateTimer(Fire, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

            void Fire(object? _)
            {
                lock (_gate)
                    _due = _period > TimeSpan.Zero ? _clock.Elapsing + _period : null;
                callback(state);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (_clock.NeverEnds(dueTime))
                (dueTime, period) = (Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            bool changed;
            lock (_gate)
            {
                _due = dueTime < TimeSpan.Zero ? null : _clock.Elapsing + dueTime;
                _period = period;
                changed = _inner.Change(dueTime, period);
            }

            _clock.Tell(dueTime);
            return changed;
        }

        /// <summary>Brings the moment nearer; one that has passed is now.</summary>
        public void Shift()
        {
            lock (_gate)
            {
                if (_due is not { } due)
                    return;
                var left = due - _clock.Elapsing;
                _inner.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, _period);
            }
        }

        public void Dispose()
        {
            lock (_clock._gate)
                _clock._timers.Remove(this);
            _inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
