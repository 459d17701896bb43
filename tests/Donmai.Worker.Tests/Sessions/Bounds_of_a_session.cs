using Donmai.Sessions;
using Donmai.Sessions.Events;
using Donmai.Worker.Sessions;

namespace Donmai.Worker.Tests.Sessions;

public sealed class Bounds_of_a_session
{
    private readonly SessionObservation _seen = new();

    [Fact]
    public void The_work_order_s_bounds_count_before_the_worker_s_own()
    {
        var settings = new WorkerSettings().With(new SessionBounds { WorktreeSeconds = 1, NoProgressSeconds = 2 });
        (settings.WorktreeLimit, settings.NoProgressLimit, settings.SpawnLimit).ShouldBe((TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public void A_bound_of_the_work_item_counts_before_the_daemon_s() =>
        new SessionBounds { SpawnSeconds = 5 }.Over(new SessionBounds { SpawnSeconds = 9, KitsSeconds = 3 }).ShouldBe(new SessionBounds { SpawnSeconds = 5, KitsSeconds = 3 });

    [Fact, Trait("spec", "WK-91")]
    public void The_third_of_two_sub_agents_is_one_too_many()
    {
        var caps = new StageCaps(new StageBudget { MaxSubAgents = 2 });
        foreach (var (tool, isOver) in new[] { ("Task", false), ("mcp__x__task", false), (" agent ", true) })
        {
            _seen.Take(new ToolUseEvent { ToolName = tool });
            (caps.Look(_seen, TimeSpan.Zero) is not null).ShouldBe(isOver, tool);
        }

        caps.Report(_seen, TimeSpan.Zero).ObservedSubAgents.ShouldBe(3);
    }

    [Fact, Trait("spec", "WK-91")]
    public void Tokens_of_all_turns_are_added_up()
    {
        var caps = new StageCaps(new StageBudget { MaxTokens = 1000 });
        foreach (var (tokens, isOver) in new[] { (400, false), (300, false), (500, true) })
        {
            _seen.BeginTurn();
            _seen.Take(new ResultEvent { Success = true, Cost = new AgentCost { InputTokens = tokens / 4, OutputTokens = tokens * 3 / 4 } });
            (caps.Look(_seen, TimeSpan.Zero) is not null).ShouldBe(isOver);
        }

        caps.Report(_seen, TimeSpan.Zero).ShouldSatisfyAllConditions(
            static report => report.ObservedTokens.ShouldBe(1200),
            static report => report.CapBreached.ShouldBe("max-tokens"),
            static report => report.BreachDetail.ShouldBe("max-tokens exceeded: observed=1200 limit=1000"));
    }

    [Fact, Trait("spec", "WK-91")]
    public void Time_is_over_when_it_is_reached_and_the_first_breach_is_kept()
    {
        var caps = new StageCaps(new StageBudget { MaxDurationSeconds = 60, MaxTurns = 1 });
        caps.Look(_seen, TimeSpan.FromSeconds(30)).ShouldBeNull();
        caps.Look(_seen, TimeSpan.FromSeconds(60)).ShouldNotBeNull().ShouldBe(
            new StageBreach("max-duration-seconds", "budget-duration", "max-duration-seconds exceeded: observed=60s limit=60s"));
        _seen.BeginTurn();
        _seen.BeginTurn();
        caps.Look(_seen, TimeSpan.FromSeconds(60)).ShouldBeNull();
        caps.Breach!.Cap.ShouldBe("max-duration-seconds");
    }

    [Theory, Trait("spec", "WK-91")]
    [InlineData(false)]
    [InlineData(true)]
    public void Without_a_budget_and_with_one_of_zeros_nothing_is_exceeded(bool isThere)
    {
        var caps = new StageCaps(isThere ? new StageBudget() : null);
        _seen.Take(new ResultEvent { Success = true, Cost = new AgentCost { OutputTokens = 1_000_000, TotalCostUsd = 99 } });
        caps.Look(_seen, TimeSpan.FromDays(9)).ShouldBeNull();
        caps.Warning(_seen, TimeSpan.FromDays(9)).ShouldBeNull();
        caps.Report(_seen, TimeSpan.Zero).Enforced.ShouldBe(isThere);
    }

    [Fact, Trait("spec", "WK-18")]
    public void Turns_and_money_have_caps_too()
    {
        _seen.Take(new ResultEvent { Success = true, Cost = new AgentCost { NumTurns = 6, TotalCostUsd = 1.25 } });
        new StageCaps(new StageBudget { MaxTurns = 5 }).Look(_seen, TimeSpan.Zero)!.Reason.ShouldBe("budget-turns");
        new StageCaps(new StageBudget { MaxCostUsd = 1 }).Look(_seen, TimeSpan.Zero)!.Detail.ShouldBe("max-cost-usd exceeded: observed=1.25 limit=1");
    }

    [Fact]
    public void The_agent_is_warned_once_when_four_fifths_of_a_cap_are_used()
    {
        var caps = new StageCaps(new StageBudget { MaxTokens = 10 });
        _seen.Take(new AssistantTextEvent { Text = "x", Usage = new AgentCost { OutputTokens = 7 } });
        caps.Warning(_seen, TimeSpan.Zero).ShouldBeNull();
        _seen.Take(new AssistantTextEvent { Text = "x", Usage = new AgentCost { OutputTokens = 8 } });
        caps.Warning(_seen, TimeSpan.Zero).ShouldBe("You have used 8 of the 10 that this stage may use (max-tokens). Finish what you are doing and deliver it.");
        caps.Warning(_seen, TimeSpan.Zero).ShouldBeNull();
    }

    [Fact, Trait("spec", "WK-105")]
    public void Costs_of_turns_add_up_and_a_turn_that_is_cut_off_counts_what_is_known_of_it()
    {
        foreach (var output in new[] { 10, 20 })
        {
            _seen.BeginTurn();
            _seen.Take(new AssistantTextEvent { Text = "x", Usage = new AgentCost { OutputTokens = output / 2 } });
            _seen.Take(new ResultEvent { Success = true, Cost = new AgentCost { OutputTokens = output, ReasoningTokens = 1, Model = "m" } });
        }

        _seen.BeginTurn();
        _seen.Take(new AssistantTextEvent { Text = "x", Usage = new AgentCost { OutputTokens = 5 } });
        _seen.Cost.ShouldBe(new AgentCost { OutputTokens = 35, ReasoningTokens = 2, Model = "m" });
    }

    [Theory]
    [InlineData("signal", true, "Rescue", false, false, true)]
    [InlineData("stop-requested", true, "Rescue", false, false, true)]
    [InlineData("session-limit", true, "Full", true, false, false)]
    [InlineData("budget-tokens", true, "Full", true, false, false)]
    [InlineData("no-progress", true, "Full", true, false, false)]
    [InlineData("lost-ownership", true, "Rescue", false, true, true)]
    [InlineData("agent-completed", true, "Full", true, false, false)]
    [InlineData("spawn-failed", false, "None", false, false, false)]
    [InlineData("lost-ownership", false, "None", false, true, true)]
    public void What_a_session_still_does_after_its_agent(string reason, bool ran, string backstop, bool issue, bool statusOnly, bool hurried)
    {
        var end = SessionEnd.Failed("x", reason, "") with { IsHurried = reason is "signal" or "stop-requested" };
        var steps = TailSteps.After(end, ran);
        (steps.Backstop.ToString(), steps.IssueStatus, steps.StatusOnly, steps.Hurried).ShouldBe((backstop, issue, statusOnly, hurried));
    }

    [Theory]
    [InlineData("timeout", "failed", "timeout", "session-limit")]
    [InlineData("no-progress", "failed", "no-progress", "no-progress")]
    [InlineData("operator-cancelled", "stopped", "operator-cancelled", "stop-requested")]
    [InlineData("", "stopped", "operator-cancelled", "stop-requested")]
    public void What_the_daemon_stops_a_session_for(string mode, string status, string failure, string reason)
    {
        var end = SessionEnd.StopRequested(mode);
        (end.Status, end.FailureMode, end.ExitReason, end.IsHurried).ShouldBe((status, failure, reason, true));
    }
}
