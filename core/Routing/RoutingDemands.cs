using System.Globalization;
using Donmai.Core.Daemon;
using Donmai.Routing;

namespace Donmai.Core.Routing;

/// <summary>Phase 1: what a session and the configuration demand against what a candidate declares (routing.md §6.1).</summary>
internal static class RoutingDemands
{
    /// <summary>Declared virtual processors.</summary>
    public const string VCpu = "vCpu";

    /// <summary>Declared memory in MiB.</summary>
    public const string MemoryMb = "memoryMb";

    /// <summary>Declared longest life of a session in seconds.</summary>
    public const string MaxDurationSeconds = "maxDurationSeconds";

    /// <summary>Declared programs, separated by commas.</summary>
    public const string Tools = "tools";

    /// <summary>What the candidate lacks, in words; <see langword="null"/> when it lacks nothing.</summary>
    public static string? Unmet(RoutingDemand demand, string dimension, RoutingCandidate candidate)
    {
        if (dimension == RoutingDimension.Llm && demand.Request.PinnedProvider is { } pinned && candidate.Id != pinned)
            return $"session requested {pinned}";
        if (candidate.Unfit is { } unfit)
            return unfit;
        return (dimension == RoutingDimension.Sandbox ? Demanded(demand.Request, candidate) : null) ?? Filtered(demand, dimension, candidate);
    }

    private static string? Demanded(RoutingRequest request, RoutingCandidate candidate)
    {
        var lasting = Short(candidate, MaxDurationSeconds, request.MaxDurationSeconds, "seconds");
        return request.Resources is not { } wanted
            ? lasting
            : Other(candidate, "os", wanted.Os)
                ?? Other(candidate, "arch", wanted.Arch)
                ?? Other(candidate, "region", wanted.Region)
                ?? Short(candidate, VCpu, wanted.VCpu, "vCPU")
                ?? Short(candidate, MemoryMb, wanted.MemoryMb, "MiB of memory")
                ?? lasting
                ?? Missing(candidate, wanted.Tools);
    }

    private static string? Other(RoutingCandidate candidate, string field, string? wanted) =>
        string.IsNullOrEmpty(wanted) || candidate.Capabilities.GetValueOrDefault(field) == wanted
            ? null
            : $"session requested {field} {wanted}, {candidate.Id} is {candidate.Capabilities.GetValueOrDefault(field, "undeclared")}";

    private static string? Missing(RoutingCandidate candidate, List<string>? wanted)
    {
        if (wanted is not { Count: > 0 })
            return null;
        var there = candidate.Capabilities.GetValueOrDefault(Tools, "").Split(',');
        var missing = wanted.Where(tool => !there.Contains(tool, StringComparer.Ordinal)).ToList();
        return missing.Count == 0 ? null : $"session requested {string.Join(", ", missing)}, {candidate.Id} has not got {(missing.Count == 1 ? "it" : "them")}";
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
