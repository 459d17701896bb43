using Donmai.Core.Daemon.Updates;

namespace Donmai.Core.Tests.Daemon.Updates;

public sealed class Planning_updates
{
    private static readonly TimeZoneInfo Athens = TimeZoneInfo.FindSystemTimeZoneById("Europe/Athens");

    [Fact]
    public void Nightly_is_at_three_in_the_local_night_and_up_to_half_an_hour_later()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var schedule = Schedule("2026-05-14T20:00:00Z", Athens, seed);

            var next = schedule.Next("nightly", null)!.Value;

            next.ShouldBeInRange(Moment("2026-05-15T00:00:00Z"), Moment("2026-05-15T00:30:00Z"));
        }
    }

    [Fact]
    public void The_machines_are_spread_over_the_half_hour() =>
        Enumerable.Range(0, 50).Select(static seed => Schedule("2026-05-14T20:00:00Z", Athens, seed).Next("nightly", null)).Distinct().Count().ShouldBeGreaterThan(40);

    [Theory]
    [InlineData("2026-05-14T02:00:00Z", null, 14)]
    [InlineData("2026-05-14T02:00:00Z", "2026-05-13T03:10:00Z", 14)]
    [InlineData("2026-05-14T02:00:00Z", "2026-05-14T01:00:00Z", 14)] // looked on request, before the night's turn
    [InlineData("2026-05-14T03:00:00Z", "2026-05-14T03:00:00Z", 15)] // this night's turn is over
    [InlineData("2026-05-14T03:31:00Z", null, 15)]
    [InlineData("2026-05-14T12:00:00Z", "2026-05-14T03:10:00Z", 15)]
    [InlineData("2026-05-14T12:00:00Z", "2026-05-14T11:00:00Z", 15)]
    [InlineData("2026-05-14T12:00:00Z", "2030-01-01T00:00:00Z", 15)] // the clock was put back
    public void Once_a_night(string now, string? lastCheck, int day) =>
        Schedule(now, TimeZoneInfo.Utc).Next("nightly", lastCheck is null ? null : Moment(lastCheck))!.Value
            .ShouldBeInRange(new DateTimeOffset(2026, 5, day, 3, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 5, day, 3, 30, 0, TimeSpan.Zero));

    /// <summary>In Athens the clocks jump from 3 to 4 in spring, and go back from 4 to 3 in autumn.</summary>
    [Theory]
    [InlineData("2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("2026-10-24T12:00:00Z", "2026-10-25T00:00:00Z")]
    public void A_night_with_a_change_of_clocks_has_one_turn_as_well(string now, string night)
    {
        var schedule = Schedule(now, Athens);

        var next = schedule.Next("nightly", null)!.Value;

        next.ShouldBeInRange(Moment(night), Moment(night) + TimeSpan.FromMinutes(30));
        Schedule(next.ToString("O"), Athens).Next("nightly", next)!.Value.ShouldBeGreaterThan(next + TimeSpan.FromHours(20));
    }

    [Fact]
    public void On_release_looks_every_quarter_of_an_hour()
    {
        var now = Moment("2026-05-14T12:00:00Z");
        var schedule = Schedule("2026-05-14T12:00:00Z", TimeZoneInfo.Utc);

        schedule.Next("on-release", null).ShouldBe(now);
        schedule.Next("on-release", now).ShouldBe(now + TimeSpan.FromMinutes(15));
        schedule.Next("on-release", now - TimeSpan.FromHours(1)).ShouldNotBeNull().ShouldBeLessThan(now);
        schedule.Next("on-release", now + TimeSpan.FromDays(1)).ShouldBe(now + TimeSpan.FromMinutes(15));
        schedule.IsMissed("on-release", now - TimeSpan.FromDays(1)).ShouldBeFalse();
    }

    [Fact]
    public void Manual_never_looks() => Schedule("2026-05-14T12:00:00Z", TimeZoneInfo.Utc).Next("manual", null).ShouldBeNull();

    [Fact]
    public void A_night_that_was_slept_through_is_not_made_up_for_during_the_day()
    {
        var schedule = Schedule("2026-05-14T09:00:00Z", TimeZoneInfo.Utc);

        schedule.IsMissed("nightly", Moment("2026-05-14T03:10:00Z")).ShouldBeTrue();
        schedule.IsMissed("nightly", Moment("2026-05-14T08:30:00Z")).ShouldBeFalse();
    }

    private static UpdateSchedule Schedule(string now, TimeZoneInfo zone, int seed = 7) => new(new SteppedClock(Moment(now), zone), new Random(seed));

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text);
}
