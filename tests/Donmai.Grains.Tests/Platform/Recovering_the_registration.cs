using System.Net;
using Donmai.Core.Platform;
using Donmai.Grains.Tests.Machines;
using Donmai.Platform;

namespace Donmai.Grains.Tests.Platform;

public sealed class Recovering_the_registration
{
    private const string Expired = "Runtime token expired";

    [Theory, Trait("spec", "PA-9")]
    [InlineData(401, "{\"error\":\"Runtime token expired\"}", "runtime-token-expired")]
    [InlineData(401, "runtime token expired", "unauthorized")]
    [InlineData(401, "", "unauthorized")]
    [InlineData(404, "Runtime token expired", "worker-not-found")]
    [InlineData(403, "Runtime token expired", "auth-failure")]
    public void A_refusal_has_a_reason(int status, string text, string reason) => RejectionReason.Of(status, text).ShouldBe(reason);

    [Fact, Trait("spec", "PA-10"), Trait("spec", "PA-13"), Trait("spec", "PA-1")]
    public async Task S5_An_expired_token_is_refreshed_once_and_everybody_has_the_new_one()
    {
        await using var machine = await Registered();
        await machine.Daemon.Start();
        await machine.Spawner.Accept(TestMachine.Spec("s-1") with { WorkItem = new JsonText("""{"sessionId":"s-1"}""") });
        await machine.Accept("local");
        var before = await machine.Registration.Credentials();

        var recovery = await machine.Registration.Recover(Rejection(before!, 401, Expired));

        (recovery.Mode, recovery.Reason, recovery.WorkerIdChanged, recovery.Error).ShouldBe((PlatformRecovery.Refreshed, "runtime-token-expired", false, null));
        var after = (await machine.Registration.Credentials())!;
        (after.WorkerId, after.RuntimeToken).ShouldBe(("wkr_1", "rt-wkr_1-2"));
        recovery.Credentials.ShouldBe(after);
        (after.HeartbeatIntervalMs, after.PollIntervalMs).ShouldBe((30_000, 1500), "a refresh that says nothing about them leaves them");
        var asked = machine.Platform.AskedTo("refresh-token").ShouldHaveSingleItem();
        (asked.Path, asked.Token, asked.Body).ShouldBe(("/base/api/workers/wkr_1/refresh-token", FakePlatform.RegistrationToken, "{}"));
        machine.Platform.AskedTo("register").Count.ShouldBe(1);
        var detail = await machine.Session("s-1").Detail();
        (detail.WorkerId, detail.AuthToken, detail.PlatformUrl).ShouldBe(("wkr_1", "rt-wkr_1-2", FakePlatform.Url));
        (await machine.Session("local").Detail()).AuthToken.ShouldBeNull();
        (await File.ReadAllTextAsync(machine.State.Registration)).ShouldContain("rt-wkr_1-2");
    }

    [Fact, Trait("spec", "PA-12"), Trait("spec", "PA-13")]
    public async Task Two_loops_that_are_refused_at_once_cause_one_refresh()
    {
        await using var machine = await Registered();
        var before = (await machine.Registration.Credentials())!;

        var recoveries = await Task.WhenAll(
            machine.Registration.Recover(Rejection(before, 401, Expired)),
            machine.Registration.Recover(Rejection(before, 401, Expired) with { Path = "poll" }));

        recoveries.Select(static recovery => recovery.Mode).ShouldBe([PlatformRecovery.Refreshed, PlatformRecovery.Adopted], ignoreOrder: true);
        recoveries.Select(static recovery => recovery.Credentials!.RuntimeToken).ShouldBe(["rt-wkr_1-2", "rt-wkr_1-2"]);
        machine.Platform.AskedTo("refresh-token").Count.ShouldBe(1);
    }

    [Fact, Trait("spec", "PA-10")]
    public async Task S6_A_forgotten_worker_is_registered_anew_once_for_both_loops()
    {
        await using var machine = await Registered();
        machine.Platform.Forget("wkr_1");
        machine.Clock.Advance(TimeSpan.FromSeconds(61));
        var before = (await machine.Registration.Credentials())!;

        var recoveries = await Task.WhenAll(
            machine.Registration.Recover(Rejection(before, 404, "Worker not found")),
            machine.Registration.Recover(Rejection(before, 404, "Worker not found") with { Path = "poll" }));

        recoveries.Select(static recovery => recovery.Mode).ShouldBe([PlatformRecovery.Reregistered, PlatformRecovery.Adopted], ignoreOrder: true);
        recoveries.ShouldAllBe(static recovery => recovery.Credentials!.WorkerId == "wkr_2" && recovery.WorkerIdChanged);
        machine.Platform.AskedTo("register").Count.ShouldBe(2);
        machine.Log.Lines.ShouldContain("[runtime-token] reregister formerWorker=wkr_1 worker=wkr_2");
    }

