using System.Net;
using Donmai.Daemon;
using Donmai.Sessions;
using Donmai.Workareas;
using NSubstitute;

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

    [Fact]
    public async Task During_recovery_status_and_refusal_say_so()
    {
        _gateway.Daemon.Status().Returns(new DaemonStatus { Status = "recovering", ActiveSessions = 2 });
        _gateway.BeginRecovery();

        var status = (await _gateway.Raw("GET", "/api/daemon/status")).Json;
        (status.GetProperty("status").GetString(), status.GetProperty("activeSessions").GetInt32()).ShouldBe(("recovering", 2));
        using var answer = await _gateway.Post("/api/daemon/sessions", "{}");
        (await answer.Content.ReadAsStringAsync()).ShouldContain("state \\\"recovering\\\"");
        await _gateway.Spawner.DidNotReceiveWithAnyArgs().Accept(default!);
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
