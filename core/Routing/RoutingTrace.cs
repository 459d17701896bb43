using System.Globalization;
using Donmai.Core.Daemon;
using Donmai.Routing;

namespace Donmai.Core.Routing;

/// <summary>
/// Writes down a decision as it is made: one step for each phase, each elimination once (routing.md §6.1 rules 1–3). The decision is read from the
/// steps, so that one cannot say what the other does not.
/// </summary>
/// <param name="steps">The steps so far.</param>
internal sealed class RoutingTrace(List<RoutingTraceStep> steps)
{
    /// <summary>Survivors whose score a note reckons; the ranking has the figures of all.</summary>
    private const int Noted = 3;

    /// <summary>Adds the step of a filter.</summary>
    /// <param name="phase">The phase.</param>
    /// <param name="dimension">The dimension.</param>
    /// <param name="remaining">Candidates left, in order.</param>
    /// <param name="eliminated">Candidates it removed.</param>
    public void Filter(string phase, string dimension, IEnumerable<string> remaining, List<EliminatedProvider> eliminated) => Add(new()
    {
        Phase = phase,
        Dimension = dimension,
        Remaining = [.. remaining],
        Eliminated = eliminated.Count == 0 ? null : eliminated,
    });

    /// <summary>Adds the step that elects the first of an order.</summary>
    /// <param name="dimension">The dimension.</param>
    /// <param name="order">The survivors; may be empty.</param>
    /// <param name="weights">The weights in force, for the note.</param>
    public void Elect(string dimension, List<RankedProvider> order, RoutingConfiguration weights)
    {
        var best = order.Count > 0 ? Rounded(order[0].Score) : "";
        var losers = order.Skip(1).Select(loser => new EliminatedProvider
        {
            ProviderId = loser.ProviderId,
            Reason = RoutingPhase.ScoreLoss,
            Detail = loser.Sample is null
                ? $"after {order[0].ProviderId} in the declared order"
                : $"{Rounded(loser.Score)} < {best}",
        }).ToList();
        Add(new()
        {
            Phase = RoutingPhase.Score,
            Dimension = dimension,
            Remaining = order.Count == 0 ? [] : [order[0].ProviderId],
            Eliminated = losers.Count == 0 ? null : losers,
            Note = order switch
            {
                [] => "no candidate",
                [_] => "single candidate",
                [{ Sample: null }, ..] => $"declared order: {string.Join(", ", order.Select(static survivor => survivor.ProviderId))}",
                _ => string.Join("; ", order.Take(Noted).Select(survivor => Reckoned(survivor, weights))),
            },
            Ranking = order.Count == 0 ? null : order,
        });
    }

    /// <summary>The decision that the steps come to. A dimension without survivors is left empty in it.</summary>
    public RoutingExplanation Explain(string sessionId, string? model, DateTimeOffset decidedAt)
    {
        var llm = First(RoutingDimension.Llm);
        var rejected = steps.SelectMany(static step => step.Eliminated ?? [], static (step, gone) => new RejectedCandidate
        {
            ProviderId = gone.ProviderId,
            Dimension = step.Dimension,
            Reason = gone.Reason,
            Detail = gone.Detail,
        }).ToList();
        return new RoutingExplanation
        {
            SessionId = sessionId,
            Trace = steps,
            Decision = new RoutingDecision
            {
                SessionId = sessionId,
                ChosenSandbox = First(RoutingDimension.Sandbox)?.ProviderId ?? "",
                ChosenLlm = llm?.ProviderId ?? "",
                RejectedCandidates = rejected.Count == 0 ? null : rejected,
                Score = llm?.Score ?? 0,
                EstimatedCostCents = llm?.EstimatedCostCents,
                EstimatedLatencyMs = llm?.EstimatedLatencyMs,
                DecidedAt = decidedAt,
                Model = model,
            },
        };
    }

    private RankedProvider? First(string dimension) =>
        steps.FindLast(step => step.Dimension == dimension && step.Phase == RoutingPhase.Score)?.Ranking?[0];

    private void Add(RoutingTraceStep step) => steps.Add(step with { Step = steps.Count + 1 });

    /// <summary>How a score came about, so that anybody can reckon it again.</summary>
    private static string Reckoned(RankedProvider survivor, RoutingConfiguration weights) => string.Create(
        CultureInfo.InvariantCulture,
        $"{survivor.ProviderId} {survivor.Score:F2} = sample {survivor.Sample:F2} × (1 − {weights.CostWeight:0.##} × cost {survivor.CostShare:F2} − {weights.LatencyWeight:0.##} × latency {survivor.LatencyShare:F2})");

    private static string Rounded(double score) => score.ToString("F2", CultureInfo.InvariantCulture);
}
