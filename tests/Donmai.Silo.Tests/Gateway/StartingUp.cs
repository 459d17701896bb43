using System.Net;
using Donmai.Daemon;
using Donmai.Sessions;
using Donmai.Workareas;
using NSubstitute;
using NSubstitute.ExceptionExtensions;

namespace Donmai.Silo.Tests.Gateway;

/// <summary>control-api.md §5: what is answered between the bind and the first grain.</summary>
public sealed class StartingUp : IAsyncLifetime
{
    private GatewayUnderTest _gateway = null!;

    public async Task InitializeAsync() => _gateway = await GatewayUnderTest.Start(open: false);

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task Health_answers_at_once() => (await _gateway.Raw("GET", "/healthz")).Body.ShouldBe("ok");

    [Fact]
    public async Task Lists_are_not_empty_because_nobody_could_be_asked_yet()
    {
        _gateway.Spawner.Live().Returns([new SessionHandle { SessionId = "s1" }]);
        _gateway.Workareas.List().Returns(new WorkareaList { Active = [new WorkareaSummary { Id = "s1" }] });
        var sessions = _gateway.Http.GetStringAsync("/api/daemon/sessions");
        var workareas = _gateway.Http.GetStringAsync("/api/daemon/workareas");
        await _gateway.Http.GetStringAsync("/healthz");

        _gateway.BeginRecovery();

        (await sessions).ShouldContain("\"s1\"");
        (await workareas).ShouldContain("\"s1\"");
    }

    [Fact]
    public async Task The_status_says_starting()
    {
        var status = (await _gateway.Raw("GET", "/api/daemon/status")).Json;

        status.GetProperty("status").GetString().ShouldBe("starting");
        status.GetProperty("machineId").GetString().ShouldBe(GatewayUnderTest.Machine);
        status.GetProperty("version").GetString().ShouldBe("1.4.0");
        status.GetProperty("engine").GetString().ShouldBe("Test Engine 1");
        status.GetProperty("uptimeSeconds").GetInt64().ShouldBe(0);
    }

    [Fact]
    public async Task Work_is_refused_with_the_reason()
    {
        using var answer = await _gateway.Post("/api/daemon/sessions", "{}");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("{\"error\":\"daemon is not running (state \\\"starting\\\")\"}\n");
    }

    [Theory]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("drain")]
    [InlineData("update")]
    public async Task Actions_are_refused_with_the_state_in_their_shape(string action)
    {
        var answer = await _gateway.Raw("POST", "/api/daemon/" + action);

        answer.Status.ShouldBe(409);
        answer.Body.ShouldBe($"{{\"ok\":false,\"message\":\"cannot {action} while starting\"}}\n");
    }

    [Fact]
    public async Task A_stop_waits_for_something_to_stop()
    {
        _gateway.Daemon.Stop(default!).ReturnsForAnyArgs(new DaemonActionAnswer { Ok = true, Message = "stopping" });
        var stop = _gateway.Raw("POST", "/api/daemon/stop");
        await _gateway.Http.GetStringAsync("/healthz");

        _gateway.BeginRecovery();

        (await stop).Status.ShouldBe(200);
    }

    [Fact]
    [Trait("spec", "CA-17")]
    [Trait("spec", "CA-18")]
    public async Task Reading_routes_are_empty_where_nothing_is_known()
    {
        (await _gateway.Raw("GET", "/api/daemon/capabilities")).Json.GetProperty("provides").GetArrayLength().ShouldBe(0);
        (await _gateway.Raw("GET", "/api/daemon/providers")).Body
            .ShouldBe("""{"providers":[],"partialCoverage":true,"coveredFamilies":["agent-runtime"]}""" + "\n");
        (await _gateway.Raw("GET", "/api/daemon/heartbeat")).Body
            .ShouldBe("""{"workerId":"","hostname":"","status":"","sentAt":"","activeSessions":0,"maxSessions":0}""" + "\n");
        var doctor = (await _gateway.Raw("GET", "/api/daemon/doctor")).Json;
        doctor.GetProperty("state").GetString().ShouldBe("starting");
        doctor.GetProperty("version").GetString().ShouldBe("1.4.0");
        doctor.GetProperty("machineId").GetString().ShouldBe(GatewayUnderTest.Machine);
    }

    [Fact]
    public async Task What_only_the_grains_know_is_waited_for()
    {
        _gateway.AnswerEverything();
        var answers = ((string[])["/api/daemon/stats", "/api/daemon/capacity", "/api/daemon/pool/stats", "/api/daemon/providers/git"])
            .Select(path => _gateway.Raw("GET", path)).ToList();
        await _gateway.Http.GetStringAsync("/healthz");
        answers.ShouldAllBe(static answer => !answer.IsCompleted);

        _gateway.BeginRecovery();

        (await Task.WhenAll(answers)).Select(static answer => answer.Status).ShouldBe([200, 200, 200, 404]);
    }

    [Fact]
    public async Task During_recovery_status_and_refusal_are_the_grains()
    {
        _gateway.Daemon.Status().Returns(new DaemonStatus { Status = "recovering", ActiveSessions = 2 });
        _gateway.Spawner.Accept(default!).ThrowsAsyncForAnyArgs(new SessionRefusedException("daemon is not running (state \"recovering\")"));
        _gateway.BeginRecovery();

        var status = (await _gateway.Raw("GET", "/api/daemon/status")).Json;
        (status.GetProperty("status").GetString(), status.GetProperty("activeSessions").GetInt32()).ShouldBe(("recovering", 2));
        using var answer = await _gateway.Post("/api/daemon/sessions", "{}");
        (await answer.Content.ReadAsStringAsync()).ShouldContain("state \\\"recovering\\\"");
    }

    [Fact]
    public async Task A_worker_that_asks_for_its_detail_is_made_to_wait_not_turned_away()
    {
        _gateway.AddSession("s1").Detail().Returns(new SessionDetail { SessionId = "s1" });

        var detail = _gateway.Http.GetStringAsync("/api/daemon/sessions/s1");
        await _gateway.Http.GetStringAsync("/healthz");
        detail.IsCompleted.ShouldBeFalse();
        _gateway.BeginRecovery();

        (await detail).ShouldBe("{\"sessionId\":\"s1\"}\n");
    }

    [Fact]
    public async Task Wrong_methods_and_paths_are_what_they_always_are()
    {
        (await _gateway.Raw("DELETE", "/api/daemon/status")).Status.ShouldBe(405);
        (await _gateway.Raw("GET", "/api/daemon/nothing")).Status.ShouldBe(404);
    }
}
