using Donmai.Core.Daemon;
using Donmai.Routing;

namespace Donmai.Core.Routing;

/// <summary>What is shown of routing: the configuration in force, what was learnt, and the recent decisions (routing.md §3).</summary>
public static class RoutingProjection
{
    /// <summary>The projection.</summary>
    /// <param name="configuration">The configuration in force.</param>
    /// <param name="experience">What was learnt.</param>
    /// <param name="runtimes">Ids of the registered agent runtimes.</param>
    /// <param name="sandboxes">Ids of the execution environments.</param>
    /// <param name="recent">The recent decisions, oldest first.</param>
    /// <param name="capturedAt">When it is asked.</param>
    public static RoutingConfig Of(
        RoutingConfiguration configuration,
        RoutingExperience experience,
        IEnumerable<string> runtimes,
        IEnumerable<string> sandboxes,
        List<RoutingDecision> recent,
        DateTimeOffset capturedAt) => new()
        {
            CapabilityFilters = [.. configuration.CapabilityFilters.Select(static filter =>
            new CapabilityFilter { Field = filter.Field, Op = filter.Op, Value = filter.Value })],
            Weights = new RoutingWeights { Cost = configuration.CostWeight, Latency = configuration.LatencyWeight },
            Ordering = configuration.Ordering,
            SandboxProviders = [.. sandboxes.Order(StringComparer.Ordinal).Select(id => Sandbox(experience.Of(RoutingDimension.Sandbox, id), recent))],
            LlmProviders = [.. runtimes.Order(StringComparer.Ordinal).SelectMany(id => experience.RowsOf(RoutingDimension.Llm, id)).Select(row => Llm(row, recent))],
            RecentDecisions = recent,
            CapturedAt = capturedAt,
        };

    private static SandboxProviderState Sandbox(ProviderExperience row, List<RoutingDecision> recent) => new()
    {
        ProviderId = row.ProviderId,
        Alpha = row.Alpha,
        Beta = row.Beta,
        RecentScore = RoutingExperience.MeanScore(row),
        RecentCostCents = RoutingExperience.MeanCostCents(row),
        RecentLatencyMs = RoutingExperience.MeanLatencyMs(row),
        SelectionCount = recent.Count(decision => decision.ChosenSandbox == row.ProviderId),
    };

    private static LlmProviderState Llm(ProviderExperience row, List<RoutingDecision> recent) => new()
    {
        ProviderId = row.ProviderId,
        Model = row.Model,
        Alpha = row.Alpha,
        Beta = row.Beta,
        RecentScore = RoutingExperience.MeanScore(row),
        RecentCostCents = RoutingExperience.MeanCostCents(row),
        RecentLatencyMs = RoutingExperience.MeanLatencyMs(row),
        SelectionCount = recent.Count(decision => decision.ChosenLlm == row.ProviderId && (row.Model is null || decision.Model == row.Model)),
    };
}
