using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Platform;

/// <summary>The step of the registration that is due some time: one at most. One that breaks down is repeated, whatever it met.</summary>
/// <param name="grain">Whose turns it takes.</param>
/// <param name="clock">Time.</param>
/// <param name="step">The step.</param>
/// <param name="logger">The registration's log.</param>
internal sealed partial class RegistrationStep(IGrainBase grain, TimeProvider clock, Func<CancellationToken, Task> step, ILogger logger)
{
    private static readonly TimeSpan AfterBreakdown = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);

    private IGrainTimer? _timer;
    private bool _isOver;

    /// <summary>When it is due; <see langword="null"/> when none is.</summary>
    public DateTimeOffset? At { get; private set; }

    /// <summary>It is due after <paramref name="wait"/>, and not at another time; after a day at the latest.</summary>
    public void In(TimeSpan wait)
    {
        Never();
        if (_isOver)
            return;
        var limited = wait < TimeSpan.Zero ? TimeSpan.Zero : wait < LongestTimer ? wait : LongestTimer;
        At = clock.GetUtcNow() + wait;
        _timer = grain.RegisterGrainTimer(Take, new GrainTimerCreationOptions(limited, Timeout.InfiniteTimeSpan) { KeepAlive = true });
    }

    /// <summary>None is due.</summary>
    public void Never()
    {
        _timer?.Dispose();
        (_timer, At) = (null, null);
    }

    /// <summary>None will ever be due.</summary>
    public void End()
    {
        _isOver = true;
        Never();
    }

    private async Task Take(CancellationToken cancellationToken)
    {
        At = null;
        try
        {
            await step(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested || _isOver)
        {
            // It was put off, or the daemon ends.
        }
        catch (Exception failure)
        {
            Broke(failure);
            In(AfterBreakdown);
        }
    }
}
