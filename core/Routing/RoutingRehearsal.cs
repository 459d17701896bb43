using Donmai.Core.Sessions;
using Donmai.Routing;
using Donmai.Sessions;

namespace Donmai.Core.Routing;

/// <summary>Draws many decisions about one kind of session and counts what they choose; records nothing (docs/routing.md).</summary>
public static class RoutingRehearsal
{
    private const double LeastParameter = 1;

    /// <summary>Checks a request.</summary>
    /// <exception cref="InvalidRoutingSimulationException">A value is out of its range.</exception>
    /// <exception cref="InvalidSessionSpecException">A program is no name of one.</exception>
    public static void Check(RoutingSimulationRequest request)
    {
        if (request.Draws is < 0 or > RoutingSimulationRequest.MostDraws)
            throw new InvalidRoutingSimulationException($"draws is {request.Draws}; it must be 1 to {RoutingSimulationRequest.MostDraws}, or 0 for {RoutingSimulationRequest.DefaultDraws}");
        if (request.Ordering is not (null or RoutingOrder.ThompsonOrdering or RoutingOrder.DeclaredOrdering))
            throw new InvalidRoutingSimulationException($"ordering is \"{request.Ordering}\"; it must be thompson or declared");
        if (request.MaxDurationSeconds < 0 || request.Resources is { VCpu: < 0 } or { MemoryMb: < 0 })
            throw new InvalidRoutingSimulationException("resources and maxDurationSeconds must not be negative");
        SessionSpecRules.CheckTools(request.Resources?.Tools); // each is looked for on the disk
        if (request.Suppose.Count > RoutingSimulationRequest.MostSupposed)
            throw new InvalidRoutingSimulationException($"suppose has {request.Suppose.Count} entries; it may have {RoutingSimulationRequest.MostSupposed}");
        foreach (var supposed in request.Suppose)
            Check(supposed);
    }

    /// <summary>Runs a simulation. It takes its time; no grain should wait for it within its turn.</summary>
    /// <param name="demand">The session, what it may run on, and what was learnt.</param>
    /// <param name="request">How many draws, and what is to be supposed; it was checked.</param>
    /// <param name="seed">Seed of the source of randomness.</param>
    /// <param name="now">When it is asked.</param>
    public static RoutingSimulation Run(RoutingDemand demand, RoutingSimulationRequest request, int seed, DateTimeOffset now)
    {
        var supposed = demand with
        {
            Configuration = demand.Configuration with { Ordering = request.Ordering ?? demand.Configuration.Ordering },
            Experience = request.Suppose.Aggregate(demand.Experience, (experience, values) => experience.Suppose(values, demand.Request.Model)),
        };
        var draws = request.Draws == 0 ? RoutingSimulationRequest.DefaultDraws : request.Draws;
        var pipeline = new RoutingPipeline(new Random(seed));
        var example = pipeline.Decide(supposed, now);
        var chosen = new Dictionary<string, int>(StringComparer.Ordinal) { [example.Decision.ChosenLlm] = 1 };
        for (var draw = 1; draw < draws; draw++)
        {
            var id = pipeline.Decide(supposed, now).Decision.ChosenLlm;
            chosen[id] = chosen.GetValueOrDefault(id) + 1;
        }

        return new RoutingSimulation
        {
            Draws = draws,
            Seed = seed,
            Ordering = supposed.Configuration.Ordering,
            Shares = [.. supposed.Runtimes
                .Select(runtime => Share(supposed, runtime.Id, chosen.GetValueOrDefault(runtime.Id), draws, example))
                .OrderByDescending(static share => share.Count)
                .ThenBy(static share => share.ProviderId, StringComparer.Ordinal)],
            Refusal = RoutingRefusal.Of(example.Decision, demand.Request.PinnedProvider),
            Example = example,
        };
    }

    private static void Check(SupposedExperience? supposed)
    {
        if (string.IsNullOrWhiteSpace(supposed?.ProviderId))
            throw new InvalidRoutingSimulationException("suppose needs a providerId");
        if (!(IsAtLeast(supposed.Alpha, LeastParameter) && IsAtLeast(supposed.Beta, LeastParameter)))
            throw new InvalidRoutingSimulationException($"alpha and beta of {supposed.ProviderId} must be at least 1");
        if (!(IsAtLeast(supposed.CostCents, 0) && IsAtLeast(supposed.LatencyMs, 0)))
            throw new InvalidRoutingSimulationException($"costCents and latencyMs of {supposed.ProviderId} must not be negative");
    }

    private static bool IsAtLeast(double? value, double least) => value is not { } number || (double.IsFinite(number) && number >= least);

    private static SimulatedShare Share(RoutingDemand demand, string id, int count, int draws, RoutingExplanation example)
    {
        var row = demand.Experience.Of(RoutingDimension.Llm, id, demand.Request.Model);
        var rejected = example.Decision.RejectedCandidates?.Find(candidate =>
            candidate.Dimension == RoutingDimension.Llm && candidate.ProviderId == id && candidate.Reason != RoutingPhase.ScoreLoss);
        return new SimulatedShare
        {
            ProviderId = id,
            Count = count,
            Share = (double)count / draws,
            Alpha = row.Alpha,
            Beta = row.Beta,
            CostCents = RoutingExperience.MeanCostCents(row),
            LatencyMs = RoutingExperience.MeanLatencyMs(row),
            Excluded = rejected?.Detail,
        };
    }
}
