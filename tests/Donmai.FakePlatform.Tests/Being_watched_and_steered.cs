using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Donmai.FakePlatform.Tests;

public sealed class Being_watched_and_steered : PlatformTest
{
    [Fact]
    public async Task Everything_that_arrived_can_be_read_but_no_token()
    {
        await Daemon.Register();
        await Daemon.Post("/api/workers/a%2Fb/heartbeat", new JsonObject { ["activeCount"] = 0 }, "guessed");

        var (_, requests) = await Daemon.Get("/control/requests");
        var text = requests!.ToJsonString();
        var (_, state) = await Daemon.Get("/control/state");

        requests.AsArray().Select(static request => $"{request!["method"]} {request["path"]} {request["status"]}")
            .ShouldBe(["POST /api/workers/register 200", "POST /api/workers/a%2Fb/heartbeat 404"]);
        ((string)requests[0]!["headers"]!["Authorization"]!).ShouldBe("Bearer (registration token)");
        ((string)requests[0]!["body"]!).ShouldBe("""{"machineId":"studio-left","hostname":"studio-left","capacity":2}""");
        foreach (var token in new[] { PlatformOptions.DemoToken, Daemon.Token, "guessed" })
        {
            text.ShouldNotContain(token);
            state!.ToJsonString().ShouldNotContain(token);
        }

        (await Daemon.Get("/control/requests?path=heartbeat&after=1")).Answer!.AsArray().Count.ShouldBe(1);
        (await Daemon.Get("/control/requests?path=heartbeat&after=2")).Answer!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Everything_that_a_test_can_do_goes_over_HTTP_too()
    {
        await Daemon.Register();
        await Ordered("/control/items", """[{"sessionId":"s1"},{"repository":"r"}]""", HttpStatusCode.Accepted);
        var poll = await Daemon.Poll();
        poll["work"]!.AsArray().Count.ShouldBe(2);
        ((string)poll["work"]![1]!["sessionId"]!).ShouldNotBeEmpty("what is missing is filled in");
        ((long)poll["work"]![1]!["queuedAt"]!).ShouldBeGreaterThan(0);

        await Ordered("/control/sessions/s1/inbox", """{"text":"Hello.","kind":"user"}""", HttpStatusCode.Accepted);
        (await Daemon.Poll())["inboxMessages"]!["s1"]![0]!["deliveryId"]!.ToString().ShouldBe("dlv_1");
        await Ordered("/control/sessions/s1/take-away");
        await Ordered("/control/sessions/s1/stop");
        (await Daemon.Get("/control/sessions/s1")).Answer!["takenAway"]!.GetValue<bool>().ShouldBeTrue();

        await Ordered("/control/mutations", """{"op":"project.remove","params":{"id":"x"}}""", HttpStatusCode.Accepted);
        (await Daemon.Send(HttpMethod.Put, "/control/host-status", """{"status":"pool_disabled"}""")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await Daemon.Beat()).Answer!["hostStatus"]!["status"]!.ToString().ShouldBe("pool_disabled");
        (await Daemon.Send(HttpMethod.Delete, "/control/host-status", null)).Status.ShouldBe(HttpStatusCode.NoContent);

        await Ordered("/control/faults", """{"kind":"status","path":"heartbeat","count":1,"status":418}""");
        (await Daemon.Get("/control/faults")).Answer!.AsArray().Count.ShouldBe(1);
        ((int)(await Daemon.Beat()).Status).ShouldBe(418);
        await Ordered("/control/down/60");
        await Should.ThrowAsync<HttpRequestException>(() => Daemon.Beat());
        (await Daemon.Send(HttpMethod.Delete, "/control/faults", null)).Status.ShouldBe(HttpStatusCode.NoContent);

        await Ordered("/control/refresh/broken");
        (await Daemon.Refresh()).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        await Ordered("/control/refresh/ok");
        await Ordered("/control/workers/expire-tokens");
        (await Daemon.Beat()).Status.ShouldBe(HttpStatusCode.Unauthorized);
        await Ordered("/control/workers/wkr_1/forget");
        (await Daemon.Beat()).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("/control/faults", """{"kind":"earthquake"}""")]
    [InlineData("/control/faults", """{"kind":"drop","pth":"x"}""")]
    [InlineData("/control/faults", """{"kind":"drop","count":0}""")]
    [InlineData("/control/items", "{")]
    [InlineData("/control/mutations", "{}")]
    [InlineData("/control/refresh/sometimes", "")]
    public async Task An_order_that_is_not_understood_is_refused(string path, string body)
    {
        var (status, answer) = await Daemon.Send(HttpMethod.Post, path, body);

        status.ShouldBe(HttpStatusCode.BadRequest);
        Caller.Error(answer).ShouldNotBeEmpty();
        Platform.Faults.Pending.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_release_is_found_where_daemons_look_for_it()
    {
        await Ordered("/control/releases", """{"version":"1.4.2","content":"Y29udGVudA==","signature":"c2ln","channel":"beta","fileName":"donmai-daemon-arm64-linux"}""");

        var (_, manifest) = await Daemon.Get("/beta/latest.json");
        ((string)manifest!["version"]!).ShouldBe("1.4.2");
        ((string)manifest["sha256"]!).ShouldBe(Convert.ToHexStringLower(SHA256.HashData("content"u8)));
        (await Daemon.Get("/beta/1.4.2/manifest.json")).Answer!["files"]!["donmai-daemon-arm64-linux"].ShouldNotBeNull();
        foreach (var (name, content) in new[] { ("donmai-daemon-arm64-linux", "content"), ("donmai-daemon-arm64-linux.sig", "sig") })
        {
            using var file = await Daemon.Raw(HttpMethod.Get, $"/beta/1.4.2/{name}");
            (await file.Content.ReadAsStringAsync()).ShouldBe(content);
        }

        (await Daemon.Get("/stable/latest.json")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await Daemon.Get("/beta/1.4.2/other")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_page_comes_whole_and_asks_nobody_else()
    {
        using var page = await Daemon.Raw(HttpMethod.Get, "/");
        var text = await page.Content.ReadAsStringAsync();

        page.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        text.ShouldContain("</html>");
        text.ShouldNotContain("http://");
        text.ShouldNotContain("https://");
    }

    private async Task Ordered(string path, string body = "", HttpStatusCode expected = HttpStatusCode.NoContent)
    {
        var (status, answer) = await Daemon.Send(HttpMethod.Post, path, body);
        status.ShouldBe(expected, answer?.ToJsonString());
    }
}
