using Donmai.Core.Platform;

namespace Donmai.Core.Tests.Platform;

public sealed class Pacing_the_loops
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory, Trait("spec", "PA-4")]
    [InlineData(1, 1)]
    [InlineData(1000, 1)]
    [InlineData(1001, 2)]
    [InlineData(1500, 2)]
    [InlineData(0, 30)]
    [InlineData(-5, 30)]
    [InlineData(int.MaxValue, 3600)]
    public void Intervals_are_whole_seconds(int milliseconds, int seconds) =>
        PlatformCadence.Interval(milliseconds, PlatformCadence.DefaultHeartbeat).ShouldBe(seconds * Second);

    [Fact]
    public void Waits_are_spread_by_a_tenth()
    {
        var cadence = new PlatformCadence(new Random(7));
        var waits = Enumerable.Range(0, 1000).Select(_ => cadence.Wait(30 * Second, failures: 0).TotalSeconds).ToList();

        waits.ShouldAllBe(static wait => wait >= 27 && wait <= 33);
        waits.Min().ShouldBeLessThan(28);
        waits.Max().ShouldBeGreaterThan(32);
    }

    [Fact]
    public void Failures_in_a_row_double_the_wait_up_to_a_minute()
    {
        var cadence = new PlatformCadence(new Random(7));

        double[] usual = [5, 10, 20, 40, 60, 60, 60];
        for (var failures = 0; failures < usual.Length; failures++)
            cadence.Wait(5 * Second, failures).TotalSeconds.ShouldBeInRange(usual[failures] * 0.9, Math.Min(60, usual[failures] * 1.1));
        cadence.Wait(5 * Second, int.MaxValue).ShouldBeLessThanOrEqualTo(60 * Second);
        cadence.Wait(120 * Second, failures: 4).TotalSeconds.ShouldBeInRange(108, 120);
    }

    [Fact]
    public void The_same_warning_is_due_every_five_minutes_and_another_one_at_once()
    {
        var time = new Daemon.ManualTime();
        var warnings = new RareWarnings(time);

        warnings.IsDue("away").ShouldBeTrue();
        warnings.IsDue("away").ShouldBeFalse();
        warnings.IsDue("refused").ShouldBeTrue();
        time.Advance(TimeSpan.FromMinutes(5));
        warnings.IsDue("refused").ShouldBeTrue();
        warnings.Reset();
        warnings.IsDue("refused").ShouldBeTrue();
    }

    [Theory, Trait("spec", "PA-20")]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("ok", false)]
    [InlineData("unauthorized", false)]
    [InlineData("some_new_thing", false)]
    [InlineData("a pool_x", false)]
    [InlineData("pool_deleted", true)]
    [InlineData("pool_draining", true)]
    [InlineData("pool_disabled", true)]
    [InlineData("  POOL_frozen ", true)]
    public void Words_about_the_pool_suspend_claiming(string? status, bool suspended) => HostStatusRules.SuspendsClaiming(status).ShouldBe(suspended);
}
