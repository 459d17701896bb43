namespace Orleans.Runtime;

/// <summary>A timer whose ticks are calls of its own activation; the next one is due a period after the last one has ended.</summary>
internal sealed class GrainTimer : IGrainTimer
{
    /// <summary>The longest time that a timer of the platform knows.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(0xfffffffe);

    private readonly Activation _activation;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly CancellationTokenSource _stopped = new();
    private readonly TimerTick.Kind _kind;
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private TimeSpan _dueTime;
    private TimeSpan _period;
    private bool _ticking;
    private bool _changed;

    public GrainTimer(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        _activation = activation;
        _callback = callback;
        _kind = TimerTick.KindOf(options);
        using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
        {
            _timer = activation.Silo.Clock.CreateTimer(
                static state => ((GrainTimer)state!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Validate(dueTime, nameof(dueTime));
        Validate(period, nameof(period));
        lock (_gate)
        {
            (_dueTime, _period, _changed) = (dueTime, period, true);
            if (!_ticking)
            {
                Arm(dueTime);
            }
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        _activation.Timers.Remove(this);
        try
        {
            _stopped.Cancel();
        }
        catch (AggregateException exception)
        {
            _activation.Silo.Log.TimerFailed(exception, _activation.GrainId);
        }
    }

    /// <summary>Runs the callback; its failure is reported and does not stop the timer.</summary>
    internal async Task Tick()
    {
        if (_stopped.IsCancellationRequested)
        {
            return;
        }

        lock (_gate)
        {
            _changed = false;
        }

        try
        {
            await _callback(_stopped.Token);
        }
        catch (Exception exception)
        {
            _activation.Silo.Log.TimerFailed(exception, _activation.GrainId);
        }

        lock (_gate)
        {
            _ticking = false;
            if (!_stopped.IsCancellationRequested)
            {
                Arm(_changed ? _dueTime : _period);
            }
        }
    }

    private static void Validate(TimeSpan time, string name)
    {
        if (time != Timeout.InfiniteTimeSpan && (time < TimeSpan.Zero || time > Longest))
        {
            throw new ArgumentOutOfRangeException(name, time, $"A timer's time is between zero and {Longest}, or infinite.");
        }
    }

    private void Arm(TimeSpan dueTime) => _timer.Change(dueTime, Timeout.InfiniteTimeSpan);

    private void Fire()
    {
        lock (_gate)
        {
            if (_ticking || _stopped.IsCancellationRequested)
            {
                return;
            }

            _ticking = true;
        }

        _activation.TryDeliver(new GrainCall<Serialization.Invocation.Nothing>(_activation.GrainId, new TimerTick(this, _kind)));
    }
}
