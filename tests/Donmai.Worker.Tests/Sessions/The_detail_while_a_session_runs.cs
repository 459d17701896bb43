using System.Net;
using Donmai.Sessions;
using Donmai.Worker.Sessions;
using Microsoft.Extensions.Logging.Abstractions;

namespace Donmai.Worker.Tests.Sessions;

public sealed class The_detail_while_a_session_runs : IDisposable
{
    private readonly FakeDaemon _daemon = new();
    private readonly StandingClock _clock = new();
    private readonly TemporaryDirectory _place = new();
    private readonly DaemonDetails _source;
    private readonly SessionDetail _first = new() { SessionId = "s-1", WorkerId = "w-1", AuthToken = "t-1" };

    public The_detail_while_a_session_runs() =>
        _source = new DaemonDetails(new WorkerPlaces("s-1", "http://127.0.0.1:7734", _place.Root, _place.Root), _daemon, new FakeClock());

    public void Dispose()
    {
        _source.Dispose();
        _place.Dispose();
    }

    [Fact, Trait("spec", "WK-3")]
    public async Task Only_values_that_are_there_replace_worker_id_and_token_and_a_failure_keeps_them()
    {
        _daemon.Answers(HttpStatusCode.OK, """{"sessionId":"s-1","workerId":"","authToken":"t-2"}""").Answers(HttpStatusCode.NotFound, "{}");
        await using var latest = Latest();
        await Renew(latest);
        (latest.Current.WorkerId, latest.Current.AuthToken).ShouldBe(("w-1", "t-2"));
        await Renew(latest);
        (latest.Current.WorkerId, latest.Current.AuthToken).ShouldBe(("w-1", "t-2"));
        _daemon.Requests.Count.ShouldBe(2);
    }

    [Fact, Trait("spec", "WK-3")]
    public async Task It_is_asked_for_every_five_seconds_at_most_unless_the_platform_refused_the_token()
    {
        _daemon.Answers(HttpStatusCode.OK, """{"sessionId":"s-1","authToken":"t-2"}""");
        await using var latest = Latest();
        await latest.Renew(refused: false, CancellationToken.None);
        _daemon.Requests.ShouldBeEmpty();
        await latest.Renew(refused: true, CancellationToken.None);
        await latest.Renew(refused: false, CancellationToken.None);
        _daemon.Requests.Count.ShouldBe(1);
        latest.Current.AuthToken.ShouldBe("t-2");
    }

    [Fact]
    public async Task A_daemon_that_is_away_is_asked_every_five_seconds_at_most_whatever_the_platform_says()
    {
        _daemon.Drops();
        await using var latest = Latest();
        await latest.Renew(refused: true, CancellationToken.None);
        await latest.Renew(refused: true, CancellationToken.None);
        _daemon.Requests.Count.ShouldBe(3);
        await Renew(latest);
        _daemon.Requests.Count.ShouldBe(6);
    }

    [Fact]
    public async Task Those_who_ask_at_the_same_time_share_one_question()
    {
        _daemon.Answers(HttpStatusCode.OK, """{"sessionId":"s-1"}""");
        await using var latest = Latest();
        _clock.Advance(TimeSpan.FromSeconds(5));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => latest.Renew(refused: false, CancellationToken.None)));
        _daemon.Requests.Count.ShouldBe(1);
    }

    [Fact, Trait("spec", "WK-113")]
    public async Task A_request_to_stop_in_the_detail_stops_and_a_daemon_that_forgot_the_session_does_not()
    {
        using var stop = new SessionStop();
        _daemon.Answers(HttpStatusCode.Gone, "{}").Answers(HttpStatusCode.OK, """{"sessionId":"s-1","stop":true,"stopMode":"operator-cancelled"}""");
        await using var latest = Latest();
        await using var watch = new DetailWatch(latest, stop, _clock);
        await Renew(latest);
        stop.Cause.ShouldBeNull();
        await Renew(latest);
        (stop.Cause!.Status, stop.Cause.FailureMode, stop.Cause.ExitReason).ShouldBe(("stopped", "operator-cancelled", "stop-requested"));
    }

    [Fact]
    public async Task A_daemon_that_was_gone_for_ten_seconds_is_looked_for_where_the_next_one_says_it_is()
    {
        var clock = new StandingClock();
        using var source = new DaemonDetails(new WorkerPlaces("s-1", "http://127.0.0.1:1", _place.Root, _place.Root), _daemon, new PatientRetries(clock));
        _daemon.Drops();
        await Should.ThrowAsync<PreflightException>(() => source.Read(TimeSpan.FromSeconds(5), CancellationToken.None));
        _place.Write("s-1/daemon.url", "http://127.0.0.1:2\n");
        (await Asked(source)).ShouldBe("127.0.0.1:1");
        clock.Advance(TimeSpan.FromSeconds(10));
        (await Asked(source)).ShouldBe("127.0.0.1:2");
    }

    private async Task<string> Asked(DaemonDetails source)
    {
        await Should.ThrowAsync<PreflightException>(() => source.Read(TimeSpan.FromSeconds(5), CancellationToken.None));
        return _daemon.Authorities[^1];
    }

    private LatestDetail Latest() => new(_source, _first, _clock, NullLogger.Instance);

    private Task<SessionDetail> Renew(LatestDetail latest)
    {
        _clock.Advance(TimeSpan.FromSeconds(5));
        return latest.Renew(refused: false, CancellationToken.None);
    }

    /// <summary>Waits are over at once, and the time stands still all the same.</summary>
    private sealed class PatientRetries(StandingClock clock) : TimeProvider
    {
        public override long TimestampFrequency => clock.TimestampFrequency;

        public override long GetTimestamp() => clock.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, dueTime >= TimeSpan.FromSeconds(1) ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
