namespace Donmai.Worker.Sessions;

/// <summary>What a session's end means for its issue (platform-api.md §12, worker.md §8.5).</summary>
/// <param name="Reason">Why; a stable wire string.</param>
/// <param name="Target">Status the issue is to get; <see langword="null"/> for none.</param>
/// <param name="WantsComment">Whether the issue is to be told what is missing.</param>
internal sealed record IssueDecision(string Reason, string? Target = null, bool WantsComment = false)
{
    private const string Finished = "Finished";
    private const string Rejected = "Rejected";

    /// <summary>Decides.</summary>
    /// <param name="workType">Kind of work; blank when the order names none.</param>
    /// <param name="status">Status of the session.</param>
    /// <param name="marker">The agent's verdict, if it gave one.</param>
    /// <param name="isWhole">Whether everything is there that the work was to produce.</param>
    /// <param name="hasMergeQueue">Whether merges of the repository wait in a queue, whose end decides.</param>
    public static IssueDecision Of(string? workType, string status, string? marker, bool isWhole, bool hasMergeQueue)
    {
        if (string.IsNullOrWhiteSpace(workType))
            return new IssueDecision("no-work-type");
        var (isSensitive, whenPassed, whenFailed) = Mapping(workType.Trim());
        var hasFailed = status != SessionStatus.Completed;
        if (!isSensitive)
            return hasFailed ? new IssueDecision("non-sensitive-failed") : Mapped("completed-non-sensitive", whenPassed) with { WantsComment = !isWhole };
        if (hasFailed || marker == WorkMarker.Failed)
            return Mapped(marker == WorkMarker.Failed ? "failed" : "agent-failed", whenFailed);
        if (marker != WorkMarker.Passed || !isWhole)
            return new IssueDecision("unknown", WantsComment: true);
        return workType.Trim() == "acceptance" && hasMergeQueue ? new IssueDecision("deferred-merge-queue") : Mapped("passed", whenPassed);
    }

    private static IssueDecision Mapped(string reason, string? target) => target is null ? new IssueDecision("no-mapping") : new IssueDecision(reason, target);

    private static (bool IsSensitive, string? WhenPassed, string? WhenFailed) Mapping(string workType) => workType switch
    {
        "development" or "inflight" or "coordination" or "inflight-coordination" => (true, Finished, null),
        "qa" => (true, "Delivered", Rejected),
        "acceptance" => (true, "Accepted", Rejected),
        "merge" => (true, null, null),
        "refinement" or "refinement-coordination" => (false, "Backlog", null),
        "security" => (false, Finished, null),
        _ => (false, null, null),
    };
}
