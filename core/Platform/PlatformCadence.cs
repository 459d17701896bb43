namespace Donmai.Core.Platform;

/// <summary>How long a loop of the link to the platform waits (platform-api.md §3, daemon-runtime.md §15.3).</summary>
/// <param name="random">Spreads the machines of a fleet.</param>
public sealed class PlatformCadence(Random random)
{
    /// <summary>Between two beats when the platform does not say.</summary>
    public static readonly TimeSpan DefaultHeartbeat = TimeSpan.FromSeconds(30);

    /// <summary>Between two polls when the platform does not say.</summary>
    public static readonly TimeSpan DefaultPoll = TimeSpan.FromSeconds(5);

    /// <summary>Longest wait after failures.</summary>
    public static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(60);

    /// <summary>Longest interval that the platform can ask for.</summary>
    public static readonly TimeSpan LongestInterval = TimeSpan.FromHours(1);

    private const double Spread = 0.1;
    private const int MillisecondsPerSecond = 1000;

    /// <summary>An interval in whole seconds, at least one.</summary>
    /// <param name="milliseconds">What the platform has said; 0 and less for nothing.</param>
    /// <param name="usual">The interval when it has said nothing.</param>
    public static TimeSpan Interval(int milliseconds, TimeSpan usual)
    {
        if (milliseconds <= 0)
            return usual;
        var interval = TimeSpan.FromSeconds(Math.Ceiling((double)milliseconds / MillisecondsPerSecond));
        return interval < LongestInterval ? interval : LongestInterval;
    }

    /// <summary>The wait for the next step: the interval, doubled with every failure in a row, give or take a tenth.</summary>
    /// <param name="interval">The usual one.</param>
    /// <param name="failures">Steps in a row that have failed.</param>
    public TimeSpan Wait(TimeSpan interval, int failures)
    {
        var longest = interval > LongestBackOff ? interval : LongestBackOff;
        var wait = Math.Min(longest.TotalMilliseconds, interval.TotalMilliseconds * Math.Pow(2, Math.Min(failures, 16)));
        var spread = wait * (1 - Spread + (2 * Spread * random.NextDouble()));
        return TimeSpan.FromMilliseconds(failures == 0 ? spread : Math.Min(spread, longest.TotalMilliseconds));
    }
}
