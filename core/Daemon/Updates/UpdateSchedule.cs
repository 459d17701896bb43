namespace Donmai.Core.Daemon.Updates;

/// <summary>When updates are looked for (daemon-runtime.md §12.6).</summary>
/// <param name="clock">Time, and the local time zone.</param>
/// <param name="random">Spreads the machines over the half hour.</param>
public sealed class UpdateSchedule(TimeProvider clock, Random random)
{
    private const string Nightly = "nightly";
    private const string OnRelease = "on-release";

    private static readonly TimeSpan Night = TimeSpan.FromHours(3); // local time of day
    private static readonly TimeSpan Spread = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan BetweenChecks = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan LatestStart = TimeSpan.FromHours(1);
    private static readonly TimeSpan ClockStep = TimeSpan.FromMinutes(15);

    /// <summary>When to look next; <see langword="null"/> for only on request.</summary>
    /// <param name="schedule"><c>nightly</c>, <c>on-release</c> or <c>manual</c>.</param>
    /// <param name="lastCheck">When it was looked last; <see langword="null"/> for never.</param>
    public DateTimeOffset? Next(string schedule, DateTimeOffset? lastCheck)
    {
        var now = clock.GetUtcNow();
        var last = lastCheck > now ? now : lastCheck; // the clock may have been put back
        return schedule switch
        {
            Nightly => NextNight(now, last),
            OnRelease => last is { } check ? check + BetweenChecks : now,
            _ => null,
        };
    }

    /// <summary>
    /// Whether the moment has gone by unused, on a machine that was asleep: a night's update is not made up for during the day, when it would cost
    /// somebody a session.
    /// </summary>
    public bool IsMissed(string schedule, DateTimeOffset due) => schedule == Nightly && clock.GetUtcNow() - due > LatestStart;

    private DateTimeOffset NextNight(DateTimeOffset now, DateTimeOffset? lastCheck)
    {
        var delay = TimeSpan.FromSeconds(random.Next((int)Spread.TotalSeconds + 1));
        for (var date = TimeZoneInfo.ConvertTime(now, clock.LocalTimeZone).Date; ; date = date.AddDays(1))
        {
            var night = InUtc(date + Night);
            if (night + delay > now && !(lastCheck >= night))
                return night + delay;
        }
    }

    /// <summary>A local time as a moment. The first of two in autumn; the first after it that exists in spring.</summary>
    private DateTimeOffset InUtc(DateTime local)
    {
        var zone = clock.LocalTimeZone;
        while (zone.IsInvalidTime(local))
            local += ClockStep;
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
