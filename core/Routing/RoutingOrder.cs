using Donmai.Routing;

namespace Donmai.Core.Routing;

/// <summary>The ordering policies: permutations of the survivors, first wins (routing.md §6.2).</summary>
internal static class RoutingOrder
{
    /// <summary>Name of the ordering that learns.</summary>
    public const string ThompsonOrdering = "thompson";

    /// <summary>Name of the ordering that a person authored.</summary>
    public const string DeclaredOrdering = "declared";

    /// <summary>The survivors in order.</summary>
    public static List<RankedProvider> Sort(RoutingDemand demand, string dimension, IReadOnlyList<RoutingCandidate> survivors, Random random)
    {
        var model = dimension == RoutingDimension.Llm ? demand.Request.Model : null;
        // By id first: the same seed gives the same choice, whatever the catalogue's order.
        var rows = survivors
            .OrderBy(static survivor => survivor.Id, StringComparer.Ordinal)
            .Select(survivor => demand.Experience.Of(dimension, survivor.Id, model))
            .ToList();
        return rows.Count == 1 || demand.Configuration.Ordering == DeclaredOrdering
            ? Declared(demand.Configuration.Order, rows)
            : Thompson(demand, rows, random);
    }

    private static List<RankedProvider> Declared(IReadOnlyList<string> order, List<ProviderExperience> rows) =>
        [.. rows.OrderBy(row => PlaceIn(order, row.ProviderId)).Select(Expected)];

    private static int PlaceIn(IReadOnlyList<string> order, string id)
    {
        for (var place = 0; place < order.Count; place++)
        {
            if (order[place] == id)
                return place;
        }

        return int.MaxValue;
    }

    private static List<RankedProvider> Thompson(RoutingDemand demand, List<ProviderExperience> rows, Random random)
    {
        var expected = rows.ConvertAll(Expected);
        var maxCost = expected.Max(static survivor => survivor.EstimatedCostCents) ?? 0;
        var maxLatency = expected.Max(static survivor => survivor.EstimatedLatencyMs) ?? 0;
        for (var i = 0; i < rows.Count; i++)
        {
            var sample = BetaDistribution.Sample(random, rows[i].Alpha, rows[i].Beta);
            var cost = Share(expected[i].EstimatedCostCents, maxCost);
            var latency = Share(expected[i].EstimatedLatencyMs, maxLatency);
            expected[i] = expected[i] with
            {
                Score = sample * (1 - (demand.Configuration.CostWeight * cost) - (demand.Configuration.LatencyWeight * latency)),
                Sample = sample,
                CostShare = cost,
                LatencyShare = latency,
            };
        }

        return [.. expected.OrderByDescending(static survivor => survivor.Score)]; // stable: ties by id
    }

    private static RankedProvider Expected(ProviderExperience row) => new()
    {
        ProviderId = row.ProviderId,
        EstimatedCostCents = RoutingExperience.MeanCostCents(row),
        EstimatedLatencyMs = RoutingExperience.MeanLatencyMs(row),
    };

    private static double Share(double? value, double most) => most > 0 ? Math.Clamp((value ?? 0) / most, 0, 1) : 0;
}
