using Donmai.Sessions.Events;
using Donmai.Worker.Sessions;

namespace Donmai.Worker.Tests.Sessions;

public sealed class How_a_session_ends
{
    private readonly List<string> _warnings = [];

    [Fact, Trait("spec", "WK-21")]
    public void Success_after_an_error_is_completed_and_the_error_a_warning()
    {
        Decide(null, new ErrorEvent { Message = "hiccup" }, new ResultEvent { Success = true }).ShouldBe(SessionEnd.Completed);
        _warnings.ShouldBe(["hiccup"]);
    }

    [Fact, Trait("spec", "WK-22")]
    public void A_failed_result_is_the_agent_s_failure_with_its_texts()
    {
        var end = Decide(null, new ResultEvent { Success = false, Errors = ["no tests", "no build"] });
        (end.Status, end.FailureMode, end.Error).ShouldBe(("failed", "agent-failed", "no tests; no build"));
    }

    [Theory, Trait("spec", "WK-18")]
    [InlineData("error_max_turns", "budget-exceeded", "budget-turns")]
    [InlineData("error_max_budget_usd", "budget-exceeded", "budget-cost")]
    [InlineData("error_during_execution", "agent-failed", "agent-failed")]
    public void The_provider_s_own_limits_are_budgets(string subtype, string mode, string reason)
    {
        var end = Decide(null, new ResultEvent { Success = false, ErrorSubtype = subtype });
        (end.FailureMode, end.ExitReason).ShouldBe((mode, reason));
    }

    [Theory, Trait("spec", "WK-18")]
    [InlineData("Invalid API key · Please run /login", "auth-required")]
    [InlineData("Claude usage limit reached", "quota-exhausted")]
    [InlineData("API Error: 401 nope", "auth-required")]
    [InlineData("the build failed", "agent-failed")]
    public void Known_trouble_is_recognised_in_results(string text, string mode) =>
        Decide(null, new ResultEvent { Success = false, Errors = [text] }).FailureMode.ShouldBe(mode);

    [Fact, Trait("spec", "WK-23")]
    public void Of_several_errors_the_first_is_reported()
    {
        var end = Decide(
            null,
            new ErrorEvent { Message = "the model went away", Fatal = true },
            new ErrorEvent { Message = "claude ended without a result (exit code 1)", Code = "spawn_no_result", Fatal = true });
        (end.FailureMode, end.Error).ShouldBe(("provider-error", "the model went away"));
    }

    [Fact, Trait("spec", "WK-18")]
    public void Silence_is_a_failure_of_its_own() => Decide(null).FailureMode.ShouldBe("silent-exit");

    [Fact, Trait("spec", "WK-18")]
    public void A_stop_cause_decides_whatever_the_agent_said()
    {
        Decide(SessionEnd.Signalled, new ResultEvent { Success = true }).ShouldBe(SessionEnd.Signalled);
        Decide(SessionEnd.StopRequested(null)).FailureMode.ShouldBe("operator-cancelled");
        Decide(SessionEnd.StopRequested("no-progress")).FailureMode.ShouldBe("no-progress");
    }

    [Fact]
    public void Success_that_had_arrived_before_a_limit_stays()
    {
        Decide(SessionEnd.OutOfTime(TimeSpan.FromHours(2)), new ResultEvent { Success = true }).Status.ShouldBe("completed");
        _warnings.Count.ShouldBe(1);
        Decide(SessionEnd.OutOfTime(TimeSpan.FromHours(2)), new ErrorEvent { Message = "x" }).FailureMode.ShouldBe("timeout");
    }

    [Fact, Trait("spec", "WK-19")]
    public async Task The_first_stop_cause_wins_and_is_stored_before_anything_is_stopped()
    {
        for (var round = 0; round < 50; round++)
        {
            using var stop = new SessionStop();
            var stored = new List<SessionEnd>();
            var storedBeforeStop = false;
            stop.Store = stored.Add;
            stop.Requested.Register(() => storedBeforeStop = stored.Count == 1);
            using var gate = new Barrier(8);
            var wins = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Factory.StartNew(
                () =>
                {
                    gate.SignalAndWait();
                    return stop.TryRequest(SessionEnd.Failed($"mode-{number}", "r", "e"));
                },
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
            wins.Count(static won => won).ShouldBe(1);
            stored.ShouldBe([stop.Cause!]);
            stop.Cause!.FailureMode.ShouldBe($"mode-{Array.IndexOf(wins, true)}");
            storedBeforeStop.ShouldBeTrue();
        }
    }

    private SessionEnd Decide(SessionEnd? stop, params AgentEvent[] events)
    {
        var seen = new SessionObservation();
        seen.BeginTurn();
        foreach (var happening in events)
            seen.Take(happening);
        return TurnVerdict.Decide(stop, seen, _warnings);
    }
}
