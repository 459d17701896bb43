using Donmai.Core.Daemon;
using Donmai.Core.Routing;
using Donmai.Routing;
using FsCheck;
using FsCheck.Fluent;

namespace Donmai.Core.Tests.Routing;

/// <summary>What holds of every decision, whatever it is about.</summary>
public sealed class Every_decision
{
    private static readonly Gen<RoutingCandidate> Candidates =
        from unfit in Gen.Frequency((5, Gen.Constant((string?)null)), (1, Gen.Constant((string?)"cannot")))
        from forbidden in Gen.Frequency((5, Gen.Constant((string?)null)), (1, Gen.Constant((string?)"may not")))
        from unavailable in Gen.Frequency((4, Gen.Constant((string?)null)), (1, Gen.Constant((string?)"ill")))
        from used in Gen.Choose(0, 12)
        from limit in Gen.Elements<int?>(null, 0, 5, 10)
        select new RoutingCandidate { Id = "", Unfit = unfit, Forbidden = forbidden, Unavailable = unavailable, SlotsUsed = used, SlotLimit = limit };

    private static readonly Gen<ProviderExperience> Rows =
        from alpha in Gen.Choose(1, 200)
        from beta in Gen.Choose(1, 200)
        from cost in Gen.Elements<double?>(null, 0, 3, 800)
        from latency in Gen.Choose(0, 100_000)
        from known in Gen.Choose(0, 3)
        select new ProviderExperience
        {
            Dimension = "llm",
            Alpha = alpha,
            Beta = beta,
            Recent = [.. Enumerable.Repeat(new ExperiencedOutcome { Score = 1, CostCents = cost, LatencyMs = latency }, known)],
        };

    private static readonly Gen<RoutingDemand> Demands =
        from candidates in Candidates.ListOf().Resize(8)
        from rows in Rows.ListOf(candidates.Count)
        from ordering in Gen.Elements("thompson", "declared")
        from cost in Gen.Choose(0, 100)
        from first in Gen.Choose(0, 9)
        from pinned in Gen.Frequency((4, Gen.Constant((string?)null)), (1, Gen.Constant((string?)"r1")))
        select new RoutingDemand
        {
            Request = new RoutingRequest { SessionId = "s", ProjectId = "p", PinnedProvider = pinned },
            Configuration = new RoutingConfiguration
            {
                Ordering = ordering,
                Order = [$"r{first}"],
                CostWeight = cost / 100.0,
                LatencyWeight = 1 - (cost / 100.0),
                Deny = [new("p", "r3")],
            },
            Sandboxes = [new RoutingCandidate { Id = "local" }],
            Runtimes = [.. candidates.Select(static (candidate, number) => candidate with { Id = $"r{number}" })],
            Experience = new RoutingExperience([.. rows.Select(static (row, number) => row with { ProviderId = $"r{number}" })]),
        };

    [Fact, Trait("spec", "RT-21")]
    public void Orders_all_survivors_and_drops_none() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Demands.ToArbitrary(), demand =>
    {
        var trace = new RoutingPipeline(new Random(1)).Decide(demand, default).Trace;

        trace.Count.ShouldBe(8);
        (trace[7].Ranking ?? []).Select(static ranked => ranked.ProviderId).Order().ShouldBe(trace[6].Remaining.Order());
        trace[7].Remaining.ShouldBe(trace[6].Remaining.Count == 0 ? [] : [trace[7].Ranking![0].ProviderId]);
        (trace[7].Ranking ?? []).Select(static ranked => ranked.Score).ShouldBeInOrder(SortDirection.Descending);
        (trace[7].Ranking ?? []).ShouldAllBe(static ranked => ranked.Score >= 0 && ranked.Score < 1);
    }));

    [Fact, Trait("spec", "RT-21")]
    public void Falls_back_along_its_order_to_the_end_and_never_outside_of_it() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Demands.ToArbitrary(), demand =>
    {
        var decision = new RoutingPipeline(new Random(1)).Decide(demand, default);
        var order = (decision.Trace[7].Ranking ?? []).ConvertAll(static ranked => ranked.ProviderId);

        foreach (var expected in order)
        {
            decision.Decision.ChosenLlm.ShouldBe(expected);
            decision = RoutingFallback.Next(decision, "no more processes", demand.Configuration, default);
            TellsOfEach(demand, decision);
        }

        decision.Decision.ChosenLlm.ShouldBe("");
    }));

    private static void TellsOfEach(RoutingDemand demand, RoutingExplanation decision)
    {
        decision.Trace.Select(static step => step.Step).ShouldBe(Enumerable.Range(1, 8));
        var before = demand.Runtimes.Select(static runtime => runtime.Id).ToList();
        foreach (var step in decision.Trace.Skip(4))
        {
            step.Remaining.Order().ShouldBe(before.Except((step.Eliminated ?? []).Select(static gone => gone.ProviderId)).Order());
            before = step.Remaining;
        }

        (decision.Decision.RejectedCandidates ?? []).Select(static candidate => candidate.ProviderId).Append(decision.Decision.ChosenLlm)
            .Where(static id => id.Length > 0).Order().ShouldBe(demand.Runtimes.Select(static runtime => runtime.Id).Order());
    }
}
