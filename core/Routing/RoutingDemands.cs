using System.Globalization;
using Donmai.Core.Daemon;

namespace Donmai.Core.Routing;

/// <summary>Phase 1: what a session and the configuration demand against what a candidate declares (routing.md §6.1).</summary>
internal static class RoutingDemands
{
    /// <summary>Declared virtual processors.</summary>
    public const string VCpu = "vCpu";

    /// <summary>Declared memory in MiB.</summary>
    public const string MemoryMb = "memoryMb";

    /// <summary>What the candidate lacks, in words; <see langword="null"/> when it lacks nothing.</summary>
    public static string? Unmet(RoutingDemand demand, string dimension, RoutingCandidate candidate)
    {
        if (dimension == RoutingDimension.Llm && demand.Request.PinnedProvider is { } pinned && candidate.Id != pinned)
            return $"session requested {pinned}";
        if (candidate.Unfit is { } unfit)
            return unfit;
        if (dimension == RoutingDimension.Sandbox && demand.Request.Resources is { } resources)
            return Short(candidate, VCpu, resources.VCpu, "vCPU") ?? Short(candidate, MemoryMb, resources.MemoryMb, "MiB of memory") ?? Filtered(demand, dimension, candidate);
        return Filtered(demand, dimension, candidate);
    }

    private static string? Short(RoutingCandidate candidate, string field, int wanted, string unit) =>
        Numeric(candidate.Capabilities.GetValueOrDefault(field)) is { } offered && wanted > offered
            ? $"session requested {wanted} {unit}, {candidate.Id} offers {offered.ToString(CultureInfo.InvariantCulture)}"
            : null;

    private static string? Filtered(RoutingDemand demand, string dimension, RoutingCandidate candidate)
    {
        foreach (var filter in demand.Configuration.CapabilityFilters)
        {
            if (!Concerns(filter, demand, dimension))
                continue;
            if (!candidate.Capabilities.TryGetValue(filter.Field, out var declared))
                return $"{filter.Field} is not declared, wanted {filter.Op} {filter.Value}";
            if (!Holds(filter, declared))
                return $"{filter.Field} is {declared}, wanted {filter.Op} {filter.Value}";
        }

        return null;
    }

    /// <summary>A filter on a field that only runtimes declare concerns runtimes; every other one concerns sandboxes.</summary>
    private static bool Concerns(RoutingFilter filter, RoutingDemand demand, string dimension)
    {
        var ofRuntimes = demand.Runtimes.Any(candidate => candidate.Capabilities.ContainsKey(filter.Field));
        return dimension == RoutingDimension.Llm
            ? ofRuntimes
            : !ofRuntimes || demand.Sandboxes.Any(candidate => candidate.Capabilities.ContainsKey(filter.Field));
    }

    private static bool Holds(RoutingFilter filter, string declared) => filter.Op switch
    {
        "eq" => declared == filter.Value,
        "in" => filter.Value.Split(',', StringSplitOptions.TrimEntries).Contains(declared, StringComparer.Ordinal),
        "lte" => Numeric(declared) <= Numeric(filter.Value),
        "gte" => Numeric(declared) >= Numeric(filter.Value),
        _ => false,
    };

    private static double? Numeric(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
