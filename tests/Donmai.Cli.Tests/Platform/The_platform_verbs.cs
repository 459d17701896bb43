using Donmai.Client.Tests;
using Donmai.Platform;
using Microsoft.AspNetCore.Builder;

namespace Donmai.Cli.Tests.Platform;

/// <summary>The verbs of the link to the platform, against a daemon that answers as the control API says.</summary>
public sealed class The_platform_verbs
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 7, 12, 0, 0, TimeSpan.Zero);

    private static readonly PlatformStanding Registered = new()
    {
        Mode = "real",
        State = "registered",
        Url = "https://platform.example",
        WorkerId = "wkr_1",
        Source = "cache",
        RegisteredAt = Noon.AddMinutes(-50),
        RefreshedAt = Noon.AddMinutes(-2),
        TokenExpiresAt = Noon.AddMinutes(58),
        NextAttemptAt = Noon.AddMinutes(46),
    };

    [Fact]
    public async Task The_status_shows_registration_beats_and_polls()
    {
        var report = new PlatformReport
        {
            Registration = Registered,
            Heartbeat = new HeartbeatStanding
            {
                Running = true,
                IntervalMs = 30_000,
                LastSuccessAt = Noon.AddSeconds(-12),
                ClaimingSuspended = true,
                HostStatus = new HostStatusDetail { Status = "pool_draining", RecommendedAction = "move to pool b", CandidatePoolIds = ["b", "c"] },
            },
            Poll = new PollStanding { Running = true, IntervalMs = 2000, Failures = 2, LastError = "it answered 502", Skipped = "the pool is draining", Accepted = 12, Refused = 1 },
            Outbox = 2,
            Timestamp = Noon,
        };
        await using var daemon = await DaemonAnswers.Get("/api/daemon/platform", report);

        (await CommandOutcome.Of("platform", "status", "--daemon-url", daemon.Address)).ShouldBe(new CommandOutcome(0, """
            registration  registered
            orchestrator  https://platform.example
            worker id     wkr_1
            since         50 min 00 s ago, from the cache of an earlier start
            token         good for 58 min 00 s, refreshed 2 min 00 s ago
            next          refresh in 46 min 00 s
            heartbeat     every 30 s, last heard 12 s ago
            host          pool_draining, so no work is asked for; move to pool b
            candidates    b, c
            polls         every 2 s, not heard yet
            failed        2 polls: it answered 502
            not asking    the pool is draining
            work          12 taken, 1 refused, 0 waiting
            outbox        2 entries not delivered; see 'donmai outbox list'

            """, ""));
        (await CommandOutcome.Of("platform", "status", "--daemon-url", daemon.Address, "--json")).Output.ShouldBe(FakeDaemon.Json(report) + "\n");
    }

    [Fact]
    public async Task A_daemon_that_is_refused_says_why_and_when_it_tries_again()
    {
        var report = new PlatformReport
        {
            Registration = new PlatformStanding { Mode = "real", State = "refused", Url = "https://p.example", LastError = "https://p.example answered 403 to register", NextAttemptAt = Noon.AddMinutes(4) },
            Heartbeat = new HeartbeatStanding { Missed = 1, LastError = "no answer" },
            Timestamp = Noon,
        };
        await using var daemon = await DaemonAnswers.Get("/api/daemon/platform", report);

        (await CommandOutcome.Of("platform", "status", "--daemon-url", daemon.Address)).Output.ShouldBe("""
            registration  refused
            orchestrator  https://p.example
            trouble       https://p.example answered 403 to register
            next          another try in 4 min 00 s
            heartbeat     off
            missed        1 beat: no answer
            polls         off
            work          0 taken, 0 refused, 0 waiting

            """);
    }

    [Fact]
    public async Task A_forgotten_registration_says_how_to_get_another_and_shows_no_beats()
    {
        var report = new PlatformReport
        {
            Registration = new PlatformStanding { Mode = "real", State = "forgotten", Url = "https://p.example" },
            Heartbeat = new HeartbeatStanding { Running = true, IntervalMs = 5000, LastSuccessAt = Noon },
            Poll = new PollStanding { Running = true, IntervalMs = 5000, LastSuccessAt = Noon },
            Timestamp = Noon,
        };
        await using var daemon = await DaemonAnswers.Get("/api/daemon/platform", report);

        (await CommandOutcome.Of("platform", "status", "--daemon-url", daemon.Address)).Output.ShouldBe("""
            registration  forgotten
            orchestrator  https://p.example
            next          'donmai platform register', or the daemon's next start

            """);
    }

    [Fact]
    public async Task A_stub_says_why_it_is_one()
    {
        await using var daemon = await DaemonAnswers.Get(
            "/api/daemon/platform",
            new PlatformReport { Registration = new PlatformStanding { Mode = "stub", State = "stub", Url = "file:///q", WorkerId = "worker-box-stub", Note = "orchestrator.url is a queue of this machine" }, Timestamp = Noon });

        (await CommandOutcome.Of("platform", "status", "--daemon-url", daemon.Address)).Output.ShouldBe("""
            registration  stub
            why           orchestrator.url is a queue of this machine
            orchestrator  file:///q
            worker id     worker-box-stub

            """);
    }

    [Fact]
    public async Task Registering_says_as_what_and_a_failure_why()
    {
        var standing = Registered;
        await using var daemon = await FakeDaemon.Start(routes => routes.MapPost("/api/daemon/platform/register", () => DaemonAnswers.Answer(standing)));
        string[] verb = ["platform", "register", "--daemon-url", daemon.Address];

        (await CommandOutcome.Of(verb)).ShouldBe(new CommandOutcome(0, "registered with https://platform.example as wkr_1\n", ""));
        (await CommandOutcome.Of([.. verb, "--json"])).Output.ShouldBe(FakeDaemon.Json(standing) + "\n");
        standing = Registered with { LastError = "it is away" };
        (await CommandOutcome.Of(verb)).ShouldBe(new CommandOutcome(1, "", "donmai: not registered: it is away\n"));
        standing = new PlatformStanding { Mode = "local", State = "local", Note = "no orchestrator is configured" };
        (await CommandOutcome.Of(verb)).ShouldBe(new CommandOutcome(1, "", "donmai: not registered: no orchestrator is configured\n"));
    }

    [Theory]
    [InlineData(true, "forgotten")]
    [InlineData(false, "there was nothing to forget")]
    public async Task Forgetting_says_whether_there_was_anything(bool forgotten, string said)
    {
        await using var daemon = await FakeDaemon.Start(routes => routes.MapPost("/api/daemon/platform/forget", () => DaemonAnswers.Answer(new PlatformForgotten { Forgotten = forgotten })));

        (await CommandOutcome.Of("platform", "forget", "--daemon-url", daemon.Address)).Output.ShouldBe(said + "\n");
    }
}
