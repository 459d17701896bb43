using Donmai.Routing;

namespace Donmai.Core.Routing;

/// <summary>Says why a decision is empty (routing.md §6.1 rule 5).</summary>
public static class RoutingRefusal
{
    /// <summary>The refusal in words, naming the phase; <see langword="null"/> when the decision chose.</summary>
    public static string? Of(RoutingDecision decision, string? pinnedProvider)
    {
        if (decision.ChosenSandbox.Length == 0)
            return Text("execution environment", Last(decision, RoutingDimension.Sandbox, null));
        return decision.ChosenLlm.Length == 0
            ? Text("agent runtime", Last(decision, RoutingDimension.Llm, pinnedProvider))
            : null;
    }

    /// <summary>What a person needs to know: of a pinned provider its own rejection, else everything the last active phase removed.</summary>
    private static List<RejectedCandidate> Last(RoutingDecision decision, string dimension, string? pinnedProvider)
    {
        var rejected = (decision.RejectedCandidates ?? []).FindAll(candidate => candidate.Dimension == dimension);
        var pinned = rejected.FindAll(candidate => candidate.ProviderId == pinnedProvider);
        return pinned.Count > 0 ? pinned : rejected;
    }

    private static string Text(string what, List<RejectedCandidate> rejected) => rejected.Count == 0
        ? $"no {what} is known ({RoutingPhase.CapabilityFilter})"
        : $"no {what} for this session ({rejected[^1].Reason}): {string.Join("; ", rejected.Select(static candidate => $"{candidate.ProviderId}: {candidate.Detail}"))}";
}
