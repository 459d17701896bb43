using Donmai.Core.Daemon;
using Donmai.Routing;

namespace Donmai.Core.Routing;

/// <summary>
/// Chooses a sandbox and an agent runtime: four phases for each, every one of which leaves a step in the trace (routing.md §6.1).
/// </summary>
/// <param name="random">Source of randomness of the Thompson ordering.</param>
public sealed class RoutingPipeline(Random random)
{
    private const double FullFrom = 0.9;

    /// <summary>Decides. A dimension without survivors is left empty in the decision; the trace tells which phase emptied it.</summary>
    /// <param name="demand">All that the decision depends on.</param>
    /// <param name="decidedAt">The moment of the decision.</param>
    public RoutingExplanation Decide(RoutingDemand demand, DateTimeOffset decidedAt)
    {
        var trace = new RoutingTrace([]);
        Choose(demand, RoutingDimension.Sandbox, demand.Sandboxes, trace);
        Choose(demand, RoutingDimension.Llm, demand.Runtimes, trace);
        return trace.Explain(demand.Request.SessionId, demand.Request.Model, decidedAt);
    }

    private void Choose(RoutingDemand demand, string dimension, IReadOnlyList<RoutingCandidate> candidates, RoutingTrace trace)
    {
        var left = Filter(RoutingPhase.CapabilityFilter, candidates, candidate => RoutingDemands.Unmet(demand, dimension, candidate));
        left = Filter(RoutingPhase.TenantPolicy, left, candidate => candidate.Forbidden ?? NotAllowed(demand, candidate));
        left = Filter(RoutingPhase.CapacityFilter, left, candidate => candidate.Unavailable ?? Full(candidate));
        trace.Elect(dimension, left.Count == 0 ? [] : RoutingOrder.Sort(demand, dimension, left, random), demand.Configuration);

        IReadOnlyList<RoutingCandidate> Filter(string phase, IReadOnlyList<RoutingCandidate> before, Func<RoutingCandidate, string?> objection)
        {
            var (remaining, eliminated) = (new List<RoutingCandidate>(before.Count), new List<EliminatedProvider>());
            foreach (var candidate in before)
            {
                if (objection(candidate) is { } detail)
                    eliminated.Add(new EliminatedProvider { ProviderId = candidate.Id, Reason = phase, Detail = detail });
                else
                    remaining.Add(candidate);
            }

            trace.Filter(phase, dimension, remaining.Select(static candidate => candidate.Id), eliminated);
            return remaining;
        }
    }

    private static string? NotAllowed(RoutingDemand demand, RoutingCandidate candidate)
    {
        if (demand.Configuration is { Deny.Count: 0, Allow.Count: 0 })
            return null; // the usual case, for every candidate of every decision
        var project = demand.Request.ProjectId;
        if (demand.Configuration.Deny.Any(line => Names(line, project, candidate)))
            return $"denied for project {project}";
        var allowed = demand.Configuration.Allow.Where(line => line.Project == project && Knows(demand, candidate, line.Provider)).ToList();
        return allowed.Count > 0 && !allowed.Exists(line => line.Provider == candidate.Id) ? $"not allowed for project {project}" : null;
    }

    /// <summary>Whether two providers are of the same dimension, so that allowing runtimes says nothing of sandboxes.</summary>
    private static bool Knows(RoutingDemand demand, RoutingCandidate candidate, string provider) =>
        demand.Sandboxes.Contains(candidate)
            ? demand.Sandboxes.Any(sandbox => sandbox.Id == provider)
            : !demand.Sandboxes.Any(sandbox => sandbox.Id == provider);

    private static bool Names(RoutingPolicy line, string project, RoutingCandidate candidate) =>
        line.Project == project && line.Provider == candidate.Id;

    private static string? Full(RoutingCandidate candidate) =>
        candidate.SlotLimit is { } limit && candidate.SlotsUsed > FullFrom * limit
            ? $"{candidate.SlotsUsed} of {limit} slots in use"
            : null;
}
