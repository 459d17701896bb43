using Donmai.Core.Routing;
using Donmai.Routing;
using Donmai.Sessions;

namespace Donmai.Core.Tests.Routing;

public sealed class Learning
{
    [Theory, Trait("spec", "RT-24")]
    [InlineData(SessionState.Completed, 2, 1)]
    [InlineData(SessionState.Failed, 1, 2)]
    [InlineData(SessionState.Terminated, 1, 1)]
    public void An_end_teaches_exactly_the_chosen_pair(SessionState state, double alpha, double beta)
    {
        var learnt = RoutingExperience.None.Learn(Outcome(state));

        foreach (var row in new[] { learnt.Of("sandbox", "local"), learnt.Of("llm", "claude"), learnt.Of("llm", "claude", "opus") })
            (row.Alpha, row.Beta).ShouldBe((alpha, beta));
        (learnt.Of("llm", "codex").Alpha, learnt.Of("llm", "codex").Beta).ShouldBe((1, 1));
    }

    [Fact]
    public void Means_are_taken_over_the_last_twenty_outcomes()
    {
        var learnt = RoutingExperience.None;
        RoutingExperience.MeanLatencyMs(learnt.Of("llm", "claude")).ShouldBeNull();
        for (var session = 1; session <= 30; session++)
            learnt = learnt.Learn(Outcome(SessionState.Completed) with { CostCents = session, LatencyMs = session * 10 });

        var row = learnt.Of("llm", "claude");

        row.Recent.Count.ShouldBe(20);
        RoutingExperience.MeanCostCents(row).ShouldBe(20.5);
        RoutingExperience.MeanLatencyMs(row).ShouldBe(205);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)] // what JSON makes of 1e999, and cannot write again
    public void A_cost_that_is_none_is_an_unknown_one(double? cost)
    {
        var learnt = RoutingExperience.None.Learn(Outcome(SessionState.Completed) with { CostCents = cost });

        RoutingExperience.MeanCostCents(learnt.Of("llm", "claude")).ShouldBeNull();
        RoutingExperience.MeanCostCents(learnt.Learn(Outcome(SessionState.Completed) with { CostCents = 6 }).Of("llm", "claude")).ShouldBe(6);
    }

    [Fact]
    public void Old_outcomes_count_less_each_day()
    {
        var row = new RoutingExperience([new ProviderExperience { Dimension = "llm", ProviderId = "claude", Alpha = 11, Beta = 1 }])
            .Decay(2).Of("llm", "claude");

        row.Alpha.ShouldBe(1 + (10 * 0.98 * 0.98), 1e-9);
        row.Beta.ShouldBe(1);
    }

    private static RoutingOutcome Outcome(SessionState state) =>
        new() { Sandbox = "local", Llm = "claude", Model = "opus", State = state, LatencyMs = 1 };
}
