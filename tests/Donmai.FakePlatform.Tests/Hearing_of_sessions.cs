using System.Net;
using System.Text.Json.Nodes;
using Donmai.FakePlatform.Sessions;

namespace Donmai.FakePlatform.Tests;

public sealed class Hearing_of_sessions : PlatformTest
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Daemon.Claim("s1");
    }

    [Fact]
    public async Task A_session_goes_from_claimed_over_running_to_its_end()
    {
        (await Daemon.Status("s1", "running")).Status.ShouldBe(HttpStatusCode.OK);
        Platform.Sessions.Find("s1")!.State.ShouldBe(SessionState.Running);

        (await Daemon.Status("s1", "failed")).Status.ShouldBe(HttpStatusCode.OK);

        Platform.Sessions.Find("s1")!.State.ShouldBe(SessionState.Failed);
        (await Daemon.Status("s1", "completed")).Status.ShouldBe(HttpStatusCode.Conflict, "it has ended");
        (await Daemon.Status("s1", "running")).Status.ShouldBe(HttpStatusCode.Conflict);
        Platform.Sessions.Find("s1")!.Statuses.Select(static post => post.Status).ShouldBe(["running", "failed"]);
    }

    [Fact]
    public async Task A_status_of_another_worker_an_unknown_one_and_one_of_an_unknown_session_are_refused()
    {
        (await Daemon.Status("s1", "running", workerId: "wkr_9")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await Daemon.Status("s1", "claimed")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await Daemon.Status("nobody", "running")).Status.ShouldBe(HttpStatusCode.NotFound);
        Platform.Workers.ExpireTokens();
        (await Daemon.Status("s1", "running")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        Platform.Sessions.Find("s1")!.Statuses.ShouldBeEmpty();
    }

    [Fact]
    public async Task Activities_are_kept_in_order_and_wrong_ones_refused()
    {
        foreach (var type in new[] { "thought", "action", "response", "error", "context" })
            (await Daemon.Act("s1", type, "words")).Status.ShouldBe(HttpStatusCode.OK);

        (await Daemon.Act("s1", "poem", "words")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await Daemon.Act("s1", "thought", 3)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await Daemon.Post("/api/sessions/s1/activity", [])).Status.ShouldBe(HttpStatusCode.BadRequest);

        Platform.Sessions.Find("s1")!.Activities.Select(static activity => activity.Type).ShouldBe(["thought", "action", "response", "error", "context"]);
    }

    [Fact]
    public async Task A_completion_needs_a_summary()
    {
        (await Daemon.Post("/api/sessions/s1/completion", new JsonObject { ["workerId"] = "wkr_1", ["summary"] = "  " })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await Daemon.Post("/api/sessions/s1/completion", new JsonObject { ["workerId"] = "wkr_1", ["summary"] = "Done." })).Status.ShouldBe(HttpStatusCode.OK);

        Platform.Sessions.Find("s1")!.Completions.ShouldHaveSingleItem().Summary.ShouldBe("Done.");
    }

    [Fact]
    public async Task What_comes_twice_with_the_same_key_counts_once()
    {
        foreach (var _ in Enumerable.Range(0, 2))
        {
            (await Daemon.Act("s1", "thought", "words", key: "s1-7")).Status.ShouldBe(HttpStatusCode.OK);
            (await Daemon.Status("s1", "completed", key: "s1-end")).Status.ShouldBe(HttpStatusCode.OK);
            (await Proxy("createComment", ["i-1", "words"], key: "s1-comment")).Status.ShouldBe(HttpStatusCode.OK);
        }

        Platform.Issues.Calls.Count.ShouldBe(1);

        var session = Platform.Sessions.Find("s1")!;
        (session.Activities.Count, session.Statuses.Count).ShouldBe((1, 1));
    }

    [Fact]
    public async Task The_lock_is_refreshed_for_who_holds_it_until_it_is_taken_away_or_to_be_stopped()
    {
        (await Lock([])).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await Lock(new JsonObject { ["issueId"] = "i-1", ["workerId"] = "wkr_9" })).Answer!.ToJsonString().ShouldBe("""{"refreshed":false}""");
        (await Lock(new JsonObject { ["issueId"] = "i-1", ["workerId"] = "wkr_1" })).Answer!.ToJsonString().ShouldBe("""{"refreshed":true}""");

        Platform.Sessions.AskToStop("s1");
        (await Lock(new JsonObject { ["issueId"] = "i-1" })).Answer!.ToJsonString().ShouldBe("""{"refreshed":true,"stop":true}""");
        Platform.Sessions.TakeAway("s1");
        ((bool)(await Lock(new JsonObject { ["issueId"] = "i-1" })).Answer!["refreshed"]!).ShouldBeFalse();
        Platform.Sessions.Find("s1")!.LockRefreshes.ShouldBe(4);
    }

    [Fact]
    public async Task The_issue_tracker_knows_two_methods_with_two_arguments()
    {
        var (status, answer) = await Proxy("updateIssueStatus", ["i-1", "Finished"]);
        (status, (bool)answer!["success"]!, (string)answer["data"]!["id"]!).ShouldBe((HttpStatusCode.OK, true, "i-1"));
        (await Proxy("createComment", ["i-1", "words"])).Status.ShouldBe(HttpStatusCode.OK);

        foreach (var wrong in new[] { await Proxy("deleteIssue", ["i-1", "x"]), await Proxy("createComment", ["i-1"]), await Proxy("createComment", ["i-1", " "]) })
        {
            wrong.Status.ShouldBe(HttpStatusCode.BadRequest);
            wrong.Answer!["error"]!["retryable"]!.GetValue<bool>().ShouldBeFalse();
        }

        Platform.Issues.Calls.Select(static call => call.Method).ShouldBe(["updateIssueStatus", "createComment"]);
    }

    private Task<(HttpStatusCode Status, JsonNode? Answer)> Lock(JsonObject body) => Daemon.Post("/api/sessions/s1/lock-refresh", body);

    private Task<(HttpStatusCode Status, JsonNode? Answer)> Proxy(string method, string[] args, string? key = null) =>
        Daemon.Post("/api/issue-tracker-proxy", new JsonObject { ["method"] = method, ["args"] = new JsonArray([.. args.Select(static arg => (JsonNode?)arg)]) }, key: key);
}
