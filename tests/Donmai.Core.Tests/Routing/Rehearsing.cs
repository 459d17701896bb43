using Donmai.Core.Daemon;
using Donmai.Core.Routing;
using Donmai.Routing;
using Donmai.Sessions;

namespace Donmai.Core.Tests.Routing;

/// <summary>Simulations and the projection.</summary>
public sealed class Rehearsing
{
    [Fact]
    public void Supposed_values_take_the_place_of_what_was_learnt()
    {
        var demand = Demand() with { Experience = RoutingExperience.None.Learn(Outcome("codex") with { CostCents = 500 }) };
        var request = new RoutingSimulationRequest
        {
            Draws = 300,
            Suppose = [new SupposedExperience { ProviderId = "codex", Alpha = 100, CostCents = 1 }, new SupposedExperience { ProviderId = "claude", Beta = 100, CostCents = 100 }],
        };

        var simulation = RoutingRehearsal.Run(demand, request, seed: 4, default);

        simulation.Shares[0].ShouldBe(new SimulatedShare { ProviderId = "codex", Count = 300, Share = 1, Alpha = 100, Beta = 1, CostCents = 1, LatencyMs = 7 });
        (simulation.Draws, simulation.Seed, simulation.Ordering).ShouldBe((300, 4, "thompson"));
        simulation.Example.Trace.Count.ShouldBe(8);
        demand.Experience.Of("llm", "codex").Alpha.ShouldBe(2); // nothing of it stays
    }

    [Fact]
    public void Who_cannot_be_chosen_is_said_and_a_session_that_nobody_would_get_is_refused()
    {
        var demand = Demand() with { Request = new RoutingRequest { PinnedProvider = "gemini" } };

        var simulation = RoutingRehearsal.Run(demand, new RoutingSimulationRequest { Draws = 10 }, seed: 1, default);

        simulation.Refusal.ShouldBe("no agent runtime for this session (capability-filter): claude: session requested gemini; codex: session requested gemini");
        simulation.Shares.ShouldAllBe(static share => share.Count == 0 && share.Excluded == "session requested gemini");
    }

    [Fact]
    public void The_declared_order_can_be_tried_without_being_configured() =>
        RoutingRehearsal.Run(Demand(), new RoutingSimulationRequest { Draws = 100, Ordering = "declared" }, seed: 1, default)
            .Shares.Select(static share => (share.ProviderId, share.Count)).ShouldBe([("claude", 100), ("codex", 0)]);

    public static TheoryData<RoutingSimulationRequest, string> Unusable => new()
    {
        { new() { Draws = -1 }, "draws is -1; it must be 1 to 100000, or 0 for 10000" },
        { new() { Draws = 100_001 }, "draws is 100001; it must be 1 to 100000, or 0 for 10000" },
        { new() { Ordering = "random" }, "ordering is \"random\"; it must be thompson or declared" },
        { new() { MaxDurationSeconds = -1 }, "resources and maxDurationSeconds must not be negative" },
        { new() { Resources = new SessionResources { VCpu = -1 } }, "resources and maxDurationSeconds must not be negative" },
        { new() { Suppose = [.. Enumerable.Repeat(new SupposedExperience { ProviderId = "a" }, 101)] }, "suppose has 101 entries; it may have 100" },
        { new() { Suppose = [null!] }, "suppose needs a providerId" },
        { new() { Suppose = [new()] }, "suppose needs a providerId" },
        { new() { Suppose = [new() { ProviderId = "a", Alpha = 0.5 }] }, "alpha and beta of a must be at least 1" },
        { new() { Suppose = [new() { ProviderId = "a", Beta = double.NaN }] }, "alpha and beta of a must be at least 1" },
        { new() { Suppose = [new() { ProviderId = "a", CostCents = -1 }] }, "costCents and latencyMs of a must not be negative" },
        { new() { Suppose = [new() { ProviderId = "a", LatencyMs = double.PositiveInfinity }] }, "costCents and latencyMs of a must not be negative" },
    };

