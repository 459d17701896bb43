using System.Net;
using System.Text.Json;
using Donmai.Routing;

namespace Donmai.Silo.Tests.Daemon;

/// <summary>control-api.md §4.8–§4.11 and its invariants, through gateway, grains and processes.</summary>
public sealed class SessionsOverHttp : IAsyncLifetime
{
    private RunningDaemon _daemon = null!;

    public async Task InitializeAsync() => _daemon = await RunningDaemon.Start();

    public async Task DisposeAsync() => await _daemon.DisposeAsync();

    [Fact]
    [Trait("spec", "CA-11")]
    public async Task The_list_is_empty_when_idle_and_shows_an_accepted_session()
    {
        (await _daemon.Get("/api/daemon/sessions")).Json.GetArrayLength().ShouldBe(0);

        var (status, handle) = await _daemon.Accept("s1");

        status.ShouldBe(HttpStatusCode.Accepted);
        handle.GetProperty("sessionId").GetString().ShouldBe("s1");
        handle.GetProperty("state").GetString().ShouldBe("running");
        handle.GetProperty("pid").GetInt32().ShouldBeGreaterThan(0);
        var listed = (await _daemon.Get("/api/daemon/sessions")).Json;
        listed.GetArrayLength().ShouldBe(1);
        listed[0].GetProperty("sessionId").GetString().ShouldBe("s1");
        listed[0].GetProperty("pid").GetInt32().ShouldBe(handle.GetProperty("pid").GetInt32());
    }

    [Fact]
    [Trait("spec", "CA-12")]
    public async Task A_repository_outside_the_allowlist_is_refused_and_starts_nothing()
    {
        var (status, body) = await _daemon.Accept("s1", "https://git.example.invalid/acme/other");

        status.ShouldBe(HttpStatusCode.BadRequest);
        body.GetProperty("error").GetString().ShouldBe("repository \"https://git.example.invalid/acme/other\" is not in the project allowlist");
        (await _daemon.Get("/api/daemon/sessions")).Json.GetArrayLength().ShouldBe(0);
        Directory.EnumerateFileSystemEntries(_daemon.Options.State.Records).ShouldBeEmpty();
    }

    [Fact]
    [Trait("spec", "CA-13")]
    public async Task A_project_id_stands_for_its_repository()
    {
        var (status, handle) = await _daemon.Accept("s1", RunningDaemon.Project);

        status.ShouldBe(HttpStatusCode.Accepted);
        handle.GetProperty("projectName").GetString().ShouldBe(RunningDaemon.Project);
    }

    [Fact]
    [Trait("spec", "CA-14")]
    [Trait("spec", "RT-16")]
    [Trait("spec", "WA-5")]
    public async Task Right_after_the_accept_the_work_area_is_listed_and_the_decision_is_explained()
    {
        await _daemon.Accept("s1");

        var active = (await _daemon.Get("/api/daemon/workareas")).Json.GetProperty("active");
        var (explained, explanation) = await _daemon.Get("/api/daemon/routing/explain/s1");
        var (inspected, workarea) = await _daemon.Get("/api/daemon/workareas/s1");

        active.EnumerateArray().Select(static row => row.GetProperty("id").GetString()).ShouldBe(["s1"]);
        explained.ShouldBe(HttpStatusCode.OK);
        explanation.GetProperty("sessionId").GetString().ShouldBe("s1");
        explanation.GetProperty("decision").GetProperty("chosenSandbox").GetString().ShouldBe("local");
        inspected.ShouldBe(HttpStatusCode.OK);
        workarea.GetProperty("workarea").GetProperty("kind").GetString().ShouldBe("active");
        workarea.GetProperty("workarea").GetProperty("projectId").GetString().ShouldBe(RunningDaemon.Project);
    }

    [Fact]
    [Trait("spec", "WA-6")]
    public async Task Active_work_areas_are_sorted_by_session()
    {
        await _daemon.Accept("s2");
        await _daemon.Accept("S3");

        (await _daemon.Get("/api/daemon/workareas")).Json.GetProperty("active").EnumerateArray()
            .Select(static row => row.GetProperty("id").GetString()).ShouldBe(["S3", "s2"]);
    }

