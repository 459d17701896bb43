namespace Donmai.Grains.Platform;

/// <summary>
/// Repeats a step of the link to the platform: at once, then whenever the step says, sooner when asked; never two at a time. Used from the
/// grain's own turns only; the grain is not held up by a step.
/// </summary>
/// <param name="grain">Whose turns they are.</param>
/// <param name="clock">Time.</param>
/// <param name="step">
/// One step; returns the wait until the next one. It is told when the loop does not want its answer any more. What else it throws is the engine's to log.
/// </param>
internal sealed class PlatformLoop(IGrainBase grain, TimeProvider clock, Func<CancellationToken, Task<TimeSpan>> step)
{
    /// <summary>Steps that are asked for are this far apart, whoever asks.</summary>
    internal static readonly TimeSpan ClosestSteps = TimeSpan.FromSeconds(1);

    /// <summary>What a step that is under way has to come to its end when there are to be no more.</summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan AfterBreakdown = TimeSpan.FromSeconds(30);

    private IGrainTimer? _timer;
    private Task _running = Task.CompletedTask;
    private CancellationTokenSource? _calls;
    private long? _began;
    private bool _again;

    /// <summary>Whether steps are repeated.</summary>
    public bool IsActive { get; private set; }

    /// <summary>Begins with a step at once; repeating it is harmless.</summary>
    public void Begin()
    {
        if (IsActive)
            return;
        IsActive = true;
        Arm(TimeSpan.Zero);
    }

    /// <summary>The next step does not wait for its time.</summary>
    public void Soon()
    {
        if (!IsActive)
            return;
        if (_running.IsCompleted)
            Arm(Earliest());
        else
            _again = true;
    }

    /// <summary>
    /// No more steps. One that is under way is waited for as long as it waits for nobody else: its calls are given up, and work that it hands over goes on.
    /// </summary>
    public async Task End()
    {
        IsActive = false;
        _timer?.Dispose();
        if (await HasEnded())
            return;
        await (_calls?.CancelAsync() ?? Task.CompletedTask);
        await HasEnded();
    }

    private async Task<bool> HasEnded()
    {
        using var enough = new CancellationTokenSource();
        await Task.WhenAny(_running, Task.Delay(Grace, clock, enough.Token)); // what it throws its own tick has told
        await enough.CancelAsync();
        return _running.IsCompleted;
    }

    private TimeSpan Earliest()
    {
        if (_began is not { } began || clock.GetElapsedTime(began) is var since && since >= ClosestSteps)
            return TimeSpan.Zero;
        return ClosestSteps - since;
    }

    private void Arm(TimeSpan due)
    {
        _timer?.Dispose();
        _timer = grain.RegisterGrainTimer(
            () => _running.IsCompleted ? _running = Run() : Task.CompletedTask,
            new GrainTimerCreationOptions(due, Timeout.InfiniteTimeSpan) { Interleave = true, KeepAlive = true });
    }

    private async Task Run()
    {
        (_began, _again) = (clock.GetTimestamp(), false);
        var wait = AfterBreakdown;
        using var calls = new CancellationTokenSource();
        _calls = calls;
        try
        {
            wait = await step(calls.Token);
        }
        catch (OperationCanceledException) when (calls.IsCancellationRequested)
        {
            // There are to be no more steps.
        }
        finally
        {
            _calls = null;
            if (IsActive)
                Arm(_again ? Earliest() : wait);
        }
    }
}
