using Donmai.Sessions;
using Donmai.Worker.Sessions;

namespace Donmai.Worker.Tests.Sessions;

public sealed class What_the_end_means_for_the_issue
{
    // Work type: status when passed, status when failed; - for none. "!" marks types that are sensitive to the marker.
    private static readonly string[] Table =
    [
        "!development Finished -", "!inflight Finished -", "!coordination Finished -", "!inflight-coordination Finished -", "!qa Delivered Rejected",
        "!acceptance Accepted Rejected", "!merge - -", "refinement Backlog -", "refinement-coordination Backlog -", "security Finished -",
        "research - -", "backlog-creation - -", "backlog-groomer - -", "improvement-loop - -", "outcome-auditor - -", "ga-readiness - -",
        "documentation-steward - -", "operational-scanner-vercel - -", "operational-scanner-audit - -", "operational-scanner-ci - -",
    ];

    public static TheoryData<string, string, string, string?> Rows
    {
        get
        {
            var rows = new TheoryData<string, string, string, string?>();
            foreach (var row in Table)
                foreach (var status in new[] { "completed", "failed" })
                    foreach (var marker in new[] { "passed", "failed", "unknown", null })
                        rows.Add(row.TrimStart('!'), row.StartsWith('!') ? "sensitive" : "not", status, marker);
            return rows;
        }
    }

    [Theory, Trait("spec", "PA-38"), Trait("spec", "WK-103")]
    [MemberData(nameof(Rows))]
    public void The_table_of_decisions(string row, string sensitivity, string status, string? marker)
    {
        var words = row.Split(' ');
        var (passed, failed) = (words[1] == "-" ? null : words[1], words[2] == "-" ? null : words[2]);
        var decision = IssueDecision.Of(words[0], status, marker, isWhole: true, hasMergeQueue: false);
        var expected = (sensitivity, status, marker) switch
        {
            ("not", "completed", _) => passed is null ? new IssueDecision("no-mapping") : new IssueDecision("completed-non-sensitive", passed),
            ("not", _, _) => new IssueDecision("non-sensitive-failed"),
            (_, _, "failed") => failed is null ? new IssueDecision("no-mapping") : new IssueDecision("failed", failed),
            (_, "failed", _) => failed is null ? new IssueDecision("no-mapping") : new IssueDecision("agent-failed", failed),
            (_, _, "passed") => passed is null ? new IssueDecision("no-mapping") : new IssueDecision("passed", passed),
            _ => new IssueDecision("unknown", WantsComment: true),
        };
        decision.ShouldBe(expected);
    }

    [Theory, Trait("spec", "PA-38")]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(null)]
    public void Without_a_kind_of_work_nothing_is_decided(string? workType) =>
        IssueDecision.Of(workType, "completed", "passed", isWhole: true, hasMergeQueue: false).ShouldBe(new IssueDecision("no-work-type"));

    [Fact, Trait("spec", "PA-38")]
    public void Acceptance_waits_for_a_merge_queue_only_when_it_passed()
    {
        IssueDecision.Of("acceptance", "completed", "passed", isWhole: true, hasMergeQueue: true).ShouldBe(new IssueDecision("deferred-merge-queue"));
        IssueDecision.Of("acceptance", "completed", "failed", isWhole: true, hasMergeQueue: true).ShouldBe(new IssueDecision("failed", "Rejected"));
        IssueDecision.Of("qa", "completed", "passed", isWhole: true, hasMergeQueue: true).ShouldBe(new IssueDecision("passed", "Delivered"));
    }

    [Fact, Trait("spec", "WK-103")]
    public void Passed_counts_only_when_everything_is_there()
    {
        IssueDecision.Of("development", "completed", "passed", isWhole: false, hasMergeQueue: false).ShouldBe(new IssueDecision("unknown", WantsComment: true));
        IssueDecision.Of("development", "completed", "failed", isWhole: false, hasMergeQueue: false).ShouldBe(new IssueDecision("no-mapping"));
        IssueDecision.Of("refinement", "completed", null, isWhole: false, hasMergeQueue: false)
            .ShouldBe(new IssueDecision("completed-non-sensitive", "Backlog", WantsComment: true));
    }

    [Fact, Trait("spec", "WK-103")]
    public void The_comment_says_what_is_missing_and_what_became_of_the_issue()
    {
        var order = WorkOrder.From(new SessionDetail { SessionId = "s-1" }, new WorkerVariables(new Dictionary<string, string>()));
        IssueStatus.Diagnostic(order, new IssueDecision("unknown", WantsComment: true), new CompletionFacts(), ["work_result"]).ShouldBe(
            "No result marker (`WORK_RESULT:passed` or `WORK_RESULT:failed`) was found in what session s-1 said. The status of the issue was not changed. "
            + "Please look at the session's logs.");
        IssueStatus.Diagnostic(order, new IssueDecision("unknown", WantsComment: true), new CompletionFacts { WorkResult = "passed" }, ["branch_pushed", "pr_url"]).ShouldBe(
            "Session s-1 ended, but did not produce everything that was asked of it. Missing: the pushed branch, a pull request. "
            + "The status of the issue was not changed. Please look at the session's logs.");
        IssueStatus.Diagnostic(order, new IssueDecision("completed-non-sensitive", "Backlog", true), new CompletionFacts(), ["comment_posted"]).ShouldBe(
            "Session s-1 ended, but did not produce everything that was asked of it. Missing: a comment on the issue. Please look at the session's logs.");
    }
}
