namespace Donmai.Core.Routing;

/// <summary>The ordering policies: permutations of the survivors, first wins (routing.md §6.2).</summary>
internal static class RoutingOrder
{
    private const string DeclaredOrdering = "declared";

    /// <summary>The survivors in order.</summary>
    public static List<ScoredCandidate> Sort(RoutingDemand demand, string dimension, IReadOnlyList<RoutingCandidate> survivors, Random random)
    {
        var isDeclared = demand.Configuration.Ordering == DeclaredOrdering;
        var expected = survivors.Select(candidate => Expected(demand, dimension, candidate)).ToList();
        return isDeclared || survivors.Count == 1 ? Declared(demand, expected) : Thompson(demand, dimension, expected, random);
    }

    private static ScoredCandidate Expected(RoutingDemand demand, string dimension, RoutingCandidate candidate)
    {
        var row = demand.Experience.Of(dimension, candidate.Id, ModelOf(demand, dimension));
        return new ScoredCandidate(candidate, 0, RoutingExperience.MeanCostCents(row), RoutingExperience.MeanLatencyMs(row));
    }

    private static List<ScoredCandidate> Declared(RoutingDemand demand, List<ScoredCandidate> survivors)
    {
        var order = demand.Configuration.Order;
        return [.. survivors
            .OrderBy(survivor => PlaceIn(order, survivor.Candidate.Id))
            .ThenBy(static survivor => survivor.Candidate.Id, StringComparer.Ordinal)];
    }

    private static int PlaceIn(IReadOnlyList<string> order, string id)
    {
        for (var place = 0; place < order.Count; place++)
        {
            if (order[place] == id)
                return place;
        }

        return int.MaxValue;
    }

    private static List<ScoredCandidate> Thompson(RoutingDemand demand, string dimension, List<ScoredCandidate> survivors, Random random)
    {
        var maxCost = survivors.Max(static survivor => survivor.CostCents) ?? 0;
        var maxLatency = survivors.Max(static survivor => survivor.LatencyMs) ?? 0;
        return [.. survivors
            .OrderBy(static survivor => survivor.Candidate.Id, StringComparer.Ordinal) // the same seed gives the same choice, whatever the catalogue's order
            .Select(survivor => survivor with { Score = Score(demand, dimension, survivor, maxCost, maxLatency, random) })
            .ToList() // sampled once each
            .OrderByDescending(static survivor => survivor.Score)
            .ThenBy(static survivor => survivor.Candidate.Id, StringComparer.Ordinal)];
    }

    private static double Score(
        RoutingDemand demand, string dimension, ScoredCandidate survivor, double maxCost, double maxLatency, Random random)
    {
        var row = demand.Experience.Of(dimension, survivor.Candidate.Id, ModelOf(demand, dimension));
        var theta = BetaDistribution.Sample(random, row.Alpha, row.Beta);
        var cost = maxCost > 0 ? Math.Min(1, (survivor.CostCents ?? 0) / maxCost) : 0;
        var latency = maxLatency > 0 ? Math.Min(1, (survivor.LatencyMs ?? 0) / maxLatency) : 0;
        return theta * (1 - (demand.Configuration.CostWeight * cost) - (demand.Configuration.LatencyWeight * latency));
    }

    private static string? ModelOf(RoutingDemand demand, string dimension) =>
        dimension == RoutingDimension.Llm ? demand.Request.Model : null;
}
