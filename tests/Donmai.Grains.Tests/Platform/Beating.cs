using System.Net;
using Donmai.Core.Daemon;
using Donmai.Daemon;
using Donmai.Grains.Tests.Machines;

namespace Donmai.Grains.Tests.Platform;

public sealed class Beating
{
    [Fact, Trait("spec", "PA-14")]
    public async Task S1_the_first_beat_comes_at_once_and_says_how_many_sessions_run_also_when_none_does()
    {
        await using var machine = await TestMachine.Linked();

        var beat = machine.Platform.AskedTo("/heartbeat").ShouldHaveSingleItem();

        (beat.Path, beat.Token).ShouldBe(("/base/api/workers/wkr_1/heartbeat", "rt-wkr_1-1"));
        beat.Body.ShouldStartWith("{\"activeCount\":0,");
        (beat.Json["maxSessions"]!.GetValue<int>(), beat.Json["status"]!.GetValue<string>()).ShouldBe((4, "idle"));
        beat.Json.Select(static member => member.Key).ShouldBe(
            ["activeCount", "maxSessions", "load", "allowlistHash", "allowlist", "status", "loadAverage"], ignoreOrder: true);
    }

    [Fact]
    public async Task The_local_payload_is_shown_with_what_the_wire_does_not_have()
    {
        await using var machine = await TestMachine.Linked(static machine => machine.Configure(static c => c with { Region = "lab-east" }));

        var last = await machine.Heartbeat.Last();

        (last.WorkerId, last.Region, last.Status, last.MaxSessions, last.Allowlist?.Count).ShouldBe(("wkr_1", "lab-east", "idle", 4, 1));
        last.Hostname.ShouldNotBeEmpty();
        DateTimeOffset.Parse(last.SentAt, System.Globalization.CultureInfo.InvariantCulture).ShouldBe(machine.Clock.GetUtcNow(), TimeSpan.FromMinutes(1));
        var stats = await machine.Daemon.Stats(new StatsRequest());
        (stats.WorkerId, stats.Registration.Status, stats.Registration.HeartbeatRunning, stats.Registration.PollRunning).ShouldBe(("wkr_1", "idle", true, true));
        stats.Registration.LastHeartbeatAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task Beats_come_at_the_interval_of_the_platform_with_the_sessions_of_that_moment()
    {
        await using var machine = await TestMachine.Linked(static machine => machine.Platform.HeartbeatInterval = 1500);
        machine.Configure(static configuration => configuration with { MaxConcurrentSessions = 1 });
        await machine.Accept("a");

        var beat = await machine.Next("heartbeat");

        (beat.Json["activeCount"]!.GetValue<int>(), beat.Json["maxSessions"]!.GetValue<int>(), Status(beat)).ShouldBe((1, 1, "busy"));
        (await machine.Heartbeat.Beats()).IntervalMs.ShouldBe(2000);
    }

    [Fact, Trait("spec", "PA-17")]
    public async Task S9_the_list_goes_with_the_first_beat_and_again_only_when_it_has_changed()
    {
        await using var machine = await TestMachine.Linked(Configured(Project("web", "https://github.com/acme/web.git"), Project("api", "github.com/acme/api")));

        var first = machine.Platform.AskedTo("/heartbeat")[0];
        Hash(first).ShouldBe("d55c2eeb79bc6a9166862cfaa5badc654101c8064e4787634acf21223257800b");
        first.Json["allowlist"]!.ToJsonString().ShouldBe(
            """[{"id":"api","repository":"github.com/acme/api"},{"id":"web","repository":"https://github.com/acme/web.git"}]""");

        var second = await machine.Next("heartbeat");
        (Hash(second), second.Json.ContainsKey("allowlist")).ShouldBe((Hash(first), false));

        Configured(Project("alpha", "github.com/acme/alpha"))(machine);
        var third = await machine.Next("heartbeat");
        (Hash(third), third.Json["allowlist"]!.AsArray().Count).ShouldBe(("0cd33bbcd0cbe7278ceb90da7da21ba65da90d7f3026310521add377f255b16f", 1));
    }

    [Fact, Trait("spec", "PA-17")]
    public async Task A_list_whose_beat_was_lost_is_sent_again()
    {
        await using var machine = await TestMachine.Linked(static machine => machine.Platform.Answer = static call =>
            call.Name == "heartbeat" ? FakePlatform.Refusal(HttpStatusCode.InternalServerError) : null);
        machine.Platform.Answer = static _ => null;

        var second = await machine.Next("heartbeat");
        second.Json.ContainsKey("allowlist").ShouldBeTrue();
        (await machine.Next("heartbeat")).Json.ContainsKey("allowlist").ShouldBeFalse();
    }

    [Fact, Trait("spec", "PA-16")]
    public async Task Without_projects_no_list_and_no_hash_are_sent()
    {
        await using var machine = await TestMachine.Linked(Configured());

        var beat = machine.Platform.AskedTo("/heartbeat")[0].Json;

        (beat.ContainsKey("allowlist"), beat.ContainsKey("allowlistHash")).ShouldBe((false, false));
    }

    [Fact]
    public async Task That_all_projects_are_gone_is_told_by_a_new_registration()
    {
        await using var machine = await TestMachine.Linked();
        Configured()(machine);

        await machine.Next("register", static call => !call.Json.ContainsKey("daemonProjects"));

        var beat = await machine.Next("heartbeat");
        (beat.Path, beat.Json.ContainsKey("allowlistHash")).ShouldBe(("/base/api/workers/wkr_2/heartbeat", false));
    }

    [Fact]
    public async Task A_platform_that_refuses_the_new_registration_is_not_asked_for_it_with_every_beat()
    {
        await using var machine = await TestMachine.Linked();
        machine.Platform.Answer = static call => call.Name == "register" ? FakePlatform.Refusal(HttpStatusCode.Forbidden) : null;
        Configured()(machine);

        await machine.Next("register");
        for (var beats = 0; beats < 4; beats++)
            await machine.Next("heartbeat");

        machine.Platform.AskedTo("register").Count.ShouldBe(2, "the first one of the daemon, and the one that was refused");
        machine.Platform.Answer = static _ => null;
        await machine.Next("register");
    }

    [Theory, Trait("spec", "PA-19")]
    [InlineData("")]
    [InlineData("<html>busy</html>")]
    [InlineData("{\"acknowledged\":tr")]
    [InlineData("[1,2]")]
    [InlineData("\"ok\"")]
    [InlineData("null")]
    [InlineData("{\"acknowledged\":true,\"serverTime\":\"2026-05-18T09:30:30Z\",\"pendingWorkCount\":0}")]
    [InlineData("{\"hostStatus\":7,\"pendingMutations\":\"none\"}")]
    public async Task A_success_counts_whatever_its_body_is(string body)
    {
        await using var machine = await TestMachine.Linked(machine => machine.Platform.Answer = call =>
            call.Name == "heartbeat" ? FakePlatform.Text(body) : null);

        await machine.Until(async () => await machine.Heartbeat.Beats() is { LastSuccessAt: not null } or { Missed: > 0 });

        var beats = await machine.Heartbeat.Beats();
        beats.LastSuccessAt.ShouldNotBeNull();
        (beats.Missed, beats.LastError).ShouldBe((0, null));
    }

    [Fact]
    public async Task Answers_that_cannot_be_read_are_warned_of_once_and_not_with_every_beat()
    {
        await using var machine = await TestMachine.Linked(static machine => machine.Platform.Answer = static call =>
            call.Name == "heartbeat" ? FakePlatform.Text("<html>busy</html>") : null);

        for (var beats = 0; beats < 3; beats++)
            await machine.Next("heartbeat");

        machine.Log.Lines.Count(static line => line.Contains("nothing could be read of its answer", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_registration_that_was_wiped_is_what_the_doctor_speaks_of_and_not_its_last_beat()
    {
        await using var machine = await TestMachine.Linked();
        (await machine.Registration.Forget()).ShouldBeTrue();

        var doctor = await machine.Daemon.Doctor();

        doctor.HostChecks.ShouldNotContain(static check => check.Name == "heartbeat");
        doctor.Checks.Single(static check => check.Name == "credentials").ShouldSatisfyAllConditions(
            static check => check.Ok.ShouldBeFalse(), static check => check.Detail.ShouldContain("donmai platform register"));
    }

    [Fact]
    public async Task S5_a_beat_that_is_refused_is_sent_again_with_the_new_token()
    {
        await using var machine = await TestMachine.Linked();
        machine.Platform.ExpireToken("wkr_1");

        var beat = await machine.Next("heartbeat", call => call.Token == "rt-wkr_1-3");

        beat.Path.ShouldBe("/base/api/workers/wkr_1/heartbeat");
        machine.Platform.AskedTo("/refresh-token").Count.ShouldBe(1);
        machine.Platform.AskedTo("/register").Count.ShouldBe(1);
    }

    [Fact, Trait("spec", "PA-40")]
    public async Task S30_a_platform_that_is_down_is_asked_less_often_and_is_found_again()
    {
        await using var machine = await TestMachine.Linked();
        machine.Platform.Answer = static _ => throw new HttpRequestException("down");

        for (var missed = 1; missed <= 5; missed++)
        {
            await machine.Until(async () => (await machine.Heartbeat.Beats()).Missed >= missed);
            var beats = await machine.Heartbeat.Beats();
            beats.Unreachable.ShouldBe(beats.Missed >= 3, $"after {beats.Missed}");
        }

        (await machine.Heartbeat.Beats()).LastError.ShouldNotBeNullOrEmpty();
        (await machine.Daemon.Status()).Heartbeat!.Unreachable.ShouldBeTrue();
        (await machine.Daemon.Doctor()).HostChecks[^1].ShouldSatisfyAllConditions(
            static check => check.Name.ShouldBe("heartbeat"), static check => check.Ok.ShouldBeFalse(), static check => check.Detail.ShouldContain("missed"));
        machine.Platform.Answer = static _ => null;
        var beat = await machine.Next("heartbeat");
        await machine.Until(async () => (await machine.Heartbeat.Beats()).Missed == 0);

        (beat.Path, beat.Token, machine.Platform.AskedTo("/register").Count).ShouldBe(("/base/api/workers/wkr_1/heartbeat", "rt-wkr_1-1", 1));
        (await machine.Heartbeat.Beats()).Unreachable.ShouldBeFalse();
    }

    [Fact, Trait("spec", "DR-25")]
    public async Task S29_a_daemon_that_drains_beats_at_once_says_so_and_asks_for_no_work()
    {
        await using var machine = await TestMachine.Linked();
        await machine.Accept("a");
        var draining = machine.Platform.Next("heartbeat", static call => Status(call) == "draining");
        await machine.Daemon.Drain(new DrainRequest());
        await machine.Until(draining);
        var polls = machine.Platform.AskedTo("/poll").Count;

        for (var beats = 0; beats < 3; beats++)
            Status(await machine.Next("heartbeat")).ShouldBe("draining");

        (machine.Platform.AskedTo("/poll").Count, machine.Platform.AskedTo("/nack").Count).ShouldBe((polls, 0));
        (await machine.Poll.Standing()).Skipped.ShouldBe("no work is accepted (starting, paused or draining)");
        await machine.Exit("a");
    }

    [Fact]
    public async Task The_last_beat_of_a_daemon_that_ends_says_draining()
    {
        await using var machine = await TestMachine.Linked();

        await machine.Daemon.Stop(new DaemonStopRequest());
        await machine.Ending.Stopped.InTime();

        Status(machine.Platform.AskedTo("/heartbeat")[^1]).ShouldBe("draining");
        var count = machine.Platform.Asked.Count;
        await machine.Pass(TimeSpan.FromMinutes(2));
        machine.Platform.Asked.Count.ShouldBe(count);
    }

    [Fact]
    public async Task Without_an_orchestrator_nothing_is_composed()
    {
        await using var machine = await TestMachine.Running();

        (await machine.Heartbeat.Last()).SentAt.ShouldBeEmpty();
        (await machine.Daemon.Stats(new StatsRequest())).Registration.ShouldBe(new Donmai.Platform.RegistrationStats { Status = "unregistered" });
        machine.Platform.Asked.ShouldBeEmpty();
    }

    internal static Action<TestMachine> Configured(params ProjectConfiguration[] projects) =>
        machine => machine.Configure(configuration => configuration with { Projects = projects });

    internal static ProjectConfiguration Project(string id, string repository) => new() { Id = id, Repository = repository };

    private static string Status(PlatformRequest beat) => beat.Json["status"]!.GetValue<string>();

    private static string Hash(PlatformRequest beat) => beat.Json["allowlistHash"]!.GetValue<string>();
}
