using Donmai.Sessions;
using Donmai.Sessions.Events;
using Donmai.Worker.Tests.Platform;
using Donmai.Worker.Tests.Providers;

namespace Donmai.Worker.Tests.Sessions;

public sealed class Telling_the_issue : IDisposable
{
    private const string Commented =
        """{"type":"assistant","message":{"id":"m","content":[{"type":"tool_use","id":"c","name":"Bash","input":{"command":"pnpm af-linear create-comment BIL-88"}}]}}""";

    private readonly WorkerBench _bench = new();
    private readonly FakePlatform _platform = new();

    public Telling_the_issue()
    {
        _bench.Platform = _platform;
        _bench.Detail = _bench.Detail with
        {
            IssueId = "3b9e",
            IssueIdentifier = "BIL-88",
            WorkType = "qa",
            AuthToken = "runtime-token",
            WorkerId = "wkr_1",
            PlatformUrl = FakePlatform.Url,
        };
    }

    public void Dispose()
    {
        _bench.Dispose();
        _platform.Dispose();
    }

    [Fact, Trait("spec", "WK-103"), Trait("spec", "PA-38")]
    public async Task A_check_that_passed_moves_the_issue_before_the_end_is_reported()
    {
        _bench.Agent.Play(Claude_fixture.Init, Commented, Claude_fixture.Says("WORK_RESULT:passed"), Claude_fixture.Success);
        (await _bench.Run()).ShouldBe(0);
        Asked().ShouldBe(["""{"method":"updateIssueStatus","args":["3b9e","Delivered"]}"""]);
        _bench.Result.LinearStatusTransition.ShouldBe(new IssueTransition
        {
            WorkType = "qa",
            WorkResult = "passed",
            TargetStatus = "Delivered",
            Attempted = true,
            Succeeded = true,
            Reason = "passed",
        });
        var calls = _platform.Requests.ConvertAll(static asked => asked.Call);
        calls.IndexOf("issue-tracker-proxy").ShouldBeLessThan(calls.IndexOf("completion"));
    }

    [Fact, Trait("spec", "WK-103")]
    public async Task Passed_without_what_was_asked_for_is_one_comment_and_no_move()
    {
        _bench.Agent.Play(Claude_fixture.Init, Claude_fixture.Says("WORK_RESULT:passed"), Claude_fixture.Success);
        (await _bench.Run()).ShouldBe(0);
        Asked().ShouldHaveSingleItem().ShouldContain("Missing: a comment on the issue.");
        var transition = _bench.Result.LinearStatusTransition.ShouldNotBeNull();
        (transition.Reason, transition.DiagnosticPosted, transition.Attempted).ShouldBe(("unknown", true, false));
        _bench.Result.BackstopReport!.UnfilledFields.ShouldBe(["comment_posted"]);
    }

    [Fact, Trait("spec", "WK-103")]
    public async Task After_a_limit_the_issue_is_told_as_well()
    {
        _bench.Detail = _bench.Detail with { MaxDurationSeconds = 1 };
        _bench.Agent.Play(Claude_fixture.Init, "#hang");
        (await _bench.Run()).ShouldBe(1);
        Asked().ShouldBe(["""{"method":"updateIssueStatus","args":["3b9e","Rejected"]}"""]);
        _bench.Result.LinearStatusTransition!.Reason.ShouldBe("agent-failed");
    }

    [Fact, Trait("spec", "WK-103")]
    public async Task After_a_stop_nobody_decides_about_the_issue()
    {
        using var stop = new CancellationTokenSource();
        _bench.Agent.Play(Claude_fixture.Init, "#hang");
        var running = _bench.Run(stop.Token);
        await Deadline.Until(() => _bench.Agent.Has("hanging.0"), "the agent to hang");
        await stop.CancelAsync();
        (await running).ShouldBe(5);
        Asked().ShouldBeEmpty();
        _bench.Result.LinearStatusTransition.ShouldBeNull();
    }

    [Fact, Trait("spec", "WK-106")]
    public async Task What_the_platform_refuses_is_a_warning_and_the_session_stays_what_it_was()
    {
        _platform.Always("issue-tracker-proxy", 404, """{"success":false,"error":{"code":"NOT_FOUND","message":"no such issue","retryable":false}}""");
        _bench.Agent.Play(Claude_fixture.Init, Commented, Claude_fixture.Says("WORK_RESULT:failed"), Claude_fixture.Success);
        (await _bench.Run()).ShouldBe(0);
        (_bench.Result.LinearStatusTransition!.Attempted, _bench.Result.LinearStatusTransition.Succeeded).ShouldBe((true, false));
        _bench.Result.LinearStatusTransition.Error.ShouldNotBeNullOrWhiteSpace();
        _bench.Result.Warnings!.ShouldContain(static warning => warning.StartsWith("the platform did not move the issue to Rejected", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_agent_finds_the_token_in_a_file_that_goes_with_the_worker()
    {
        _bench.Agent.Play(Claude_fixture.Init, "#sh cat $AGENTFACTORY_TOKEN_FILE > seen; stat -c %a $AGENTFACTORY_TOKEN_FILE > mode", Claude_fixture.Success);
        await _bench.Run();
        File.ReadAllText(Path.Combine(_bench.Tree, "seen")).ShouldBe("runtime-token");
        File.ReadAllText(Path.Combine(_bench.Tree, "mode")).ShouldBe("600\n");
        File.Exists(_bench.Agent.Environment()["AGENTFACTORY_TOKEN_FILE"]).ShouldBeFalse();
        foreach (var file in Directory.GetFiles(_bench.Record))
            File.ReadAllText(file).ShouldNotContain("runtime-token", customMessage: file);
    }

    [Fact, Trait("spec", "WK-71"), Trait("spec", "WK-18")]
    public async Task A_clone_is_not_tried_again_by_a_worker_that_lost_the_session()
    {
        _platform.Answers("lock-refresh", 1, 200, """{"refreshed":true}""").Always("lock-refresh", 200, """{"refreshed":false}""");
        _bench.Detail = _bench.Detail with { Repository = "https://127.0.0.1:1/acme/billing" };
        (await _bench.Run()).ShouldBe(1);
        (_bench.Result.FailureMode, _bench.Result.ExitReason).ShouldBe(("lost-ownership", "lost-ownership"));
        _bench.Events.Count(static happening => happening is SystemEvent { Subtype: "retry" }).ShouldBe(1);
        _bench.Agent.Runs.ShouldBe(0);
    }

    private List<string> Asked() => _platform.Of("issue-tracker-proxy").ConvertAll(static asked => asked.Body);
}
