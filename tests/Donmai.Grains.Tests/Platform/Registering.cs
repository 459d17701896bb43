using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Donmai.Grains.Tests.Machines;
using Donmai.Platform;

namespace Donmai.Grains.Tests.Platform;

public sealed class Registering
{
    [Fact, Trait("spec", "PA-1"), Trait("spec", "PA-2")]
    public async Task S1_A_fresh_start_registers_once_with_what_the_machine_is()
    {
        await using var machine = await TestMachine.WithPlatform();

        await machine.Daemon.Start();
        var standing = await machine.Stands(static now => now.State == "registered");

        var asked = machine.Platform.AskedTo("register").ShouldHaveSingleItem();
        (asked.Method, asked.Path, asked.Token, asked.UserAgent).ShouldBe(("POST", "/base/api/workers/register", FakePlatform.RegistrationToken, "rensei-daemon/1.2.3"));
        var body = JsonNode.Parse(asked.Body)!.AsObject();
        body.Select(static member => member.Key).ShouldBe(["machineId", "hostname", "capacity", "version", "provides", "daemonProjects"]);
        ((string)body["machineId"]!, (int)body["capacity"]!, (string)body["version"]!).ShouldBe((TestMachine.Name, 4, "1.2.3"));
        ((string)body["hostname"]!).ShouldNotBeEmpty();
        body["provides"]!.AsArray().Select(static kind => (string)kind!["kind"]!).ShouldContain("native");
        body["daemonProjects"]!.ToJsonString().ShouldBe("""[{"id":"billing","repository":"github.com/acme/billing"}]""");
        (standing.Mode, standing.WorkerId, standing.Source, standing.HeartbeatIntervalMs, standing.PollIntervalMs).ShouldBe(("real", "wkr_1", "register", 30_000, 1500));
        var credentials = (await machine.Registration.Credentials())!;
        (credentials.WorkerId, credentials.RuntimeToken, credentials.PlatformUrl, credentials.IsStub).ShouldBe(("wkr_1", "rt-wkr_1-1", FakePlatform.Url, false));
        File.GetUnixFileMode(machine.State.Registration).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact, Trait("spec", "PA-3"), Trait("spec", "PA-2")]
    public async Task A_machine_without_slots_and_projects_says_one_slot_and_nothing_of_projects()
    {
        await using var machine = await TestMachine.WithPlatform();
        machine.Configure(static configuration => configuration with { MaxConcurrentSessions = 0, Projects = [] });

        await machine.Registration.Begin();
        await machine.Stands(static now => now.State == "registered");

        var body = JsonNode.Parse(machine.Platform.AskedTo("register").ShouldHaveSingleItem().Body)!.AsObject();
        ((int)body["capacity"]!).ShouldBe(1);
        body.ContainsKey("daemonProjects").ShouldBeFalse();
        body.ContainsKey("projects").ShouldBeFalse();
    }

    [Fact]
    public async Task S2_A_start_with_a_registration_that_is_still_good_asks_nobody()
    {
        await using var machine = await TestMachine.WithPlatform();
        await machine.Registration.Begin();
        await machine.Stands(static now => now.State == "registered");

        await machine.Kill();
        await machine.Boot();
        await machine.Registration.Begin();

        (await machine.Registration.Standing()).Source.ShouldBe("cache");
        (await machine.Registration.Credentials())!.RuntimeToken.ShouldBe("rt-wkr_1-1");
        machine.Platform.AskedTo("register").Count.ShouldBe(1);
    }

