using System.Net;
using System.Text.Json.Nodes;
using Donmai.FakePlatform.Sessions;
using Donmai.FakePlatform.Work;

namespace Donmai.FakePlatform.Tests;

public sealed class Handing_out_work : PlatformTest
{
    [Fact]
    public async Task Items_are_handed_out_once_as_they_are_and_claimed()
    {
        await Daemon.Register();
        Platform.Work.Enqueue("""{"sessionId":"s1","queuedAt":1779096600123,"novelty":{"a_b":[1]}}""");
        Platform.Work.Enqueue("""{"sessionId":42}""");
        Platform.Work.Enqueue("\"nonsense\"");

        var first = await Daemon.Poll();
        var second = await Daemon.Poll();

        first["work"]!.ToJsonString().ShouldBe("""[{"sessionId":"s1","queuedAt":1779096600123,"novelty":{"a_b":[1]}},{"sessionId":42},"nonsense"]""");
        ((bool)first["preClaimed"]!).ShouldBeTrue();
        first["claimedSessionIds"]!.ToJsonString().ShouldBe("""["s1"]""");
        second["work"]!.AsArray().ShouldBeEmpty();
        Platform.Sessions.All.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            static session => session.State.ShouldBe(SessionState.Claimed),
            static session => session.ClaimedBy.ShouldBe("wkr_1"));
    }

    [Fact]
    public async Task A_poll_may_ask_for_less_than_there_is()
    {
        await Daemon.Register();
        Platform.Work.Enqueue(Caller.Item("s1"));
        Platform.Work.Enqueue(Caller.Item("s2"));

        var (_, answer) = await Daemon.Get("/api/workers/wkr_1/poll?limit=1");

        answer!["work"]!.AsArray().Count.ShouldBe(1);
        ((int)(await Daemon.Beat()).Answer!["pendingWorkCount"]!).ShouldBe(1);
    }

    [Fact]
    public async Task A_refused_item_is_queued_again()
    {
        await Daemon.Claim("s1");

        var (status, answer) = await Nack(Caller.Item("s1"));

        (status, (bool)answer!["requeued"]!).ShouldBe((HttpStatusCode.OK, true));
        var session = Platform.Sessions.Find("s1")!;
        (session.State, session.ClaimedBy, session.Nacks.Single().Reason).ShouldBe((SessionState.Queued, null, "accept work failed: full"));
        ((string)(await Daemon.Poll())["work"]![0]!["sessionId"]!).ShouldBe("s1");
    }

    [Theory]
    [InlineData("sessionId")]
    [InlineData("issueId")]
    [InlineData("issueIdentifier")]
    [InlineData("priority")]
    [InlineData("queuedAt")]
    public async Task A_refusal_needs_the_five_keys_of_the_item(string key)
    {
        await Daemon.Claim("s1");
        var item = Caller.Item("s1");
        item.Remove(key);

        var (status, answer) = await Nack(item);

        (status, Caller.Error(answer)).ShouldBe((HttpStatusCode.BadRequest, $"\"work\" has no \"{key}\""));
    }

    [Fact]
    public async Task Only_who_holds_the_claim_may_refuse()
    {
        await Daemon.Claim("s1");
        using var other = new Caller(Platform);
        await other.Register("other");

        var (status, _) = await other.Post("/api/sessions/s1/nack", new JsonObject { ["workerId"] = other.WorkerId, ["work"] = Caller.Item("s1") });

        status.ShouldBe(HttpStatusCode.Conflict);
        (await Nack(Caller.Item("s1"))).Status.ShouldBe(HttpStatusCode.OK);
        (await Nack(Caller.Item("s1"))).Status.ShouldBe(HttpStatusCode.Conflict, "it was given back already");
    }

    [Fact]
    public async Task A_session_id_may_hold_any_character()
    {
        await Daemon.Claim("../a b?/ü%2F");

        var (status, _) = await Daemon.Status(Uri.EscapeDataString("../a b?/ü%2F"), "running");

        status.ShouldBe(HttpStatusCode.OK);
        Platform.Sessions.Find("../a b?/ü%2F")!.State.ShouldBe(SessionState.Running);
    }

    [Fact]
    public async Task Messages_come_with_the_next_poll_once()
    {
        await Daemon.Claim("s1", "s2");
        Platform.Work.Tell("s1", new InboxMessage { Text = "Please hurry.", Kind = "user", TurnId = "t1" }).ShouldBe("dlv_1");
        Platform.Work.Tell("s1", new InboxMessage { DeliveryId = "own", Text = "Context." });

        var first = await Daemon.Poll();
        var second = await Daemon.Poll();

        ((bool)first["hasInboxMessages"]!).ShouldBeTrue();
        first["inboxMessages"]!.ToJsonString().ShouldBe(
            """{"s1":[{"deliveryId":"dlv_1","text":"Please hurry.","kind":"user","turnId":"t1"},{"deliveryId":"own","text":"Context."}]}""");
        ((bool)second["hasInboxMessages"]!).ShouldBeFalse();
        second["inboxMessages"].ShouldBeNull();
    }

    private Task<(HttpStatusCode Status, JsonNode? Answer)> Nack(JsonObject item) => Daemon.Post(
        "/api/sessions/s1/nack", new JsonObject { ["workerId"] = Daemon.WorkerId, ["reason"] = "accept work failed: full", ["work"] = item });
}
