using Donmai.Sessions;
using Donmai.Sessions.Events;
using Donmai.Worker.Sessions;

namespace Donmai.Worker.Tests.Sessions;

public sealed class What_the_agent_says
{
    [Theory, Trait("spec", "WK-101")]
    [InlineData("passed", "WORK_RESULT:passed")]
    [InlineData("failed", "<!-- WORK_RESULT:failed -->")]
    [InlineData("passed", "work_result:  PASSED")]
    [InlineData(null, "WORK_RESULT passed")]
    [InlineData(null, "I will end with WORK_RESULT:passed or WORK_RESULT:failed.")]
    [InlineData("failed", "WORK_RESULT:passed\nand then\nWORK_RESULT:failed")]
    [InlineData("passed", "WORK_RES", "ULT:passed")]
    [InlineData("passed", "**`WORK_RESULT:passed`**")]
    [InlineData("passed", "> - _WORK_RESULT: passed_.")]
    [InlineData("unknown", "WORK_RESULT:unknown")]
    [InlineData("passed", "All done, so WORK_RESULT:passed it is")]
    [InlineData(null, "nothing of the kind")]
    public void Marker_vectors(string? verdict, params string[] chunks)
    {
        var seen = Seen([.. chunks.Select(static chunk => new AssistantTextEvent { Text = chunk })]);
        WorkMarker.Find(seen.Spoken, seen.FinalMessage).ShouldBe(verdict);
    }

    [Fact]
    public void What_is_remembered_of_a_talkative_session_is_bounded_and_is_the_end_of_it()
    {
        var seen = new SessionObservation();
        seen.BeginTurn();
        var much = new string('x', 1024 * 1024);
        for (var number = 0; number < 40; number++)
        {
            seen.Take(new ToolResultEvent { Content = $"https://host/o/r/pull/{number} {much}" });
            seen.Take(new AssistantTextEvent { Text = much });
        }

        seen.Take(new ToolResultEvent { Content = "https://host/o/r/pull/99" });
        seen.Take(new AssistantTextEvent { Text = "\nWORK_RESULT:passed" });

        seen.ToolAnswers.Length.ShouldBeLessThan(16 * 1024 * 1024);
        seen.ToolAnswers.ShouldContain("pull/99");
        seen.Spoken.Length.ShouldBeLessThan(16 * 1024 * 1024);
        seen.FinalMessage.Length.ShouldBeLessThan(16 * 1024 * 1024);
        WorkMarker.Find(seen.Spoken, seen.FinalMessage).ShouldBe("passed");
    }

    [Fact, Trait("spec", "WK-101")]
    public void A_text_that_is_made_to_be_slow_is_read_all_the_same()
    {
        var slow = string.Concat(Enumerable.Repeat(new string(' ', 200_000) + "\n> - `*_ https://github.com/acme/billing/" + new string('a', 200_000) + "\n", 3));
        var seen = Seen(new AssistantTextEvent { Text = slow + "\nWORK_RESULT:passed\n" + slow });
        WorkMarker.Find(seen).ShouldBe("passed");
        PullRequests.In(seen, "https://github.com/acme/billing").ShouldBeEmpty();
    }

    [Fact, Trait("spec", "WK-101")]
    public void A_sub_agent_s_marker_does_not_count()
    {
        var seen = Seen(new AssistantTextEvent { Text = "WORK_RESULT:failed", ParentToolUseId = "t" });
        WorkMarker.Find(seen.Spoken, seen.FinalMessage).ShouldBeNull();
    }

    [Fact, Trait("spec", "WK-101")]
    public void A_later_turn_without_a_marker_keeps_the_earlier_one_and_one_with_replaces_it()
    {
        var seen = Seen(new AssistantTextEvent { Text = "WORK_RESULT:passed" });
        seen.BeginTurn();
        seen.Take(new AssistantTextEvent { Text = "Pushed." });
        WorkMarker.Find(seen.Spoken, seen.FinalMessage).ShouldBe("passed");
        seen.BeginTurn();
        seen.Take(new AssistantTextEvent { Text = "WORK_RESULT:failed" });
        WorkMarker.Find(seen.Spoken, seen.FinalMessage).ShouldBe("failed");
    }