    [Theory, Trait("spec", "PA-6")]
    [InlineData("url")]
    [InlineData("token")]
    [InlineData("expired")]
    [InlineData("corrupt")]
    [InlineData("stub")]
    public async Task A_registration_of_another_time_or_place_is_not_used(string difference)
    {
        await using var machine = await TestMachine.WithPlatform();
        if (difference is "stub")
            machine.Variables["DONMAI_DAEMON_FORCE_STUB"] = "1";
        await machine.Registration.Begin();
        await machine.Stands(static now => now.State is "registered" or "stub");
        await machine.Kill();
        machine.Variables.Clear();
        machine.Configure(configuration => difference switch
        {
            "url" => configuration with { OrchestratorUrl = "https://platform.example" },
            "token" => configuration with { AuthToken = "rsp_live_other" },
            _ => configuration,
        });
        machine.Platform.Answer = asked => asked.Path.EndsWith("register", StringComparison.Ordinal)
            ? FakePlatform.Json(new JsonObject { ["workerId"] = "wkr_new", ["runtimeToken"] = "rt-new" })
            : null;
        if (difference is "expired")
            machine.Clock.Advance(TimeSpan.FromMinutes(59.5));
        if (difference is "corrupt")
            await File.WriteAllTextAsync(machine.State.Registration, """{"workerId":"wkr_1","runtimeTok""");

        await machine.Boot();
        await machine.Registration.Begin();

        (await machine.Stands(static now => now.State == "registered")).WorkerId.ShouldBe("wkr_new");
    }

