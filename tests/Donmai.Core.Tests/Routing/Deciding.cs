using Donmai.Core.Daemon;
using Donmai.Core.Routing;
using Donmai.Routing;
using Donmai.Sessions;

namespace Donmai.Core.Tests.Routing;

public sealed class Deciding
{
    private static readonly string[] Phases = ["capability-filter", "tenant-policy", "capacity-filter", "score"];

    [Fact, Trait("spec", "RT-21")]
    public void Every_trace_tells_of_every_candidate_exactly_once()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var demand = RandomDemand(random);

            var explanation = new RoutingPipeline(random).Decide(demand, default);

            explanation.Trace.Select(static step => step.Step).ShouldBe(Enumerable.Range(1, 8));
            explanation.Trace.Select(static step => step.Phase).ShouldBe([.. Phases, .. Phases]);
            explanation.Trace.Select(static step => step.Dimension).ShouldBe([.. Enumerable.Repeat("sandbox", 4), .. Enumerable.Repeat("llm", 4)]);
            AccountsFor(explanation, "sandbox", demand.Sandboxes, explanation.Decision.ChosenSandbox);
            AccountsFor(explanation, "llm", demand.Runtimes, explanation.Decision.ChosenLlm);
        }
    }

    [Fact]
    public void The_example_of_the_specification_comes_out()
    {
        var demand = Demand("claude", "codex", "gemini") with
        {
            Request = new RoutingRequest { SessionId = "ses_0c10", ProjectId = "acme-api" },
            Configuration = new RoutingConfiguration { Ordering = "declared", Order = ["codex"], Deny = [new("acme-api", "gemini")] },
        };

        var explanation = new RoutingPipeline(new Random(1)).Decide(demand, default);

        explanation.Decision.ChosenLlm.ShouldBe("codex");
        explanation.Decision.RejectedCandidates!.ShouldBe(
        [
            new RejectedCandidate { ProviderId = "gemini", Dimension = "llm", Reason = "tenant-policy", Detail = "denied for project acme-api" },
            new RejectedCandidate { ProviderId = "claude", Dimension = "llm", Reason = "score-loss", Detail = "after codex in the declared order" },
        ]);
        explanation.Trace[4].Remaining.ShouldBe(["claude", "codex", "gemini"]);
        explanation.Trace[5].Remaining.ShouldBe(["claude", "codex"]);
        explanation.Trace[7].Remaining.ShouldBe(["codex"]);
        explanation.Trace[3].Note.ShouldBe("single candidate");
    }

    [Fact]
    public void A_pinned_runtime_always_wins()
    {
        var demand = Demand("claude", "codex") with { Request = new RoutingRequest { PinnedProvider = "codex" } };

        for (var seed = 0; seed < 50; seed++)
        {
            var decision = new RoutingPipeline(new Random(seed)).Decide(demand, default).Decision;
            decision.ChosenLlm.ShouldBe("codex");
            decision.RejectedCandidates!.ShouldHaveSingleItem().Detail.ShouldBe("session requested codex");
        }
    }

    [Fact]
    public void What_is_not_permitted_or_not_well_is_refused_with_the_phase()
    {
        var demand = Demand() with
        {
            Runtimes =
            [
                new RoutingCandidate { Id = "claude", Unavailable = "not on the PATH" },
                new RoutingCandidate { Id = "stub", Forbidden = "only on request" },
            ],
        };

        var decision = new RoutingPipeline(new Random(1)).Decide(demand, default).Decision;

        decision.ChosenLlm.ShouldBe("");
        RoutingRefusal.Of(decision, null).ShouldBe("no agent runtime for this session (capacity-filter): stub: only on request; claude: not on the PATH");
        RoutingRefusal.Of(decision, "claude").ShouldBe("no agent runtime for this session (capacity-filter): claude: not on the PATH");
    }

    [Theory]
    [InlineData(9, 10, true)]
    [InlineData(10, 10, false)]
    [InlineData(100, null, true)]
    public void Above_nine_tenths_of_a_known_limit_is_full(int used, int? limit, bool chosen)
    {
        var demand = Demand() with { Runtimes = [new RoutingCandidate { Id = "a", SlotsUsed = used, SlotLimit = limit }] };

        (new RoutingPipeline(new Random(1)).Decide(demand, default).Decision.ChosenLlm == "a").ShouldBe(chosen);
    }

    [Theory]
    [InlineData("arch", "in", "arm64, x86_64", true)]
    [InlineData("arch", "eq", "arm64", false)]
    [InlineData("vCpu", "gte", "4", true)]
    [InlineData("vCpu", "lte", "3", false)]
    [InlineData("gpu", "eq", "true", false)]
    public void Configured_filters_are_demands_on_the_sandbox(string field, string op, string value, bool chosen)
    {
        var demand = Demand("claude") with { Configuration = new RoutingConfiguration { CapabilityFilters = [new(field, op, value)] } };

        var decision = new RoutingPipeline(new Random(1)).Decide(demand, default).Decision;

        (decision.ChosenSandbox == "local").ShouldBe(chosen);
        decision.ChosenLlm.ShouldBe("claude");
    }

    [Fact]
    public void A_session_that_asks_for_more_than_a_sandbox_has_is_refused()
    {
        var demand = Demand("claude") with { Request = new RoutingRequest { Resources = new SessionResources { VCpu = 5 } } };

        var decision = new RoutingPipeline(new Random(1)).Decide(demand, default).Decision;

        RoutingRefusal.Of(decision, null)
            .ShouldBe("no execution environment for this session (capability-filter): local: session requested 5 vCPU, local offers 4");
    }

    [Fact, Trait("spec", "RT-22")]
    public void The_declared_order_never_changes()
    {
        var demand = Demand("a", "b", "c") with { Configuration = new RoutingConfiguration { Ordering = "declared", Order = ["c"] } };

        for (var seed = 0; seed < 1000; seed++)
        {
            var decision = new RoutingPipeline(new Random(seed)).Decide(demand, default).Decision;
            decision.ChosenLlm.ShouldBe("c");
            decision.Score.ShouldBe(0);
            decision.RejectedCandidates!.Select(static candidate => candidate.ProviderId).ShouldBe(["a", "b"]);
        }
    }

    [Fact, Trait("spec", "RT-23")]
    public void The_same_seed_gives_the_same_choice_whatever_the_order_of_candidates()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var one = new RoutingPipeline(new Random(seed)).Decide(Demand("a", "b", "c"), default).Decision;
            var other = new RoutingPipeline(new Random(seed)).Decide(Demand("c", "a", "b"), default).Decision;
            (other.ChosenLlm, other.Score).ShouldBe((one.ChosenLlm, one.Score));
        }
    }

    [Fact, Trait("spec", "RT-23")]
    public void The_better_proven_runtime_wins()
    {
        var demand = Demand("good", "bad") with
        {
            Experience = new RoutingExperience([Row("good") with { Alpha = 100 }, Row("bad") with { Beta = 100 }]),
        };

        Enumerable.Range(0, 1000).Count(seed => new RoutingPipeline(new Random(seed)).Decide(demand, default).Decision.ChosenLlm == "good")
            .ShouldBeGreaterThan(990);
    }

    [Fact, Trait("spec", "RT-23")]
    public void With_all_weight_on_cost_the_cheaper_of_two_equals_is_preferred()
    {
        var demand = Demand("cheap", "dear") with
        {
            Configuration = new RoutingConfiguration { CostWeight = 1, LatencyWeight = 0 },
            Experience = new RoutingExperience([Row("cheap", 1), Row("dear", 100)]),
        };

        var wins = Enumerable.Range(0, 1000).Count(seed => new RoutingPipeline(new Random(seed)).Decide(demand, default).Decision.ChosenLlm == "cheap");

        wins.ShouldBe(1000);
    }

    [Fact]
    public void Samples_have_the_mean_of_the_distribution()
    {
        var random = new Random(7);

        Enumerable.Range(0, 20_000).Average(_ => BetaDistribution.Sample(random, 3, 1)).ShouldBe(0.75, 0.01);
        Enumerable.Range(0, 20_000).Average(_ => BetaDistribution.Sample(random, 1, 1)).ShouldBe(0.5, 0.01);
    }

    private static void AccountsFor(RoutingExplanation explanation, string dimension, IReadOnlyList<RoutingCandidate> candidates, string chosen)
    {
        var before = candidates.Select(static candidate => candidate.Id).ToList();
        var eliminated = new List<(string, string, string?)>();
        foreach (var step in explanation.Trace.Where(step => step.Dimension == dimension))
        {
            var gone = step.Eliminated ?? [];
            step.Remaining.Order().ShouldBe(before.Except(gone.Select(static provider => provider.ProviderId)).Order());
            eliminated.AddRange(gone.Select(static provider => (provider.ProviderId, provider.Reason, provider.Detail)));
            before = step.Remaining;
        }

        before.ShouldBe(chosen.Length == 0 ? [] : [chosen]);
        (explanation.Decision.RejectedCandidates ?? []).Where(candidate => candidate.Dimension == dimension)
            .Select(static candidate => (candidate.ProviderId, candidate.Reason, candidate.Detail)).ShouldBe(eliminated);
        eliminated.Count.ShouldBe(candidates.Count - before.Count);
    }

    private static RoutingDemand RandomDemand(Random random) => Demand() with
    {
        Request = new RoutingRequest { ProjectId = "p", PinnedProvider = random.Next(3) == 0 ? "r1" : null },
        Configuration = new RoutingConfiguration
        {
            Ordering = random.Next(2) == 0 ? "declared" : "thompson",
            Deny = random.Next(2) == 0 ? [new("p", "r2")] : [],
            Allow = random.Next(3) == 0 ? [new("p", "r1"), new("p", "r3")] : [],
        },
        Runtimes = [.. Enumerable.Range(0, random.Next(6)).Select(number => new RoutingCandidate
        {
            Id = $"r{number}",
            Unavailable = random.Next(4) == 0 ? "ill" : null,
            Forbidden = random.Next(6) == 0 ? "no" : null,
        })],
    };

    private static RoutingDemand Demand(params string[] runtimes) => new()
    {
        Request = new RoutingRequest { SessionId = "s" },
        Configuration = new RoutingConfiguration(),
        Sandboxes =
        [
            new RoutingCandidate { Id = "local", Capabilities = new Dictionary<string, string> { ["arch"] = "x86_64", ["vCpu"] = "4" } },
        ],
        Runtimes = [.. runtimes.Select(static id => new RoutingCandidate { Id = id })],
        Experience = RoutingExperience.None,
    };

    private static ProviderExperience Row(string id, double? cost = null) => new()
    {
        Dimension = "llm",
        ProviderId = id,
        Recent = cost is null ? [] : [new ExperiencedOutcome { Score = 1, CostCents = cost, LatencyMs = 10 }],
    };
}
