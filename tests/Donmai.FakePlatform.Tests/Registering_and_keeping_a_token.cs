using System.Net;
using System.Text.Json.Nodes;
using Donmai.FakePlatform.Workers;

namespace Donmai.FakePlatform.Tests;

public sealed class Registering_and_keeping_a_token : PlatformTest
{
    [Fact]
    public async Task A_registration_gives_an_id_a_token_and_the_cadence()
    {
        var answer = await Daemon.Register();

        ((string)answer["workerId"]!).ShouldBe("wkr_1");
        ((string)answer["runtimeToken"]!).ShouldBe("rt-wkr_1-1");
        ((int)answer["heartbeatInterval"]!).ShouldBe(200);
        ((int)answer["pollInterval"]!).ShouldBe(200);
        DateTimeOffset.Parse((string)answer["runtimeTokenExpiresAt"]!, null).ShouldBeGreaterThan(Platform.Clock.GetUtcNow().AddMinutes(59));
        Platform.Workers.All.ShouldHaveSingleItem().Capacity.ShouldBe(2);
    }

    [Theory]
    [InlineData("""{"hostname":"h","capacity":1}""", "rsk_live_other", 401, "unknown registration token")]
    [InlineData("""{"hostname":" ","capacity":1}""", "rsk_live_demo", 400, "\"hostname\" is missing or blank")]
    [InlineData("""{"hostname":"h","capacity":0}""", "rsk_live_demo", 400, "\"capacity\" is not a whole number of at least 1")]
    [InlineData("""{"hostname":"h","capacity":1,"max_agents":2}""", "rsk_live_demo", 400, "\"max_agents\" is a field of the older worker protocol")]
    [InlineData("""{"hostname":"h","capacity":1,"provides":["native"]}""", "rsk_live_demo", 400, "\"provides\" has an entry that is not an object")]
    [InlineData("[]", "rsk_live_demo", 400, "the body is not a JSON object")]
    [InlineData("{", "rsk_live_demo", 400, "the body is not JSON")]
    public async Task A_wrong_registration_is_refused_with_what_is_wrong(string body, string token, int status, string error)
    {
        var refused = await Daemon.Send(HttpMethod.Post, "/api/workers/register", body, token);

        ((int)refused.Status).ShouldBe(status);
        Caller.Error(refused.Answer).ShouldStartWith(error);
        Platform.Workers.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refresh_gives_the_next_token_and_ends_the_former_one()
    {
        await Daemon.Register();

        var (status, answer) = await Daemon.Refresh();

        (status, (string)answer!["runtimeToken"]!).ShouldBe((HttpStatusCode.OK, "rt-wkr_1-2"));
        var former = await Daemon.Beat();
        (former.Status, Caller.Error(former.Answer)).ShouldBe((HttpStatusCode.Unauthorized, "Runtime token expired"));
        (await Daemon.Get("/api/workers/wkr_1/poll", "rt-wkr_1-2")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(RefreshMode.Missing, 404)]
    [InlineData(RefreshMode.Broken, 503)]
    public async Task The_refresh_can_be_missing_or_broken(RefreshMode mode, int status)
    {
        await Daemon.Register();
        Platform.Workers.SetRefresh(mode);

        ((int)(await Daemon.Refresh()).Status).ShouldBe(status);
        (await Daemon.Beat()).Status.ShouldBe(HttpStatusCode.OK, "the token is still good");
    }

    [Fact]
    public async Task Tokens_end_when_they_are_told_to_and_with_their_time()
    {
        await Daemon.Register();
        Platform.Workers.ExpireTokens("wkr_1");
        Caller.Error((await Daemon.Beat()).Answer).ShouldBe("Runtime token expired");
        var second = (string)(await Daemon.Refresh()).Answer!["runtimeToken"]!;
        (await Daemon.Get("/api/workers/wkr_1/poll", second)).Status.ShouldBe(HttpStatusCode.OK);

        Platform.Clock.Advance(TimeSpan.FromHours(1));

        Caller.Error((await Daemon.Get("/api/workers/wkr_1/poll", second)).Answer).ShouldBe("Runtime token expired");
    }

    [Fact]
    public async Task A_token_that_is_none_and_one_of_somebody_else_are_unauthorized()
    {
        await Daemon.Register("a");
        using var other = new Caller(Platform);
        await other.Register("b");

        foreach (var token in new[] { "rt-wkr_9-1", PlatformOptions.DemoToken, other.Token })
        {
            var (status, answer) = await Daemon.Get("/api/workers/wkr_1/poll", token);
            (status, Caller.Error(answer)).ShouldBe((HttpStatusCode.Unauthorized, "unauthorized"), token);
        }
    }

    [Fact]
    public async Task A_forgotten_worker_is_not_found_and_its_sessions_follow_the_machine_to_its_next_registration()
    {
        await Daemon.Claim("s1");
        Platform.Workers.ForgetWorker("wkr_1");
        Caller.Error((await Daemon.Beat()).Answer).ShouldBe("Worker not found");
        (await Daemon.Refresh()).Status.ShouldBe(HttpStatusCode.NotFound);

        await Daemon.Register();

        Daemon.WorkerId.ShouldBe("wkr_2");
        Platform.Sessions.Find("s1")!.ClaimedBy.ShouldBe("wkr_2");
        Platform.Workers.Registrations.ShouldBe(2);
    }

    [Fact]
    public async Task A_beat_is_kept_and_its_allowlist_must_fit_its_hash()
    {
        await Daemon.Register();
        var list = new JsonArray(
            new JsonObject { ["id"] = "web", ["repository"] = "https://github.com/acme/web.git" },
            new JsonObject { ["id"] = "api", ["repository"] = "github.com/acme/api" });
        var beat = new JsonObject
        {
            ["activeCount"] = 1,
            ["maxSessions"] = 6,
            ["status"] = "busy",
            ["load"] = new JsonObject { ["cpu"] = 12.5, ["memory"] = 40 },
            ["allowlistHash"] = "d55c2eeb79bc6a9166862cfaa5badc654101c8064e4787634acf21223257800b",
            ["allowlist"] = list,
        };

        (await Daemon.Beat((JsonObject)beat.DeepClone())).Status.ShouldBe(HttpStatusCode.OK);
        beat["allowlistHash"] = new string('0', 64);
        var wrong = await Daemon.Beat(beat);

        (wrong.Status, Caller.Error(wrong.Answer)).ShouldBe((HttpStatusCode.BadRequest, "\"allowlistHash\" is not the hash of \"allowlist\""));
        var worker = Platform.Workers.All.ShouldHaveSingleItem();
        (worker.Beats, worker.ActiveCount, worker.MaxSessions, worker.Status).ShouldBe((1, 1, 6, "busy"));
        worker.Allowlist.Select(static entry => entry.Id).ShouldBe(["web", "api"]);
        (await Daemon.Beat([])).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Mutations_come_with_every_beat_until_they_are_acknowledged()
    {
        await Daemon.Register();
        var id = Platform.Heartbeats.AddMutation(new Mutation { Op = "project.add", Params = new JsonObject { ["id"] = "docs" } });
        Platform.Heartbeats.AddMutation(new Mutation { Id = "m2", Op = "nonsense" });
        Platform.Heartbeats.SetHostStatus(new HostStatus("pool_draining", "move"));

        var first = (await Daemon.Beat()).Answer!;
        var second = (await Daemon.Beat(new JsonObject
        {
            ["activeCount"] = 0,
            ["appliedMutations"] = new JsonArray(id),
            ["mutationFailures"] = new JsonArray(new JsonObject { ["id"] = "m2", ["error"] = "unknown op" }),
        })).Answer!;

        first["pendingMutations"]!.AsArray().Select(static m => (string)m!["op"]!).ShouldBe(["project.add", "nonsense"]);
        ((string)first["hostStatus"]!["status"]!).ShouldBe("pool_draining");
        second["pendingMutations"].ShouldBeNull();
        Platform.Heartbeats.Mutations.Select(static m => (m.Acknowledgements, m.Error)).ShouldBe([(1, null), (1, "unknown op")]);
    }
}
