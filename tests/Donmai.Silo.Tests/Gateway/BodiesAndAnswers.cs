using System.Net;
using Donmai.Sessions;
using Donmai.Workareas;
using NSubstitute;
using NSubstitute.ExceptionExtensions;

namespace Donmai.Silo.Tests.Gateway;

/// <summary>control-api.md §1.5, §1.6: JSON in and out, and what becomes of refusals.</summary>
public sealed class BodiesAndAnswers : IAsyncLifetime
{
    private GatewayUnderTest _gateway = null!;
    private SessionSpec? _accepted;

    public async Task InitializeAsync()
    {
        _gateway = await GatewayUnderTest.Start();
        _gateway.Spawner.Accept(Arg.Do<SessionSpec>(spec => _accepted = spec))
            .Returns(new SessionHandle { SessionId = "s1", Pid = 5, State = SessionState.Running, AcceptedAt = DateTimeOffset.UnixEpoch });
    }

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task An_answer_is_one_JSON_value_with_a_newline_and_no_charset()
    {
        var answer = await _gateway.Raw("GET", "/api/daemon/sessions");

        answer.Body.ShouldBe("[]\n");
        answer.Header("Content-Type").ShouldBe("application/json");
        answer.Header("Server").ShouldBeNull();
    }

    [Fact]
    public async Task Accepting_answers_202_with_the_handle()
    {
        using var answer = await _gateway.Post("/api/daemon/sessions", """{"sessionId":"s1","repository":"shop"}""");

        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await answer.Content.ReadAsStringAsync())
            .ShouldBe("""{"sessionId":"s1","pid":5,"acceptedAt":"1970-01-01T00:00:00Z","state":"running"}""" + "\n");
    }

    [Theory]
    [InlineData("""{"SESSIONID":"s1","Repository":"shop"}""", "text/plain")]
    [InlineData("""{"sessionId":"s1","repository":"shop","unknown":{"a":[1]}}""", "application/octet-stream")]
    [InlineData("""{"sessionId":"s1","repository":"shop"} {"sessionId":"s2"} trailing""", "application/json")]
    [InlineData(""" {"sessionId":"s1","repository":"shop","ref":null,"env":null}""", "application/json")]
    public async Task Reading_is_generous(string body, string type)
    {
        using var answer = await _gateway.Post("/api/daemon/sessions", body, type);

        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        _accepted.ShouldBe(new SessionSpec { SessionId = "s1", Repository = "shop" });
    }

    [Fact]
    public async Task A_body_of_null_is_an_object_with_nothing_set()
    {
        using var answer = await _gateway.Post("/api/daemon/sessions", "null");

        _accepted.ShouldBe(new SessionSpec());
    }

    [Theory]
    [InlineData("", "the body is empty")]
    [InlineData("  \r\n", "the body is empty")]
    [InlineData("hello", "it is no JSON (line 1, column 1)")]
    [InlineData("{\"sessionId\":\"s1\"", "it is no JSON (line 1, column 18)")]
    [InlineData("{\"sessionId\":5}", "'sessionId' has a value of the wrong type (line 1, column 15)")]
    [InlineData("{\"maxDurationSeconds\":\"5\"}", "'maxDurationSeconds' has a value of the wrong type (line 1, column 26)")]
    [InlineData("{\"maxDurationSeconds\":1.5}", "'maxDurationSeconds' has a value of the wrong type (line 1, column 26)")]
    [InlineData("{\"env\":{\"A\":1}}", "'env.A' has a value of the wrong type (line 1, column 14)")]
    [InlineData("[]", "it must be a JSON object (line 1, column 2)")]
    [InlineData("\"text\"", "it must be a JSON object (line 1, column 7)")]
    public async Task A_malformed_body_is_400(string body, string reason)
    {
        using var answer = await _gateway.Post("/api/daemon/sessions", body);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("application/json");
        (await answer.Content.ReadAsStringAsync()).ShouldBe($"{{\"error\":\"invalid body: {reason}\"}}\n");
        _accepted.ShouldBeNull();
    }

    [Fact]
    public async Task A_nest_of_a_thousand_arrays_is_a_malformed_body()
    {
        using var answer = await _gateway.Post("/api/daemon/sessions", "{\"x\":" + new string('[', 1000) + new string(']', 1000) + "}");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_over_1_MiB_is_413(bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/daemon/sessions");
        request.Content = new StringContent($$"""{"sessionId":"s1","promptContext":"{{new string('x', 1024 * 1024)}}"}""");
        request.Headers.TransferEncodingChunked = chunked;
        using var answer = await _gateway.Http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("{\"error\":\"request body too large\"}\n");
        _accepted.ShouldBeNull();
    }

    [Fact]
    public async Task A_body_just_under_1_MiB_is_read()
    {
        var prompt = new string('x', 1000 * 1024);

        using var answer = await _gateway.Post("/api/daemon/sessions", $$"""{"sessionId":"s1","repository":"shop","promptContext":"{{prompt}}"}""");

        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        _accepted!.PromptContext.ShouldBe(prompt);
    }

    [Fact]
    public async Task A_body_too_large_is_413_on_every_route() =>
        (await _gateway.Raw("GET", "/api/daemon/status", "Content-Length: 1048577\r\n")).Status.ShouldBe(413);

    [Fact]
    public async Task Bodies_of_routes_that_take_none_are_ignored() =>
        (await _gateway.Raw("GET /api/daemon/status HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: 5\r\n\r\n{nope")).Status.ShouldBe(200);

    [Fact]
    public async Task Refusals_keep_their_words_and_get_their_status()
    {
        _gateway.Spawner.Accept(default!).ThrowsAsyncForAnyArgs(new SessionRefusedException("repository \"a/b\" is not in the project allowlist"));
        await Expect(400, "{\"error\":\"repository \\\"a/b\\\" is not in the project allowlist\"}\n");
        _gateway.Spawner.Accept(default!).ThrowsAsyncForAnyArgs(new InvalidSessionSpecException("sessionId is required"));
        await Expect(400, "{\"error\":\"sessionId is required\"}\n");
        _gateway.Spawner.Accept(default!).ThrowsAsyncForAnyArgs(new SessionAlreadyActiveException("s1"));
        await Expect(409, "{\"error\":\"session already active\",\"sessionId\":\"s1\"}\n");
        _gateway.Spawner.Accept(default!).ThrowsAsyncForAnyArgs(new TimeoutException("Response did not arrive on time"));
        await Expect(503, "{\"error\":\"the daemon is too busy to answer; try again\"}\n");
        _gateway.Spawner.Accept(default!).ThrowsAsyncForAnyArgs(new InvalidOperationException("secret detail"));
        await Expect(500, "{\"error\":\"internal error; the daemon's log says more\"}\n");

        async Task Expect(int status, string body)
        {
            using var answer = await _gateway.Post("/api/daemon/sessions", "{}");
            ((int)answer.StatusCode).ShouldBe(status);
            (await answer.Content.ReadAsStringAsync()).ShouldBe(body);
        }
    }

    [Fact]
    public async Task A_corrupted_archive_is_400()
    {
        _gateway.Workareas.List().ThrowsAsync(new ArchiveCorruptedException("archive corrupted: no tree"));

        (await _gateway.Raw("GET", "/api/daemon/workareas")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Stop_takes_an_optional_reason()
    {
        var session = _gateway.AddSession("s1");
        session.Stop(Arg.Any<SessionStopRequest>()).Returns(new SessionStopOutcome { SessionId = "s1", Stopped = true, Mode = SessionStopMode.OperatorCancelled });

        using var plain = await _gateway.Http.PostAsync("/api/daemon/sessions/s1/stop", null);
        using var reasoned = await _gateway.Post("/api/daemon/sessions/s1/stop", """{"reason":"lunch","immediately":true}""");
        using var malformed = await _gateway.Post("/api/daemon/sessions/s1/stop", "{");
        using var unknown = await _gateway.Post("/api/daemon/sessions/gone/stop", "");

        (await plain.Content.ReadAsStringAsync()).ShouldBe("""{"sessionId":"s1","stopped":true,"mode":"operator-cancelled"}""" + "\n");
        await session.Received(1).Stop(new SessionStopRequest());
        await session.Received(1).Stop(new SessionStopRequest { Reason = "lunch", Immediately = true });
        malformed.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        unknown.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await unknown.Content.ReadAsStringAsync()).ShouldBe("""{"sessionId":"gone","stopped":false,"reason":"not-found"}""" + "\n");
    }

    [Fact]
    public async Task The_list_shows_ended_sessions_when_asked()
    {
        _gateway.Spawner.Live().Returns([new SessionHandle { SessionId = "a" }]);
        _gateway.Spawner.Ended(default).ReturnsForAnyArgs([new SessionHandle { SessionId = "z", State = SessionState.Completed }]);

        (await _gateway.Raw("GET", "/api/daemon/sessions")).Json.GetArrayLength().ShouldBe(1);
        (await _gateway.Raw("GET", "/api/daemon/sessions?state=live")).Json.GetArrayLength().ShouldBe(1);
        var all = (await _gateway.Raw("GET", "/api/daemon/sessions?state=all")).Json;
        all.EnumerateArray().Select(static session => session.GetProperty("sessionId").GetString()).ShouldBe(["a", "z"]);
    }

    [Fact]
    public async Task Text_that_is_no_ASCII_comes_back_as_it_was()
    {
        _gateway.Spawner.Live().Returns([new SessionHandle { SessionId = "a", Repository = "köşk/<日本>" }]);

        var body = await _gateway.Http.GetStringAsync("/api/daemon/sessions");

        body.ShouldContain("\"köşk/<日本>\"");
    }
}