    [Theory, Trait("spec", "PA-7")]
    [InlineData("plain")]
    [InlineData("rsk_test_x")]
    [InlineData("RSK_LIVE_x")]
    [InlineData("")]
    public async Task S3_A_token_that_no_platform_accepts_makes_a_stub_that_asks_nobody(string token)
    {
        await using var machine = await TestMachine.WithPlatform(token);

        await machine.Registration.Begin();

        var standing = await machine.Registration.Standing();
        (standing.Mode, standing.State).ShouldBe(("stub", "stub"));
        standing.WorkerId.ShouldEndWith("-stub");
        standing.Note!.ShouldContain("token");
        var credentials = (await machine.Registration.Credentials())!;
        (credentials.IsStub, credentials.HeartbeatIntervalMs, credentials.PollIntervalMs, credentials.ExpiresAt).ShouldBe((true, 30_000, 10_000, null));
        (await machine.Registration.Register()).State.ShouldBe("stub");
        (await machine.Registration.Forget()).ShouldBeTrue();
        (await machine.Registration.Register()).State.ShouldBe("stub", "a person who asks for it has it back");
        machine.Platform.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stub_that_is_forced_asks_nobody_whatever_the_token_and_the_cache_are()
    {
        await using var machine = await TestMachine.WithPlatform();
        await machine.Registration.Begin();
        await machine.Stands(static now => now.State == "registered");
        var asked = machine.Platform.Asked.Count;
        await machine.Kill();
        machine.Variables["DONMAI_DAEMON_FORCE_STUB"] = "yes";

        await machine.Boot();
        await machine.Registration.Begin();

        (await machine.Registration.Standing()).State.ShouldBe("stub");
        machine.Platform.Asked.Count.ShouldBe(asked);
    }

    [Fact]
    public async Task A_machine_without_a_platform_has_no_credentials()
    {
        await using var machine = await TestMachine.Running();

        (await machine.Registration.Standing()).State.ShouldBe("local");
        (await machine.Registration.Credentials()).ShouldBeNull();
        (await machine.Registration.Recover(new PlatformRejection { Path = "poll", StatusCode = 401 })).Mode.ShouldBe(PlatformRecovery.Failed);
        machine.Platform.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_step_that_breaks_down_is_taken_again()
    {
        await using var machine = await TestMachine.WithPlatform();
        var broken = 0;
        machine.Platform.Answer = _ => broken++ == 0 ? throw new NotSupportedException("by nobody") : null;

        await machine.Registration.Begin();
        await machine.Until(() => broken > 0);

        await machine.Until(async () => (await machine.Registration.Standing()).State == "registered");
    }

    [Fact, Trait("spec", "PA-40")]
    public async Task A_platform_that_is_away_is_asked_again_while_the_daemon_runs()
    {
        await using var machine = await TestMachine.WithPlatform();
        machine.Platform.Answer = _ => throw new HttpRequestException(HttpRequestError.ConnectionError, "refused");

        await machine.Daemon.Start();
        (await machine.Daemon.Status()).Status.ShouldBe("ready");
        var away = await machine.Stands(static now => now is { State: "unreachable", NextAttemptAt: not null });
        away.LastError.ShouldBe("https://platform.example cannot be reached: refused");

        var armed = machine.Clock.Armed(static due => due > TimeSpan.FromSeconds(0.9) && due <= TimeSpan.FromSeconds(2));
        machine.Clock.Advance(TimeSpan.FromSeconds(1));
        await armed;
        machine.Platform.Answer = static _ => null;
        machine.Clock.Advance(TimeSpan.FromSeconds(2));

        (await machine.Stands(static now => now.State == "registered")).LastError.ShouldBeNull();
        machine.Platform.AskedTo("register").Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_platform_that_asks_for_patience_is_left_in_peace_as_long()
    {
        await using var machine = await TestMachine.WithPlatform();
        machine.Platform.Answer = static _ =>
        {
            var busy = FakePlatform.Refusal(HttpStatusCode.ServiceUnavailable, "busy");
            busy.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(45));
            return busy;
        };

        await machine.Registration.Begin();

        var away = await machine.Stands(static now => now is { State: "unreachable", NextAttemptAt: not null });
        (away.NextAttemptAt!.Value - machine.Clock.GetUtcNow()).ShouldBeInRange(TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(45));
        away.LastError.ShouldBe("https://platform.example answered 503 to register: busy");
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Forbidden)]
    public async Task A_refusal_for_good_is_shown_and_tried_again_after_five_minutes(HttpStatusCode status)
    {
        await using var machine = await TestMachine.WithPlatform();
        machine.Platform.Answer = _ => FakePlatform.Refusal(status, $"token {FakePlatform.RegistrationToken} is revoked");

        await machine.Daemon.Start();
        var refused = await machine.Stands(static now => now is { State: "refused", NextAttemptAt: not null });

        refused.LastError.ShouldBe($"https://platform.example answered {(int)status} to register: token *** is revoked");
        (await machine.Daemon.Status()).Status.ShouldBe("ready");
        (refused.NextAttemptAt!.Value - machine.Clock.GetUtcNow()).ShouldBeInRange(TimeSpan.FromMinutes(4.9), TimeSpan.FromMinutes(5));
        machine.Platform.Answer = static _ => null;
        machine.Clock.Advance(TimeSpan.FromMinutes(5));
        await machine.Stands(static now => now.State == "registered");
        machine.Platform.AskedTo("register").Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_refused_machine_is_registered_at_once_with_another_token()
    {
        await using var machine = await TestMachine.WithPlatform("rsk_live_wrong");
        await machine.Registration.Begin();
        await machine.Stands(static now => now.State == "refused");

        machine.Configure(static configuration => configuration with { AuthToken = FakePlatform.RegistrationToken });

        (await machine.Stands(static now => now.State == "registered")).WorkerId.ShouldBe("wkr_1");
    }

    [Fact]
    public async Task Another_orchestrator_is_registered_with_at_once()
    {
        await using var machine = await TestMachine.WithPlatform();
        await machine.Registration.Begin();
        await machine.Stands(static now => now.State == "registered");

        machine.Configure(static configuration => configuration with { OrchestratorUrl = "https://platform.example/other/" });

        var standing = await machine.Stands(static now => now is { State: "registered", WorkerId: "wkr_2" });
        standing.Url.ShouldBe("https://platform.example/other");
        machine.Platform.AskedTo("register")[^1].Path.ShouldBe("/other/api/workers/register");
        machine.Configure(static configuration => configuration with { OrchestratorUrl = "" });
        await machine.Stands(static now => now.State == "local");
        (await machine.Registration.Credentials()).ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"workerId":"w"}""", "https://platform.example answered register with JSON that has no runtimeToken")]
    [InlineData("""{"runtimeToken":"t"}""", "https://platform.example answered register with JSON that has no workerId")]
    [InlineData("", "https://platform.example answered register with nothing")]
    [InlineData("<html>login</html>", "https://platform.example answered register with a web page instead of JSON; is orchestrator.url right?")]
    [InlineData("""{"workerId":7,"runtimeToken":"t"}""", "https://platform.example answered register with something else than the JSON that is expected (at $.workerId)")]
    public async Task An_answer_that_is_no_registration_is_tried_again(string body, string error)
    {
        await using var machine = await TestMachine.WithPlatform();
        machine.Platform.Answer = _ => new HttpResponseMessage { Content = new StringContent(body) };

        await machine.Registration.Begin();

        (await machine.Stands(static now => now.State == "unreachable")).LastError.ShouldBe(error);
        File.Exists(machine.State.Registration).ShouldBeFalse();
    }

    [Fact]
    public async Task A_token_is_replaced_when_four_fifths_of_its_life_are_over()
    {
        await using var machine = await TestMachine.WithPlatform();
        await machine.Registration.Begin();
        var standing = await machine.Stands(static now => now.State == "registered");
        (standing.NextAttemptAt!.Value - machine.Clock.GetUtcNow()).ShouldBeInRange(TimeSpan.FromMinutes(47.8), TimeSpan.FromMinutes(48));

        machine.Clock.Advance(TimeSpan.FromMinutes(48));

        await machine.Stands(static now => now.RefreshedAt is not null);
        (await machine.Registration.Credentials())!.RuntimeToken.ShouldBe("rt-wkr_1-2");
        machine.Platform.AskedTo("register").Count.ShouldBe(1);
        (await File.ReadAllTextAsync(machine.State.Registration)).ShouldContain("rt-wkr_1-2");
    }

    [Fact]
    public async Task A_platform_that_cannot_refresh_is_not_asked_to_again_ahead_of_time()
    {
        await using var machine = await TestMachine.WithPlatform();
        machine.Platform.Answer = static asked => asked.Path.EndsWith("refresh-token", StringComparison.Ordinal) ? FakePlatform.Refusal(HttpStatusCode.MethodNotAllowed) : null;
        await machine.Registration.Begin();
        await machine.Stands(static now => now.State == "registered");

        machine.Clock.Advance(TimeSpan.FromMinutes(48));

        (await machine.Stands(static now => now.NextAttemptAt is null)).State.ShouldBe("registered");
        machine.Platform.AskedTo("register").Count.ShouldBe(1);
        machine.Platform.AskedTo("refresh-token").Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_person_can_wipe_the_registration_and_register_again()
    {
        await using var machine = await TestMachine.WithPlatform();
        await machine.Registration.Begin();
        await machine.Stands(static now => now.State == "registered");

        (await machine.Registration.Forget()).ShouldBeTrue();

        File.Exists(machine.State.Registration).ShouldBeFalse();
        (await machine.Registration.Credentials()).ShouldBeNull();
        (await machine.Registration.Standing()).State.ShouldBe("forgotten");
        (await machine.Registration.Forget()).ShouldBeFalse();
        machine.Configure(static configuration => configuration with { MaxConcurrentSessions = 3 });
        (await machine.Registration.Standing()).State.ShouldBe("forgotten");
        (await machine.Registration.Register()).WorkerId.ShouldBe("wkr_2");
        (await machine.Registration.Register()).WorkerId.ShouldBe("wkr_3", "a person decides how often");
    }

    [Fact]
    public async Task A_registration_that_cannot_be_written_is_used_all_the_same()
    {
        await using var machine = await TestMachine.WithPlatform();
        Directory.CreateDirectory(machine.State.Registration);

        await machine.Registration.Begin();

        await machine.Stands(static now => now.State == "registered");
        machine.Log.Lines.ShouldContain(line => line.StartsWith($"The registration cannot be cached in {machine.State.Registration}", StringComparison.Ordinal));
    }
}
