using Donmai.Sessions;
using Donmai.Sessions.Events;
using Donmai.Worker.Sessions;

namespace Donmai.Worker.Tests.Sessions;

public sealed class What_a_session_has_to_produce
{
    private static readonly SessionDetail Issue = new() { SessionId = "s-1", IssueIdentifier = "BIL-88", Repository = "https://github.com/acme/billing" };

    [Theory, Trait("spec", "WK-94")]
    [InlineData("development", "commits_present,branch_pushed,pr_url,work_result", "")]
    [InlineData("inflight", "commits_present,branch_pushed,pr_url,work_result", "")]
    [InlineData("coordination", "work_result,comment_posted", "")]
    [InlineData("inflight-coordination", "work_result,comment_posted", "")]
    [InlineData("qa", "work_result,comment_posted", "")]
    [InlineData("acceptance", "work_result,pr_merged_or_enqueued", "")]
    [InlineData("merge", "pr_merged", "")]
    [InlineData("refinement", "comment_posted", "issue_updated")]
    [InlineData("backlog-groomer", "comment_posted", "issue_updated")]
    [InlineData("documentation-steward", "comment_posted", "issue_updated")]
    [InlineData("refinement-coordination", "comment_posted", "")]
    [InlineData("research", "issue_updated", "comment_posted")]
    [InlineData("backlog-creation", "sub_issues_created", "comment_posted")]
    [InlineData("security", "", "")]
    [InlineData("operational-scanner-ci", "", "")]
    [InlineData("something-new", "", "")]
    public void The_table_of_contracts(string workType, string required, string optional)
    {
        var contract = CompletionContract.For(workType);
        (string.Join(',', contract.Required), string.Join(',', contract.Optional)).ShouldBe((required, optional));
        contract.WantsDelivery.ShouldBe(required.StartsWith("commits_present", StringComparison.Ordinal));
    }

    [Fact, Trait("spec", "WK-94")]
    public void What_is_missing_is_told_in_the_order_of_the_table()
    {
        var contract = CompletionContract.For("development");
        contract.Missing(new CompletionFacts()).ShouldBe(["commits_present", "branch_pushed", "pr_url", "work_result"]);
        contract.Missing(new CompletionFacts { CommitsPresent = true, BranchPushed = true, PullRequest = "https://h/p/1", WorkResult = "failed" }).ShouldBeEmpty();
        CompletionContract.For("acceptance").Missing(new CompletionFacts { WorkResult = "passed", PullRequestEnqueued = true }).ShouldBeEmpty();
        CompletionContract.For("merge").Missing(new CompletionFacts { PullRequestEnqueued = true }).ShouldBe(["pr_merged"]);
        CompletionContract.For("qa").Missing(new CompletionFacts { WorkResult = "passed", CommentPosted = true }).ShouldBeEmpty();
        CompletionContract.For("research").Missing(new CompletionFacts { CommentPosted = true }).ShouldBe(["issue_updated"]);
        CompletionContract.For("backlog-creation").Missing(new CompletionFacts { SubIssuesCreated = true }).ShouldBeEmpty();
    }

    [Fact, Trait("spec", "WK-94")]
    public void Nothing_is_asked_of_an_orchestrated_run_that_does_not_name_its_work()
    {
        Of(Issue, ("DONMAI_EXECUTION_ID", "e-1")).ShouldBe(CompletionContract.Empty);
        Of(Issue, ("DONMAI_EXECUTION_ID", "e-1"), ("DONMAI_AGENT_CONFIG_WORK_TYPE", "qa")).Required.ShouldBe(["work_result", "comment_posted"]);
        Of(Issue with { StagePrompt = "Memo only." }).ShouldBe(CompletionContract.Empty);
        Of(Issue with { StagePrompt = "Do it.", WorkType = "development" }).WantsDelivery.ShouldBeTrue();
    }

    [Fact, Trait("spec", "WK-94")]
    public void What_is_nowhere_to_be_had_is_not_asked_for()
    {
        Of(Issue).Required.ShouldBe(["commits_present", "branch_pushed", "pr_url", "work_result"]);
        Of(Issue with { IssueIdentifier = null, WorkType = "qa" }).Required.ShouldBe(["work_result"]);
        Of(Issue with { Repository = "/srv/billing.git" }).Required.ShouldBe(["commits_present", "branch_pushed", "work_result"]);
        Of(Issue with { IssueIdentifier = null, Repository = "/srv/billing.git" }).ShouldBe(CompletionContract.Empty);
    }

    [Theory]
    [InlineData("Bash", """{"command":"pnpm af-linear create-comment BIL-88 --body-file x"}""", "comment_posted")]
    [InlineData("shell", """{"command":["bash","-lc","cd x && pnpm af-linear update-issue BIL-88"]}""", "issue_updated")]
    [InlineData("Bash", """{"cmd":"pnpm -s af-linear create-issue"}""", "sub_issues_created")]
    [InlineData("mcp__linear__create_comment", """{}""", "comment_posted")]
    [InlineData("Linear_Update_Issue", """{}""", "issue_updated")]
    [InlineData("Bash", """{"command":"gh pr merge 9 --squash"}""", "pr_merged")]
    [InlineData("Bash", """{"command":"gh pr merge --auto 9"}""", "pr_merged_or_enqueued")]
    public void What_the_agent_does_to_the_issue_is_recognised(string tool, string input, string field)
    {
        Deeds(new ToolUseEvent { ToolName = tool, ToolUseId = "t", Input = new JsonText(input) }).Has(field).ShouldBeTrue();
        Deeds(new ToolUseEvent { ToolName = tool, ToolUseId = "t", Input = new JsonText(input), ParentToolUseId = "sub" }).Has(field).ShouldBeFalse();
        Deeds(new ToolUseEvent { ToolName = tool, ToolUseId = "t", Input = new JsonText(input) }, new ToolResultEvent { ToolUseId = "t", Content = "no", IsError = true })
            .Has(field).ShouldBeFalse();
    }

    [Theory]
    [InlineData("Bash", """{"command":"echo create-comment"}""")]
    [InlineData("Read", """{"command":"pnpm af-linear create-comment"}""")]
    [InlineData("Bash", """{"command":7}""")]
    [InlineData("Bash", """[1]""")]
    [InlineData("Bash", """{"command":"\ud800"}""")]
    public void Other_tools_and_odd_inputs_do_nothing_to_it(string tool, string input) =>
        Deeds(new ToolUseEvent { ToolName = tool, Input = new JsonText(input) }).Has("comment_posted").ShouldBeFalse();

    private static CompletionContract Of(SessionDetail detail, params (string Name, string Value)[] variables)
    {
        var worker = new WorkerVariables(variables.ToDictionary(static pair => pair.Name, static pair => pair.Value, StringComparer.Ordinal));
        return CompletionContract.Of(WorkOrder.From(detail, worker), worker);
    }

    private static AgentDeeds Deeds(params AgentEvent[] events)
    {
        var deeds = new AgentDeeds("pnpm af-linear");
        foreach (var happening in events)
            deeds.Take(happening);
        return deeds;
    }
}
