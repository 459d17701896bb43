using System.Globalization;
using Donmai.Core.Daemon.Yaml;

namespace Donmai.Core.Daemon;

/// <summary>Reads <c>routing</c> (routing.md §6.4).</summary>
internal static class RoutingReader
{
    private const int LargestRing = 10_000;
    private const double WeightTolerance = 0.001;

    /// <summary>The routing settings.</summary>
    public static RoutingConfiguration Read(YamlSection routing)
    {
        var defaults = new RoutingConfiguration();
        var weights = routing.Section("weights");
        var (cost, latency) = (weights.Number("cost"), weights.Number("latency"));
        if (cost is not null || latency is not null)
            CheckWeights(routing, cost ?? 0, latency ?? 0);
        return new RoutingConfiguration
        {
            RingSize = routing.Whole("ringSize", 1, LargestRing) ?? defaults.RingSize,
            Ordering = routing.OneOf("ordering", "thompson", "declared") ?? defaults.Ordering,
            Order = routing.Texts("order"),
            CostWeight = cost is null && latency is null ? defaults.CostWeight : cost ?? 0,
            LatencyWeight = cost is null && latency is null ? defaults.LatencyWeight : latency ?? 0,
            CapabilityFilters = routing.Items("capabilityFilters").ConvertAll(static filter => new RoutingFilter(
                filter.Required("field"), filter.OneOf("op", "eq", "in", "lte", "gte") ?? filter.Required("op"), filter.TextOrTexts("value") ?? "")),
            Allow = Policies(routing, "allow"),
            Deny = Policies(routing, "deny"),
            Seed = routing.Whole("seed", 0),
        };
    }

    private static List<RoutingPolicy> Policies(YamlSection routing, string key) =>
        routing.Items(key).ConvertAll(static line => new RoutingPolicy(line.Required("project"), line.Required("provider")));

    private static void CheckWeights(YamlSection routing, double cost, double latency)
    {
        if (cost < 0 || latency < 0 || Math.Abs(cost + latency - 1) > WeightTolerance)
            routing.Violate("weights", string.Create(
                CultureInfo.InvariantCulture, $"are cost {cost} and latency {latency}; they must not be negative and must sum to 1"));
    }
}