    [Fact]
    [Trait("spec", "CA-15")]
    [Trait("spec", "RT-13")]
    [Trait("spec", "RT-15")]
    public async Task A_session_that_ended_leaves_list_and_detail_and_keeps_its_decision()
    {
        await _daemon.Accept("s1");
        (await _daemon.Get("/api/daemon/sessions/s1")).Json.GetProperty("repository").GetString().ShouldBe(RunningDaemon.Repository);

        _daemon.LetEnd("s1");
        await _daemon.End("s1");
        await _daemon.Host.WaitUntilIdle();

        (await _daemon.Get("/api/daemon/sessions")).Json.GetArrayLength().ShouldBe(0);
        var (detail, body) = await _daemon.Get("/api/daemon/sessions/s1");
        detail.ShouldBe(HttpStatusCode.NotFound);
        body.GetProperty("sessionId").GetString().ShouldBe("s1");
        (await _daemon.Get("/api/daemon/sessions/s1/inspect")).Json.GetProperty("state").GetString().ShouldBe("completed");
        (await _daemon.Get("/api/daemon/sessions?state=all")).Json[0].GetProperty("state").GetString().ShouldBe("completed");
        (await _daemon.Get("/api/daemon/routing/explain/s1")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    [Trait("spec", "RT-13")]
    public async Task A_decision_about_an_id_with_a_slash_is_explained_where_the_slash_is_encoded()
    {
        var grains = _daemon.Host.Grains; // no such id is accepted over HTTP
        await grains.GetGrain<IRoutingTraceGrain>("a/b").Record(new RoutingExplanation
        {
            SessionId = "a/b",
            Decision = new RoutingDecision { SessionId = "a/b", ChosenLlm = "claude" },
            Trace = [new RoutingTraceStep { Step = 1, Remaining = ["local"], Note = "first" }, new RoutingTraceStep { Step = 2, Remaining = ["claude"] }],
        });

        var (status, explanation) = await _daemon.Get("/api/daemon/routing/explain/a%2Fb");

        status.ShouldBe(HttpStatusCode.OK);
        explanation.GetProperty("decision").GetProperty("sessionId").GetString().ShouldBe("a/b");
        explanation.GetProperty("trace").EnumerateArray().Select(static step => step.GetProperty("step").GetInt32()).ShouldBe([1, 2]);
        explanation.GetProperty("trace")[0].GetProperty("note").GetString().ShouldBe("first");
        (await _daemon.Get("/api/daemon/routing/explain/a/b")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await _daemon.Get("/api/daemon/routing/explain/a%252Fb")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{"suppose":null,"draws":10}""", HttpStatusCode.OK)]
    [InlineData("""{"resources":{"tools":[null,"../../bin/sh","\u0000"]},"draws":10}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"draws":100001}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"draws":1e9}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"suppose":[{"providerId":"claude","costCents":1e999}]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"suppose":[null]}""", HttpStatusCode.BadRequest)]
    [InlineData("[]", HttpStatusCode.BadRequest)]
    [InlineData("", HttpStatusCode.BadRequest)]
    public async Task A_simulation_is_bounded_whatever_is_sent(string body, HttpStatusCode status) =>
        (await _daemon.Post("/api/daemon/routing/simulate", body)).Status.ShouldBe(status, body);

    [Fact]
    [Trait("spec", "CA-24")]
    public async Task An_id_that_is_live_is_refused_with_409_and_its_process_stays()
    {
        var (_, first) = await _daemon.Accept("s1");

        var (status, body) = await _daemon.Accept("s1");

        status.ShouldBe(HttpStatusCode.Conflict);
        body.GetProperty("error").GetString().ShouldBe("session already active");
        body.GetProperty("sessionId").GetString().ShouldBe("s1");
        (await _daemon.Get("/api/daemon/sessions")).Json[0].GetProperty("pid").GetInt32().ShouldBe(first.GetProperty("pid").GetInt32());
    }

    [Fact]
    public async Task The_session_after_the_last_slot_is_refused()
    {
        await _daemon.Accept("s1");
        await _daemon.Accept("s2");

        var (status, body) = await _daemon.Accept("s3");

        status.ShouldBe(HttpStatusCode.BadRequest);
        body.GetProperty("error").GetString().ShouldBe("at capacity (2/2 sessions)");
        (await _daemon.Get("/api/daemon/status")).Json.GetProperty("activeSessions").GetInt32().ShouldBe(2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../x")]
    [InlineData("a/b")]
    [InlineData("a b")]
    public async Task An_id_that_could_be_a_path_is_refused(string id)
    {
        var (status, body) = await _daemon.Accept(id);

        status.ShouldBe(HttpStatusCode.BadRequest);
        body.GetProperty("error").GetString().ShouldNotBeNullOrEmpty();
        Directory.EnumerateFileSystemEntries(_daemon.Options.State.Records).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stopped_session_ends_as_terminated_and_stopping_again_finds_nothing()
    {
        await _daemon.Accept("s1");

        var (status, outcome) = await _daemon.Post("/api/daemon/sessions/s1/stop", """{"reason":"lunch"}""");
        await _daemon.End("s1");
        await _daemon.Host.WaitUntilIdle();

        status.ShouldBe(HttpStatusCode.OK);
        outcome.GetProperty("stopped").GetBoolean().ShouldBeTrue();
        outcome.GetProperty("mode").GetString().ShouldBe("operator-cancelled");
        var inspection = (await _daemon.Get("/api/daemon/sessions/s1/inspect")).Json;
        inspection.GetProperty("state").GetString().ShouldBe("terminated");
        var again = (await _daemon.Post("/api/daemon/sessions/s1/stop", "")).Json;
        again.GetProperty("stopped").GetBoolean().ShouldBeFalse();
        again.GetProperty("reason").GetString().ShouldBe("not-found");
    }

    [Fact]
    [Trait("spec", "DR-35")]
    public async Task A_worker_is_told_the_bound_address_and_no_secret()
    {
        await _daemon.Accept("s1");

        (await _daemon.WorkerVariable("s1", "DONMAI_DAEMON_URL")).ShouldBe(_daemon.Host.Address.ToString().TrimEnd('/'));
        (await _daemon.WorkerVariable("s1", "DONMAI_SESSION_ID")).ShouldBe("s1");
        (await _daemon.WorkerVariable("s1", "DONMAI_DAEMON_TOKEN")).ShouldBeNull();
    }

    [Fact]
    public async Task Two_hundred_at_once_get_two_slots_and_a_clear_answer_each()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(number => _daemon.Accept($"s{number}")));

        answers.Count(static answer => answer.Status is HttpStatusCode.Accepted).ShouldBe(2);
        answers.Where(static answer => answer.Status is not HttpStatusCode.Accepted)
            .ShouldAllBe(static answer => answer.Status == HttpStatusCode.BadRequest && IsFull(answer.Json));
        (await _daemon.Get("/api/daemon/sessions")).Json.GetArrayLength().ShouldBe(2);
    }

    private static bool IsFull(JsonElement body) => body.GetProperty("error").GetString() == "at capacity (2/2 sessions)";
}
