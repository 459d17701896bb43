using Donmai.Sessions;
using Donmai.Sessions.Events;
using Donmai.Worker.Tests.Providers;

namespace Donmai.Worker.Tests.Sessions;

public sealed class Turns_of_a_session : IDisposable
{
    private const string Failure = """{"type":"result","subtype":"error_during_execution","is_error":true,"errors":["could not push"],"num_turns":1,"usage":{"input_tokens":1,"output_tokens":2}}""";

    private readonly WorkerBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("true", true)]
    [InlineData("off", false)]
    public async Task An_orchestrated_run_continues_the_provider_s_session_when_that_is_wanted(string wanted, bool continues)
    {
        _bench.Agent.Play(Claude_fixture.Init, Claude_fixture.Success);
        _bench.Variables["DONMAI_EXECUTION_ID"] = "ex-1";
        _bench.Variables["DONMAI_AGENT_RESUME_SESSION"] = wanted;
        _bench.Detail = _bench.Detail with { ProviderSessionId = "c-9" };
        (await _bench.Run()).ShouldBe(0);
        _bench.Agent.Arguments().Contains("--resume").ShouldBe(continues);
    }

    [Fact, Trait("spec", "WK-94"), Trait("spec", "WK-105"), Trait("spec", "WK-33")]
    public async Task The_agent_is_reminded_of_what_is_missing_twice_at_most_and_the_turns_are_added_up()
    {
        OfAnIssue();
        _bench.Agent.Play(0, Claude_fixture.Init, Claude_fixture.Success)
            .Play(1, Claude_fixture.Init, "#commit Fix it", Claude_fixture.Says("WORK_RESULT:passed"), Claude_fixture.Success)
            .Play(2, Claude_fixture.Init, Claude_fixture.Success);
        await _bench.Run();

        _bench.Agent.Runs.ShouldBe(3);
        _bench.Agent.Input(1).ShouldBe(
            """
            Your changes are not committed yet. Commit them on `agent/s-1`.
            The branch is not on the remote yet: `git push -u origin agent/s-1`.
            State the outcome: end with one line, `WORK_RESULT:passed` or `WORK_RESULT:failed`.

            Do only this, then stop.
            """);
        _bench.Agent.Input(2).ShouldBe("The branch is not on the remote yet: `git push -u origin agent/s-1`.\n\nDo only this, then stop.");
        (_bench.Result.SteeringTriggered, _bench.Result.Turns, _bench.Result.WorkResult).ShouldBe((true, 3, "passed"));
        (_bench.Result.Cost!.InputTokens, _bench.Result.Cost.OutputTokens, Math.Round(_bench.Result.Cost.TotalCostUsd!.Value, 6)).ShouldBe((3L, 6L, 0.03));
        _bench.AgentEvents.Select(static happening => happening.Turn).Distinct().ShouldBe([1, 2, 3]);
        _bench.Events.Select(static happening => happening.Seq).ShouldBe(Enumerable.Range(1, _bench.Events.Count).Select(static number => (long)number));
    }

    [Fact, Trait("spec", "WK-94")]
    public async Task T12_work_that_only_says_how_it_went_is_not_asked_to_commit()
    {
        OfAnIssue("qa");
        _bench.Agent.Play(Claude_fixture.Init, Claude_fixture.Success);
        await _bench.Run();
        _bench.Agent.Input(1).ShouldNotContain("commit");
        _bench.Agent.Input(1).ShouldContain("WORK_RESULT:passed");
    }

    [Fact]
    public async Task A_reminder_that_takes_too_long_is_ended_and_the_work_stays_done()
    {
        OfAnIssue();
        _bench.Settings = _bench.Settings with { SteeringLimit = TimeSpan.FromSeconds(1) };
        _bench.Agent.Play(0, Claude_fixture.Init, Claude_fixture.Success).Play(1, Claude_fixture.Init, "#hang");
        await _bench.Run();
        _bench.Agent.Runs.ShouldBe(2);
        _bench.Result.FailureMode.ShouldNotBe("provider-error");
        _bench.Result.Warnings!.ShouldContain("claude could not go on after its work: the reminder took longer than 1 s");
        Deadline.IsAlive(_bench.Agent.Number("pid.1")).ShouldBeFalse();
    }

    [Fact, Trait("spec", "WK-22")]
    public async Task The_last_result_decides()
    {
        OfAnIssue();
        _bench.Agent.Play(0, Claude_fixture.Init, Claude_fixture.Success).Play(1, Claude_fixture.Init, Failure);
        (await _bench.Run()).ShouldBe(1);
        (_bench.Agent.Runs, _bench.Result.FailureMode, _bench.Result.Error).ShouldBe((2, "agent-failed", "could not push"));
    }

    [Fact, Trait("spec", "WK-46"), Trait("spec", "WK-33"), Trait("spec", "WK-35")]
    public async Task T11_a_reminder_of_ten_thousand_events_is_followed_to_its_end()
    {
        OfAnIssue();
        _bench.Agent.Play(0, Claude_fixture.Init, Claude_fixture.Success)
            .Play(1, [Claude_fixture.Init, .. Enumerable.Range(1, 10_000).Select(static number => Claude_fixture.Says($"n{number}")), Failure]);
        await _bench.Run();
        _bench.AgentEvents.OfType<AssistantTextEvent>().Select(static text => text.Text).ShouldBe(Enumerable.Range(1, 10_000).Select(static number => $"n{number}"));
        _bench.Events.Select(static happening => happening.Seq).ShouldBe(Enumerable.Range(1, _bench.Events.Count).Select(static number => (long)number));
    }

    [Fact, Trait("spec", "WK-92"), Trait("spec", "WK-18")]
    public async Task T17_a_sub_agent_too_many_ends_the_turn_that_runs()
    {
        _bench.Detail = _bench.Detail with { StageBudget = new StageBudget { MaxSubAgents = 1 } };
        _bench.Agent.Play(Claude_fixture.Init, Task("a", "Task"), Task("b", "Agent"), "#hang");
        (await _bench.Run()).ShouldBe(1);
        (_bench.Result.FailureMode, _bench.Result.ExitReason, _bench.Result.Error)
            .ShouldBe(("budget-exceeded", "budget-sub-agents", "max-sub-agents exceeded: observed=2 limit=1"));
        _bench.Result.BudgetReport.ShouldNotBeNull().ShouldSatisfyAllConditions(
            static report => report.Enforced.ShouldBeTrue(),
            static report => report.ObservedSubAgents.ShouldBe(2),
            static report => report.CapBreached.ShouldBe("max-sub-agents"),
            static report => report.BreachDetail.ShouldBe("max-sub-agents exceeded: observed=2 limit=1"));
    }

    [Fact, Trait("spec", "WK-93")]
    public async Task A_token_too_many_ends_the_turn_that_runs()
    {
        _bench.Detail = _bench.Detail with { StageBudget = new StageBudget { MaxTokens = 1000 } };
        _bench.Agent.Play(Claude_fixture.Init, Used("m1", 900), Used("m2", 200), "#hang");
        (await _bench.Run()).ShouldBe(1);
        (_bench.Result.ExitReason, _bench.Result.BudgetReport!.ObservedTokens).ShouldBe(("budget-tokens", 1100L));
        _bench.Result.Cost!.OutputTokens.ShouldBe(1100L);
    }

    [Fact, Trait("spec", "WK-91")]
    public async Task A_session_that_had_succeeded_before_a_cap_was_found_exceeded_stays_completed()
    {
        _bench.Detail = _bench.Detail with { StageBudget = new StageBudget { MaxTokens = 2 } };
        _bench.Agent.Play(Claude_fixture.Init, Claude_fixture.Success);
        (await _bench.Run()).ShouldBe(0);
        (_bench.Result.Status, _bench.Result.FailureMode, _bench.Result.BudgetReport!.CapBreached).ShouldBe(("completed", null, "max-tokens"));
        _bench.Result.Warnings!.ShouldHaveSingleItem().ShouldContain("max-tokens exceeded: observed=3 limit=2");
    }

    [Fact, Trait("spec", "WK-18")]
    public async Task An_agent_that_does_nothing_for_too_long_is_ended()
    {
        _bench.Settings = _bench.Settings with { NoProgressLimit = TimeSpan.FromMilliseconds(500) };
        _bench.Agent.Play(Claude_fixture.Init, "#hang");
        (await _bench.Run()).ShouldBe(1);
        (_bench.Result.Status, _bench.Result.FailureMode, _bench.Result.ExitReason).ShouldBe(("failed", "no-progress", "no-progress"));
    }

    [Fact, Trait("spec", "WK-24"), Trait("spec", "WK-29")]
    public async Task T6_a_child_that_keeps_the_pipe_open_ends_with_the_turn()
    {
        _bench.Agent.Options("CHILD=300").Play(Claude_fixture.Init, Claude_fixture.Success);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        (await _bench.Run()).ShouldBe(0);
        watch.Elapsed.TotalSeconds.ShouldBeLessThan(20);
        Deadline.IsAlive(_bench.Agent.Number("child.0")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_turn_that_broke_off_after_a_tool_was_used_is_continued_once_whatever_broke_it_off()
    {
        _bench.Agent.Options("[ $n = 0 ] && EXIT=139").Play(0, Claude_fixture.Init, Claude_fixture.Uses("t")).Play(1, Claude_fixture.Init, Claude_fixture.Success);
        (await _bench.Run()).ShouldBe(0);
        _bench.Agent.Arguments(1).ShouldContain("--resume");
        _bench.Agent.Input(1).ShouldBe("The connection was lost in the middle of your work. Check what is already done, then go on.\n\nDo only this, then stop.");
        _bench.Result.Warnings!.ShouldContain(static warning => warning.Contains("exit code 139", StringComparison.Ordinal));
    }

    [Theory, Trait("spec", "WK-18"), Trait("spec", "WK-23")]
    [InlineData("Invalid API key", "auth-required")]
    [InlineData("You have reached your usage limit", "quota-exhausted")]
    public async Task A_missing_login_and_a_used_up_allowance_are_not_tried_again(string complaint, string mode)
    {
        _bench.Agent.Options($"EXIT=1; STDERR='{complaint}'").Play(Claude_fixture.Init, Claude_fixture.Uses("t"));
        (await _bench.Run()).ShouldBe(1);
        (_bench.Agent.Runs, _bench.Result.FailureMode).ShouldBe((1, mode));
    }

    [Fact]
    public async Task What_broke_off_before_any_tool_for_another_reason_is_not_tried_again()
    {
        _bench.Agent.Options("EXIT=3").Play(Claude_fixture.Init);
        (await _bench.Run()).ShouldBe(1);
        (_bench.Agent.Runs, _bench.Result.FailureMode).ShouldBe((1, "provider-error"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_provider_s_own_messages_are_kept_only_when_that_is_wanted(bool isWanted)
    {
        _bench.Detail = _bench.Detail with { LogRaw = isWanted };
        _bench.Agent.Play(Claude_fixture.Init, Claude_fixture.Says("hm"), Claude_fixture.Success);
        (await _bench.Run()).ShouldBe(0);
        _bench.AgentEvents.Where(static happening => happening is not InitEvent).Select(static happening => happening.Raw is not null).Distinct().ShouldBe([isWanted]);
        if (isWanted)
            _bench.AgentEvents.OfType<AssistantTextEvent>().Single().Raw!.Text.ShouldBe(Claude_fixture.Says("hm"));
    }

    [Fact, Trait("spec", "WK-84"), Trait("spec", "WK-44")]
    public async Task T16_a_reminder_has_the_environment_of_the_work()
    {
        OfAnIssue("qa");
        _bench.Variables["ANTHROPIC_API_KEY"] = "x";
        _bench.Agent.Play(Claude_fixture.Init, Claude_fixture.Success);
        await _bench.Run();
        _bench.Agent.Environment(1).ShouldBe(_bench.Agent.Environment(0), ignoreOrder: true);
        _bench.Agent.Environment(1).ShouldNotContainKey("ANTHROPIC_API_KEY");
    }

    [Fact, Trait("spec", "WK-18")]
    public async Task An_agent_on_a_disk_that_is_nearly_full_is_ended_in_time()
    {
        _bench.Settings = _bench.Settings with { RunningDiskFloor = long.MaxValue };
        _bench.Agent.Play(Claude_fixture.Init, "#hang");
        (await _bench.Run()).ShouldBe(1);
        (_bench.Result.Status, _bench.Result.FailureMode, _bench.Result.ExitReason).ShouldBe(("failed", "provider-error", "disk-full"));
    }

    private void OfAnIssue(string workType = "development") =>
        _bench.Detail = _bench.Detail with { IssueIdentifier = "BIL-88", WorkType = workType };

    private static string Task(string id, string tool) =>
        $$$"""{"type":"assistant","message":{"id":"m","content":[{"type":"tool_use","id":"{{{id}}}","name":"{{{tool}}}","input":{}}]}}""";

    private static string Used(string message, int tokens) =>
        $$$"""{"type":"assistant","message":{"id":"{{{message}}}","content":[{"type":"text","text":"hm"}],"usage":{"output_tokens":{{{tokens}}},"input_tokens":0} } }""";
}
