using Donmai.Core.Git;
using static Donmai.Worker.Sessions.ContractField;

namespace Donmai.Worker.Sessions;

/// <summary>What a session has to produce (worker.md §8.1). It alone decides whether the agent is steered and whether the backstop runs.</summary>
/// <param name="Required">Fields it must produce, in the order of the table.</param>
/// <param name="Optional">Fields it may produce.</param>
internal sealed record CompletionContract(IReadOnlyList<string> Required, IReadOnlyList<string> Optional)
{
    private static readonly string[] OfIssue = [CommentPosted, IssueUpdated, SubIssuesCreated];

    /// <summary>Nothing is asked for.</summary>
    public static CompletionContract Empty { get; } = new([], []);

    /// <summary>Whether the work is to be delivered to the remote: whatever the agent left undone of that, a backstop can supply.</summary>
    public bool WantsDelivery => Required.Any(CanBeSupplied);

    /// <summary>
    /// The contract of a session. An orchestrated run has none unless its configuration names the kind of work. Without an issue nothing is
    /// asked of one; in a repository of this machine nobody opens a pull request, and a task of its user is not pushed either. A stage that
    /// names no kind of work says itself what it wants. What may not write delivers nothing.
    /// </summary>
    public static CompletionContract Of(WorkOrder order, WorkerVariables variables)
    {
        var detail = order.Detail;
        if (KindOfWork(order, variables) is not { } workType)
            return Empty;
        var hasIssue = !string.IsNullOrWhiteSpace(detail.IssueIdentifier) || !string.IsNullOrWhiteSpace(detail.IssueId);
        var isOfThisMachine = GitRepositoryAddress.IsOfThisMachine(detail.Repository ?? "");
        var contract = For(workType);
        if (isOfThisMachine && !hasIssue && contract.WantsDelivery)
            return Empty;
        return contract.Without(field =>
            (!hasIssue && OfIssue.Contains(field)) || (isOfThisMachine && field == PullRequest));
    }

    /// <summary>The contract of a kind of work; of an unknown one nothing is asked.</summary>
    public static CompletionContract For(string workType) => workType switch
    {
        "development" or "inflight" => new([CommitsPresent, BranchPushed, PullRequest, WorkResult], []),
        "coordination" or "inflight-coordination" or "qa" => new([WorkResult, CommentPosted], []),
        "acceptance" => new([WorkResult, PullRequestMergedOrEnqueued], []),
        "merge" => new([PullRequestMerged], []),
        "refinement" or "backlog-groomer" or "documentation-steward" => new([CommentPosted], [IssueUpdated]),
        "refinement-coordination" => new([CommentPosted], []),
        "research" => new([IssueUpdated], [CommentPosted]),
        "backlog-creation" => new([SubIssuesCreated], [CommentPosted]),
        _ => Empty,
    };

    /// <summary>Whether a backstop can supply a field.</summary>
    /// <param name="field"><see cref="ContractField"/>.</param>
    public static bool CanBeSupplied(string field) => field is CommitsPresent or BranchPushed or PullRequest;

    /// <summary>Required fields that are not there, in the order of the table.</summary>
    public IReadOnlyList<string> Missing(CompletionFacts facts) => [.. Required.Where(field => !facts.Has(field))];

    private static string? KindOfWork(WorkOrder order, WorkerVariables variables)
    {
        if (variables.Text("DONMAI_WORKSPACE_ACCESS")?.ToLowerInvariant() is "ro" or "none")
            return null;
        if (variables.Text("DONMAI_EXECUTION_ID") is not null)
            return variables.Text("DONMAI_AGENT_CONFIG_WORK_TYPE");
        return string.IsNullOrWhiteSpace(order.Detail.WorkType) && !string.IsNullOrWhiteSpace(order.Detail.StagePrompt) ? null : order.WorkType;
    }

    private CompletionContract Without(Func<string, bool> isDropped) =>
        new([.. Required.Where(field => !isDropped(field))], [.. Optional.Where(field => !isDropped(field))]);
}