    [Theory, MemberData(nameof(Unusable))]
    public void Values_out_of_their_range_are_refused_by_name(RoutingSimulationRequest request, string words) =>
        Should.Throw<InvalidRoutingSimulationException>(() => RoutingRehearsal.Check(request)).Message.ShouldBe(words);

    [Fact, Trait("spec", "RT-10")]
    public void Choices_count_for_the_rows_that_are_there_and_for_no_other()
    {
        List<RoutingDecision> recent = [Decision("local", "claude"), Decision("local", "codex"), Decision("vercel", "claude")];

        var config = RoutingProjection.Of(new RoutingConfiguration(), RoutingExperience.None, ["codex", "claude", "stub"], ["local"], recent, default);

        config.LlmProviders.Select(static row => (row.ProviderId, row.SelectionCount)).ShouldBe([("claude", 2), ("codex", 1), ("stub", 0)]);
        config.SandboxProviders.Select(static row => (row.ProviderId, row.SelectionCount)).ShouldBe([("local", 2)]);
        config.RecentDecisions.ShouldBe(recent);
    }

    [Fact, Trait("spec", "RT-23")]
    public void A_seed_gives_each_session_a_source_of_its_own()
    {
        RoutingSeed.For(1, "a").Next().ShouldBe(RoutingSeed.For(1, "a").Next());
        RoutingSeed.For(1, "a").Next().ShouldNotBe(RoutingSeed.For(1, "b").Next());
        RoutingSeed.For(1, "a").Next().ShouldNotBe(RoutingSeed.For(2, "a").Next());
    }

    [Fact]
    public void A_score_can_be_reckoned_again_from_its_trace()
    {
        var demand = Demand() with { Experience = RoutingExperience.None.Learn(Outcome("codex") with { CostCents = 10 }).Learn(Outcome("claude") with { CostCents = 5 }) };

        var decision = new RoutingPipeline(new Random(3)).Decide(demand, default);

        var step = decision.Trace[7];
        foreach (var ranked in step.Ranking!)
            ranked.Score.ShouldBe(ranked.Sample!.Value * (1 - (0.7 * ranked.CostShare!.Value) - (0.3 * ranked.LatencyShare!.Value)), 1e-12);
        step.Ranking.Single(static ranked => ranked.ProviderId == "claude").CostShare.ShouldBe(0.5);
        step.Note!.ShouldContain(" = sample ");
        decision.Decision.Score.ShouldBe(step.Ranking[0].Score);
        decision.Decision.EstimatedCostCents.ShouldBe(step.Ranking[0].EstimatedCostCents);
        decision.Decision.EstimatedLatencyMs.ShouldBe(7);
    }

    [Fact, Trait("spec", "RT-2")]
    public void A_ring_that_becomes_smaller_lets_the_oldest_go()
    {
        var ring = new DecisionRing(4);
        foreach (var session in new[] { "a", "b", "a", "c" })
            ring.Record(new RoutingExplanation { SessionId = session, Decision = new RoutingDecision { SessionId = session } });

        ring.Resize(2).Select(static gone => gone.SessionId).ShouldBe(["b"]);

        ring.Recent().Select(static decision => decision.SessionId).ShouldBe(["a", "c"]);
        ring.Resize(0).ShouldBeEmpty();
        ring.Capacity.ShouldBe(50);
    }

    private static RoutingDecision Decision(string sandbox, string llm) => new() { ChosenSandbox = sandbox, ChosenLlm = llm };

    private static RoutingOutcome Outcome(string llm) => new() { Sandbox = "local", Llm = llm, State = SessionState.Completed, LatencyMs = 7 };

    private static RoutingDemand Demand() => new()
    {
        Request = new RoutingRequest(),
        Configuration = new RoutingConfiguration(),
        Sandboxes = [new RoutingCandidate { Id = "local" }],
        Runtimes = [new RoutingCandidate { Id = "claude" }, new RoutingCandidate { Id = "codex" }],
        Experience = RoutingExperience.None,
    };
}