    [Fact, Trait("spec", "WK-104")]
    public void The_summary_is_the_last_message_that_says_something()
    {
        var seen = Seen(
            new AssistantTextEvent { Text = "Rounding fixed.\n\nWORK_RESULT:passed" },
            new ToolUseEvent { ToolName = "Bash" },
            new AssistantTextEvent { Text = "WORK_RESULT:passed" });
        SessionSummary.Compose(SessionEnd.Completed, [seen.LastWords], null).ShouldBe("Rounding fixed.");
    }

    [Theory, Trait("spec", "WK-104")]
    [InlineData("stop", "Session completed.")]
    [InlineData("finish_reason=length", "Session completed.")]
    [InlineData(" \n", "Session completed.")]
    [InlineData("WORK_RESULT:passed", "Session completed.")]
    public void The_summary_is_never_blank(string message, string summary) =>
        SessionSummary.Compose(SessionEnd.Completed, [message], null).ShouldBe(summary);

    [Fact, Trait("spec", "WK-104")]
    public void The_summary_of_a_failure_says_why_and_names_the_pull_request_once()
    {
        SessionSummary.Compose(SessionEnd.Failed("agent-failed", "agent-failed", "out of ideas"), [""], null).ShouldBe("out of ideas");
        SessionSummary.Compose(SessionEnd.Completed, [""], "https://h/p/1").ShouldBe("Session completed. PR: https://h/p/1");
        SessionSummary.Compose(SessionEnd.Completed, ["Done."], "https://h/p/1").ShouldBe("Done.\n\nhttps://h/p/1");
        SessionSummary.Compose(SessionEnd.Completed, [new string('x', 9000)], null).Length.ShouldBe(4000);
    }

    [Fact, Trait("spec", "WK-105")]
    public void Cost_is_the_sum_over_turns_and_an_unknown_price_stays_unknown()
    {
        var seen = new SessionObservation();
        foreach (var cost in new[] { new AgentCost { InputTokens = 10, OutputTokens = 5, TotalCostUsd = 0.5, NumTurns = 2 }, new AgentCost { InputTokens = 1, CacheWriteTokens = 7, NumTurns = 1 } })
        {
            seen.BeginTurn();
            seen.Take(new ResultEvent { Success = true, Cost = cost });
        }

        seen.Cost.ShouldBe(new AgentCost { InputTokens = 11, OutputTokens = 5, CacheWriteTokens = 7, NumTurns = 3, TotalCostUsd = 0.5 });
        Seen(new ResultEvent { Success = true, Cost = new AgentCost { InputTokens = 1 } }).Cost!.TotalCostUsd.ShouldBeNull();
    }

    [Theory]
    [InlineData("opened https://github.com/acme/billing/pull/912", "https://github.com/acme/billing", "https://github.com/acme/billing/pull/912")]
    [InlineData("https://github.com/acme/billing/pull/9/files", "git@github.com:acme/billing.git", "https://github.com/acme/billing/pull/9")]
    [InlineData("see https://github.com/other/repo/pull/1 for background", "https://github.com/acme/billing", null)]
    [InlineData("https://gitlab.com/a/b/c/-/merge_requests/4", "ssh://git@gitlab.com/a/b/c.git", "https://gitlab.com/a/b/c/-/merge_requests/4")]
    [InlineData("https://github.com/acme/billing/pull/1 then https://github.com/acme/billing/pull/2", "github.com/acme/billing", "https://github.com/acme/billing/pull/2")]
    [InlineData("https://github.com/acme/billing/pull/1", "/srv/billing.git", null)]
    public void Only_a_pull_request_of_the_session_s_repository_counts(string text, string repository, string? found) =>
        PullRequests.In(text, repository).FirstOrDefault().ShouldBe(found);

    private static SessionObservation Seen(params AgentEvent[] events)
    {
        var seen = new SessionObservation();
        seen.BeginTurn();
        foreach (var happening in events)
            seen.Take(happening);
        return seen;
    }
}
