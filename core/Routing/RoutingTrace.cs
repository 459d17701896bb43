using Donmai.Routing;

namespace Donmai.Core.Routing;

/// <summary>Writes down a decision as it is made: one step for each phase, each elimination once (routing.md §6.1 rules 1–3).</summary>
internal sealed class RoutingTrace
{
    /// <summary>The steps so far.</summary>
    public List<RoutingTraceStep> Steps { get; } = [];

    /// <summary>Everything eliminated so far.</summary>
    public List<RejectedCandidate> Rejected { get; } = [];

    /// <summary>Adds a step.</summary>
    /// <param name="phase">The phase.</param>
    /// <param name="dimension">The dimension.</param>
    /// <param name="remaining">Candidates left, in order.</param>
    /// <param name="eliminated">Candidates it removed.</param>
    /// <param name="note">A remark for people.</param>
    public void Add(string phase, string dimension, IEnumerable<RoutingCandidate> remaining, List<EliminatedProvider> eliminated, string? note = null)
    {
        Steps.Add(new RoutingTraceStep
        {
            Step = Steps.Count + 1,
            Phase = phase,
            Dimension = dimension,
            Remaining = [.. remaining.Select(static candidate => candidate.Id)],
            Eliminated = eliminated.Count == 0 ? null : eliminated,
            Note = note,
        });
        Rejected.AddRange(eliminated.Select(gone => new RejectedCandidate
        {
            ProviderId = gone.ProviderId,
            Dimension = dimension,
            Reason = gone.Reason,
            Detail = gone.Detail,
        }));
    }
}
