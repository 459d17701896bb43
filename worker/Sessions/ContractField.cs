namespace Donmai.Worker.Sessions;

/// <summary>What a session may have to produce (worker.md §8.1). Stable wire strings.</summary>
internal static class ContractField
{
    public const string CommitsPresent = "commits_present";
    public const string BranchPushed = "branch_pushed";
    public const string PullRequest = "pr_url";
    public const string WorkResult = "work_result";
    public const string CommentPosted = "comment_posted";
    public const string IssueUpdated = "issue_updated";
    public const string SubIssuesCreated = "sub_issues_created";
    public const string PullRequestMerged = "pr_merged";
    public const string PullRequestMergedOrEnqueued = "pr_merged_or_enqueued";
}
