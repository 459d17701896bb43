using Donmai.Core.Daemon;
using Donmai.Routing;

namespace Donmai.Core.Routing;

/// <summary>What follows when a session could not be started on the choice: the next of the same order, and nothing else (routing.md §6.1 rule 6).</summary>
public static class RoutingFallback
{
    /// <summary>
    /// The decision for the next of the order, with a trace in which the failed runtime left by <c>capacity-filter</c>, so that rules 1 to 3 hold of it
    /// as of any other. Its choice is empty when there is no next.
    /// </summary>
    /// <param name="failed">The decision so far.</param>
    /// <param name="reason">Why the session could not be started on it.</param>
    /// <param name="weights">The weights in force.</param>
    /// <param name="decidedAt">The moment of the decision.</param>
    public static RoutingExplanation Next(RoutingExplanation failed, string reason, RoutingConfiguration weights, DateTimeOffset decidedAt)
    {
        var (steps, capacity, score) = Parts(failed.Trace);
        var gone = new EliminatedProvider { ProviderId = failed.Decision.ChosenLlm, Reason = RoutingPhase.CapacityFilter, Detail = $"could not be started: {reason}" };
        var trace = new RoutingTrace(steps);
        trace.Filter(
            RoutingPhase.CapacityFilter,
            RoutingDimension.Llm,
            capacity.Remaining.Where(id => id != gone.ProviderId),
            [.. capacity.Eliminated ?? [], gone]);
        trace.Elect(RoutingDimension.Llm, [.. (score.Ranking ?? []).Where(survivor => survivor.ProviderId != gone.ProviderId)], weights);
        return trace.Explain(failed.SessionId, failed.Decision.Model, decidedAt);
    }

    private static (List<RoutingTraceStep> Before, RoutingTraceStep Capacity, RoutingTraceStep Score) Parts(List<RoutingTraceStep> trace) =>
        trace is [.. var before, { Phase: RoutingPhase.CapacityFilter, Dimension: RoutingDimension.Llm } capacity, { Phase: RoutingPhase.Score } score]
            ? (before.ToList(), capacity, score)
            : throw new ArgumentException("The decision has no order of agent runtimes.", nameof(trace));
}