    [Fact]
    public async Task Full_registrations_are_a_minute_apart()
    {
        await using var machine = await Registered();
        machine.Platform.Forget("wkr_1");
        var before = (await machine.Registration.Credentials())!;

        var soon = await machine.Registration.Recover(Rejection(before, 404, ""));
        machine.Clock.Advance(TimeSpan.FromSeconds(61));
        var later = await machine.Registration.Recover(Rejection(before, 404, ""));

        (soon.Mode, soon.Credentials).ShouldBe((PlatformRecovery.Failed, null));
        later.Mode.ShouldBe(PlatformRecovery.Reregistered);
        machine.Platform.AskedTo("register").Count.ShouldBe(2);
    }

    [Theory, Trait("spec", "PA-10"), Trait("spec", "PA-11")]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Forbidden)]
    public async Task S7_A_refresh_that_fails_otherwise_burns_nothing_and_is_tried_again(HttpStatusCode status)
    {
        await using var machine = await Registered();
        machine.Clock.Advance(TimeSpan.FromSeconds(61));
        machine.Platform.Answer = asked => asked.Path.EndsWith("refresh-token", StringComparison.Ordinal) ? FakePlatform.Refusal(status, "broken") : null;
        var before = (await machine.Registration.Credentials())!;

        var failed = await machine.Registration.Recover(Rejection(before, 404, ""));

        (failed.Mode, failed.Error).ShouldBe((PlatformRecovery.Failed, $"https://platform.example answered {(int)status} to refresh-token: broken"));
        (await machine.Registration.Credentials()).ShouldBe(before);
        (await machine.Registration.Standing()).LastError.ShouldBe(failed.Error);
        machine.Platform.AskedTo("register").Count.ShouldBe(1);
        machine.Platform.Answer = static _ => null;
        (await machine.Registration.Recover(Rejection(before, 404, ""))).Mode.ShouldBe(PlatformRecovery.Refreshed);
        (await machine.Registration.Standing()).LastError.ShouldBeNull();
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, "refused")]
    [InlineData(HttpStatusCode.BadGateway, "registered")]
    public async Task Trouble_is_looked_into_before_a_refresh_is_due_so_that_it_is_not_shown_for_longer_than_it_lasts(HttpStatusCode status, string meanwhile)
    {
        await using var machine = await Registered();
        machine.Platform.Answer = asked => asked.Name == "register" ? FakePlatform.Refusal(status, "broken") : null;
        var troubled = await machine.Registration.Register();
        (troubled.State, troubled.LastError).ShouldBe((meanwhile, $"https://platform.example answered {(int)status} to register: broken"));
        troubled.NextAttemptAt.ShouldNotBeNull().ShouldBeLessThan(machine.Clock.GetUtcNow() + TimeSpan.FromMinutes(6));

        await machine.Until(async () => (await machine.Registration.Standing()).LastError is null);

        ((await machine.Registration.Standing()).State, (await machine.Registration.Credentials())!.RuntimeToken).ShouldBe(("registered", "rt-wkr_1-2"));
    }

    [Fact]
    public async Task Trouble_with_a_platform_that_cannot_refresh_ends_with_a_new_registration()
    {
        await using var machine = await Registered();
        machine.Platform.Answer = static asked => asked.Name is "register" or "refresh-token" ? FakePlatform.Refusal(HttpStatusCode.MethodNotAllowed) : null;
        (await machine.Registration.Register()).State.ShouldBe("refused");
        machine.Platform.Answer = static asked => asked.Name == "refresh-token" ? FakePlatform.Refusal(HttpStatusCode.MethodNotAllowed) : null;

        await machine.Until(async () => (await machine.Registration.Standing()).LastError is null);

        ((await machine.Registration.Standing()).State, (await machine.Registration.Credentials())!.WorkerId).ShouldBe(("registered", "wkr_2"));
    }

    [Fact]
    public async Task S8_A_worker_that_is_not_found_but_can_be_refreshed_keeps_its_id()
    {
        await using var machine = await Registered();
        machine.Clock.Advance(TimeSpan.FromSeconds(61));

        var recovery = await machine.Registration.Recover(Rejection((await machine.Registration.Credentials())!, 404, "Worker not found"));

        (recovery.Mode, recovery.Reason, recovery.Credentials!.WorkerId, recovery.WorkerIdChanged).ShouldBe((PlatformRecovery.Refreshed, "worker-not-found", "wkr_1", false));
        machine.Platform.AskedTo("register").Count.ShouldBe(1);
    }

    [Fact, Trait("spec", "PA-11")]
    public async Task A_registration_that_fails_in_a_recovery_leaves_everything_as_it_was()
    {
        await using var machine = await Registered();
        machine.Clock.Advance(TimeSpan.FromSeconds(61));
        machine.Platform.Forget("wkr_1");
        machine.Platform.Answer = asked => asked.Path.EndsWith("register", StringComparison.Ordinal) ? FakePlatform.Refusal(HttpStatusCode.BadGateway) : null;
        var (before, file) = (await machine.Registration.Credentials(), await File.ReadAllTextAsync(machine.State.Registration));

        (await machine.Registration.Recover(Rejection(before!, 404, ""))).Mode.ShouldBe(PlatformRecovery.Failed);

        (await machine.Registration.Credentials()).ShouldBe(before);
        (await File.ReadAllTextAsync(machine.State.Registration)).ShouldBe(file);
    }

    [Fact]
    public async Task The_registration_that_somebody_else_has_kept_is_tried_before_a_new_one()
    {
        await using var machine = await Registered();
        machine.Clock.Advance(TimeSpan.FromSeconds(61));
        var before = (await machine.Registration.Credentials())!;
        await machine.Registration.Register();
        var sibling = await File.ReadAllTextAsync(machine.State.Registration);
        await machine.Kill();
        machine.Platform.Forget("wkr_1");
        await File.WriteAllTextAsync(machine.State.Registration, sibling.Replace("wkr_2", "wkr_1", StringComparison.Ordinal));
        await machine.Boot();
        await machine.Registration.Begin();
        await File.WriteAllTextAsync(machine.State.Registration, sibling);

        var recovery = await machine.Registration.Recover(Rejection((await machine.Registration.Credentials())!, 404, ""));

        (recovery.Mode, recovery.Credentials!.WorkerId, recovery.WorkerIdChanged).ShouldBe((PlatformRecovery.Adopted, "wkr_2", true));
        before.WorkerId.ShouldBe("wkr_1");
        machine.Platform.AskedTo("register").Count.ShouldBe(2);
    }

    [Fact, Trait("spec", "PA-1")]
    public async Task No_token_is_in_the_log_or_in_the_state_whatever_happens()
    {
        await using var machine = await Registered();
        await machine.Daemon.Start();
        await machine.Spawner.Accept(TestMachine.Spec("s-1") with { WorkItem = new JsonText("""{"sessionId":"s-1"}""") });
        var before = (await machine.Registration.Credentials())!;
        machine.Platform.Answer = asked => FakePlatform.Refusal(HttpStatusCode.InternalServerError, $"{asked.Token} is not welcome");
        await machine.Registration.Recover(Rejection(before, 401, $"{before.RuntimeToken} Runtime token expired"));
        await machine.Registration.Register();
        machine.Platform.Answer = static _ => null;
        await machine.Registration.Recover(Rejection(before, 401, Expired));
        await machine.Restart();

        machine.Log.Lines.Count.ShouldBeGreaterThan(10);
        var written = machine.Log.Lines.Append(machine.Storage.Everything).Append((await machine.Registration.Standing()).ToString()).Append(before.ToString()).ToList();
        foreach (var secret in new[] { FakePlatform.RegistrationToken, "rt-wkr_1-1", "rt-wkr_1-2" })
            written.ShouldNotContain(line => line.Contains(secret, StringComparison.Ordinal));
    }

    private static async Task<TestMachine> Registered()
    {
        var machine = await TestMachine.WithPlatform();
        await machine.Registration.Begin();
        await machine.Stands(static now => now.State == "registered");
        return machine;
    }

    private static PlatformRejection Rejection(PlatformCredentials credentials, int status, string text) => new()
    {
        Path = "heartbeat",
        StatusCode = status,
        Reason = text,
        WorkerId = credentials.WorkerId,
        RuntimeToken = credentials.RuntimeToken,
    };
}
