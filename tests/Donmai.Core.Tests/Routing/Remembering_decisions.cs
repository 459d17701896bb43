using Donmai.Core.Routing;
using Donmai.Routing;

namespace Donmai.Core.Tests.Routing;

public sealed class Remembering_decisions
{
    [Theory, Trait("spec", "RT-1")]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(-100)]
    public void Without_a_size_fifty_are_kept(int size) => new DecisionRing(size).Capacity.ShouldBe(50);

    [Fact, Trait("spec", "RT-2")]
    public void The_oldest_leave_first()
    {
        var ring = new DecisionRing(3);
        foreach (var session in new[] { "1", "2", "3", "4", "5" })
            ring.Record(Decision(session));

        ring.Count.ShouldBe(3);
        new[] { "1", "2" }.ShouldAllBe(session => ring.Find(session) == null);
        new[] { "3", "4", "5" }.ShouldAllBe(session => ring.Find(session) != null);
        ring.Recent().Select(static decision => decision.SessionId).ShouldBe(["3", "4", "5"]);
    }

    [Fact, Trait("spec", "RT-3"), Trait("spec", "RT-4")]
    public void The_newer_decision_of_a_session_outlives_the_older_one_even_at_equal_times()
    {
        var ring = new DecisionRing(2);
        ring.Record(Decision("x", "first"));
        ring.Record(Decision("y"));
        ring.Record(Decision("x", "second"));

        ring.Find("x")!.Decision.ChosenLlm.ShouldBe("second");
        ring.Record(Decision("z"));
        ring.Find("x")!.Decision.ChosenLlm.ShouldBe("second");
        ring.Record(Decision("w"));
        ring.Find("x").ShouldBeNull();
    }

    [Fact, Trait("spec", "RT-5")]
    public void A_decision_without_a_session_is_kept_but_never_found()
    {
        var ring = new DecisionRing(2);
        ring.Record(Decision(""));

        ring.Count.ShouldBe(1);
        ring.Find("").ShouldBeNull();
    }

    [Fact, Trait("spec", "RT-6")]
    public void Callers_cannot_alter_what_is_remembered()
    {
        var ring = new DecisionRing(2);
        var given = Decision("x");
        ring.Record(given);
        given.Trace.Clear();
        ring.Find("x")!.Trace[0].Remaining.Clear();
        ring.Find("x")!.Trace.Clear();

        ring.Find("x")!.Trace.ShouldHaveSingleItem().Remaining.ShouldBe(["local"]);
    }

    [Fact, Trait("spec", "RT-7")]
    public async Task Many_may_write_and_read_at_once()
    {
        var ring = new DecisionRing(20);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(() =>
        {
            for (var number = 0; number < 50; number++)
            {
                ring.Record(Decision($"{writer}-{number % 7}"));
                ring.Recent().Count.ShouldBeLessThanOrEqualTo(20);
            }
        })));

        ring.Count.ShouldBe(20);
    }

    private static RoutingExplanation Decision(string session, string llm = "claude") => new()
    {
        SessionId = session,
        Decision = new RoutingDecision { SessionId = session, ChosenLlm = llm },
        Trace = [new RoutingTraceStep { Step = 1, Remaining = ["local"] }],
    };
}
