using System.Net;
using Donmai.Routing;
using Donmai.Sessions;
using Donmai.Workareas;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Donmai.Client.Tests.Sessions;

public sealed class Calls_about_sessions
{
    [Fact]
    public async Task Live_sessions_are_the_default_and_ended_ones_are_asked_for()
    {
        var asked = new List<string>();
        await using var daemon = await FakeDaemon.Start(routes => routes.MapGet("/api/daemon/sessions", (HttpRequest request) =>
        {
            asked.Add(request.QueryString.ToString());
            return Results.Text(FakeDaemon.Json<List<SessionHandle>>([new() { SessionId = "s1", State = SessionState.Running }]), "application/json");
        }));
        using var client = daemon.Client();

        (await client.Sessions()).ShouldHaveSingleItem().SessionId.ShouldBe("s1");
        await client.Sessions(all: true);

        asked.ShouldBe(["", "?state=all"]);
    }

    [Fact]
    public async Task A_session_is_submitted_as_the_wire_says()
    {
        var body = "";
        await using var daemon = await FakeDaemon.Start(routes => routes.MapPost("/api/daemon/sessions", async (HttpRequest request) =>
        {
            body = await new StreamReader(request.Body).ReadToEndAsync();
            return Results.Text(FakeDaemon.Json(new SessionHandle { SessionId = "s1", Pid = 12 }), "application/json", statusCode: StatusCodes.Status202Accepted);
        }));
        using var client = daemon.Client();
        var spec = new SessionSpec { SessionId = "s1", Repository = "shop", Ref = "main", PromptContext = "Do it." };

        (await client.Accept(spec)).Pid.ShouldBe(12);

        body.ShouldBe(FakeDaemon.Json(spec));
    }

    [Fact]
    public async Task Stop_carries_the_reason_and_says_at_once_only_when_meant()
    {
        var bodies = new List<string>();
        await using var daemon = await FakeDaemon.Start(routes => routes.MapPost("/api/daemon/sessions/{id}/stop", async (string id, HttpRequest request) =>
        {
            bodies.Add(await new StreamReader(request.Body).ReadToEndAsync());
            return Results.Text(FakeDaemon.Json(new SessionStopOutcome { SessionId = id, Stopped = true, Mode = SessionStopMode.OperatorCancelled }), "application/json");
        }));
        using var client = daemon.Client();

        (await client.Stop("s1", "enough")).Stopped.ShouldBeTrue();
        await client.Stop("s1", immediately: true);

        bodies.ShouldBe(["""{"reason":"enough"}""", """{"immediately":true}"""]);
    }

    [Fact]
    public async Task Work_areas_and_routing_are_read_by_id()
    {
        await using var daemon = await FakeDaemon.Start(routes =>
        {
            routes.MapGet("/api/daemon/workareas", () => Results.Text(FakeDaemon.Json(new WorkareaList { Archived = [new() { Id = "wa-1" }] }), "application/json"));
            routes.MapGet("/api/daemon/workareas/{id}", (string id) => Results.Text(FakeDaemon.Json(new WorkareaAnswer { Workarea = new() { Id = id } }), "application/json"));
            routes.MapGet("/api/daemon/routing/explain/{id}", (string id) => Results.Text(FakeDaemon.Json(new RoutingExplanation { SessionId = id }), "application/json"));
            routes.MapGet("/api/daemon/sessions/{id}", (string id) => Results.Text(FakeDaemon.Json(new SessionDetail { SessionId = id }), "application/json"));
        });
        using var client = daemon.Client();

        (await client.Workareas()).Archived.ShouldHaveSingleItem().Id.ShouldBe("wa-1");
        (await client.Workarea("wa-1")).Id.ShouldBe("wa-1");
        (await client.Explain("s1")).SessionId.ShouldBe("s1");
        (await client.Detail("s1")).SessionId.ShouldBe("s1");
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    public async Task An_id_that_would_change_the_path_is_never_sent(string id)
    {
        var asked = 0;
        await using var daemon = await FakeDaemon.Start(routes => routes.MapFallback(() => Interlocked.Increment(ref asked)));
        using var client = daemon.Client();

        await Should.ThrowAsync<NotFoundException>(() => client.Inspect(id));
        await Should.ThrowAsync<NotFoundException>(() => client.Stop(id));
        await Should.ThrowAsync<NotFoundException>(async () => await client.Events(id).GetAsyncEnumerator().MoveNextAsync());

        asked.ShouldBe(0);
    }

    [Fact]
    public async Task An_id_with_a_path_in_it_stays_one_segment()
    {
        string? asked = null;
        await using var daemon = await FakeDaemon.Start(routes => routes.MapFallback((HttpContext context) =>
        {
            asked = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget;
            return Results.Text("""{"error":"session not found"}""", statusCode: (int)HttpStatusCode.NotFound);
        }));
        using var client = daemon.Client();

        await Should.ThrowAsync<NotFoundException>(() => client.Inspect("../status"));

        asked.ShouldBe("/api/daemon/sessions/..%2Fstatus/inspect");
    }
}
