using Donmai.Core.Platform;
using Donmai.Sessions;
using Donmai.Worker.Platform;

namespace Donmai.Worker.Tests.Platform;

public sealed class Posting_results : IDisposable
{
    private readonly FakePlatform _platform = new();
    private readonly HastyClock _clock = new();

    public void Dispose() => _platform.Dispose();

    [Fact]
    public void Without_a_platform_there_is_no_poster()
    {
        Should.Throw<ArgumentException>(() => new ResultPoster(new ResultPosterOptions { PlatformUrl = "" }));
        Should.Throw<ArgumentException>(() => new ResultPoster(new ResultPosterOptions { PlatformUrl = "not a url" }));
        (ResultPosterOptions.DefaultMaxAttempts, ResultPosterOptions.DefaultBaseDelay).ShouldBe((3, TimeSpan.FromSeconds(1)));
        new ResultPosterOptions { PlatformUrl = "u", AuthToken = "rt-secret" }.ToString().ShouldNotContain("secret");
    }

    [Fact, Trait("spec", "PA-32")]
    public async Task The_completion_comes_before_the_status()
    {
        using var poster = Poster();
        await poster.Post("s/1", Result());
        _platform.Requests.Select(static asked => asked.Path).ShouldBe(["/base/api/sessions/s%2F1/completion", "/base/api/sessions/s%2F1/status"]);
        _platform.Requests.ShouldAllBe(static asked => asked.Token == "rt-1" && asked.Key.Length > 0);
        _platform.Requests[0].Key.ShouldNotBe(_platform.Requests[1].Key);
    }

    [Fact, Trait("spec", "PA-35")]
    public async Task The_status_has_what_is_known_and_nothing_that_is_empty()
    {
        using var poster = Poster();
        await poster.Post("s-1", Result());
        _platform.Of("status")[0].Body.ShouldBe("""{"workerId":"wkr_1","status":"completed"}""");
        await poster.Post("s-1", new SessionResult
        {
            Status = "failed",
            Error = "broke",
            ProviderSessionId = "p",
            WorktreePath = "/w",
            FailureMode = "provider-error",
            CommitSha = "9b",
            WorkResult = "failed",
            PullRequestUrl = "https://x/1",
            Cost = new AgentCost { InputTokens = 18211, OutputTokens = 2950, CachedInputTokens = 5, TotalCostUsd = 0.4127, NumTurns = 6 },
        });
        var failed = _platform.Of("status")[1].Json;
        failed.EnumerateObject().Select(static member => member.Name).Order(StringComparer.Ordinal).ShouldBe(
        [
            "cachedInputTokens", "commitSha", "error", "failureMode", "inputTokens", "numTurns", "outputTokens", "providerSessionId", "pullRequestUrl", "status",
            "totalCostUsd", "workResult", "workerId", "worktreePath",
        ]);
        failed.GetProperty("error").GetProperty("message").GetString().ShouldBe("broke");
        failed.GetProperty("totalCostUsd").GetDouble().ShouldBe(0.4127);
    }

    [Theory, Trait("spec", "PA-34")]
    [InlineData("completed", "https://x/1", null, "Session completed. PR: https://x/1")]
    [InlineData("completed", null, null, "Session completed.")]
    [InlineData("failed", null, "it broke", "Session failed: it broke")]
    [InlineData("failed", null, null, "Session failed.")]
    [InlineData("stopped", null, null, "Session stopped.")]
    [InlineData("paused", null, null, "Session ended with status \"paused\".")]
    public async Task A_blank_summary_is_made_up(string status, string? pullRequest, string? error, string expected)
    {
        using var poster = Poster();
        await poster.Post("s-1", new SessionResult { Status = status, Summary = "  ", PullRequestUrl = pullRequest, Error = error });
        _platform.Of("completion").ShouldHaveSingleItem().Text("summary").ShouldBe(expected);
    }

    [Fact]
    public async Task The_pull_request_is_in_the_summary_also_when_there_is_one()
    {
        using var poster = Poster();
        await poster.Post("s-1", Result() with { Summary = " Fixed. ", PullRequestUrl = "https://x/1" });
        await poster.Post("s-1", Result() with { Summary = "See https://x/1.", PullRequestUrl = "https://x/1" });
        _platform.Of("completion").Select(static asked => asked.Text("summary")).ShouldBe(["Fixed.\n\nhttps://x/1", "See https://x/1."]);
    }

    [Fact, Trait("spec", "PA-32"), Trait("spec", "PA-33")]
    public async Task S22_a_refused_completion_does_not_keep_the_status_back()
    {
        _platform.Answers("completion", 1, 422, "no summary wanted");
        using var poster = Poster();
        var refused = await Should.ThrowAsync<PermanentPlatformException>(() => poster.Post("s-1", Result()));
        (refused.StatusCode, refused.Body).ShouldBe((422, "no summary wanted"));
        _platform.Requests.Select(static asked => asked.Call).ShouldBe(["completion", "status"]);
    }

    [Fact, Trait("spec", "PA-33")]
    public async Task S23_a_server_error_has_three_attempts_after_one_and_two_seconds()
    {
        _platform.Always("completion", 503);
        using var poster = Poster();
        var failed = await Should.ThrowAsync<TransientPlatformException>(() => poster.Post("s-1", Result()));
        failed.Attempts.ShouldBe(3);
        _platform.Requests.Select(static asked => asked.Call).ShouldBe(["completion", "completion", "completion", "status"]);
        _clock.Waits.ShouldBe([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)]);
    }

    [Theory, Trait("spec", "PA-33")]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(422)]
    public async Task A_refusal_has_one_attempt(int status)
    {
        _platform.Always("status", status);
        using var poster = Poster();
        (await Should.ThrowAsync<PermanentPlatformException>(() => poster.Post("s-1", Result()))).StatusCode.ShouldBe(status);
        _platform.Of("status").Count.ShouldBe(1);
    }

    [Fact, Trait("spec", "PA-33")]
    public async Task S24_a_401_is_tried_again_with_what_is_fresh_in_header_and_body()
    {
        _platform.Answers("status", 1, 401);
        var credentials = new Fresh();
        using var poster = new ResultPoster(Options() with { Credentials = credentials });
        await poster.Post("s-1", Result());
        _platform.Of("status").Select(static asked => (asked.Token, asked.Text("workerId"))).ShouldBe([("rt-1", "wkr_1"), ("rt-2", "wkr_2")]);
    }

    [Theory]
    [InlineData(409)]
    [InlineData(410)]
    public async Task A_status_that_is_known_already_is_a_success(int status)
    {
        _platform.Always("status", status);
        using var poster = Poster();
        await poster.Post("s-1", Result());
        _platform.Of("status").Count.ShouldBe(1);
    }

    [Fact]
    public async Task Two_failures_are_told_together()
    {
        _platform.Always("completion", 422).Always("status", 500);
        using var poster = Poster();
        var both = await Should.ThrowAsync<AggregateException>(() => poster.Post("s-1", Result()));
        both.InnerExceptions.Select(static failure => failure.GetType()).ShouldBe([typeof(PermanentPlatformException), typeof(TransientPlatformException)]);
    }

    [Fact, Trait("spec", "PA-36")]
    public async Task Who_gives_up_ends_it_at_once()
    {
        using var given = new CancellationTokenSource();
        _platform.Hangs("completion", new TaskCompletionSource().Task);
        using var poster = Poster();
        var posting = poster.Post("s-1", Result(), given.Token);
        await Deadline.Until(() => _platform.Requests.Count == 1, "the request");
        await given.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => posting);
        _platform.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_missing_sends_nothing()
    {
        using var poster = Poster();
        await Should.ThrowAsync<ArgumentException>(() => poster.Post(" ", Result()));
        await Should.ThrowAsync<ArgumentException>(() => poster.Post("s-1", new SessionResult()));
        _platform.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_delay_of_zero_does_not_wait_and_a_negative_one_is_the_default()
    {
        _platform.Answers("completion", 2, 500);
        using (var hasty = new ResultPoster(Options() with { BaseDelay = TimeSpan.Zero }))
            await hasty.Post("s-1", Result());
        _clock.Waits.ShouldBeEmpty();
        _platform.Answers("completion", 2, 500);
        using (var usual = new ResultPoster(Options() with { BaseDelay = TimeSpan.FromSeconds(-1), MaxAttempts = 0 }))
            await usual.Post("s-1", Result());
        _clock.Waits.ShouldBe([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)]);
    }

    [Fact, Trait("spec", "PA-37")]
    public async Task The_issue_tracker_is_asked_as_it_understands_it()
    {
        using var poster = Poster();
        await poster.UpdateIssueStatus("3b9e", "Finished");
        await poster.CreateIssueComment("3b9e", "Look \"here\".");
        _platform.Requests.Select(static asked => asked.Path).Distinct().ShouldBe(["/base/api/issue-tracker-proxy"]);
        _platform.Requests.Select(static asked => asked.Body).ShouldBe(
            ["""{"method":"updateIssueStatus","args":["3b9e","Finished"]}""", """{"method":"createComment","args":["3b9e","Look \u0022here\u0022."]}"""]);
    }

    [Fact, Trait("spec", "PA-37")]
    public async Task S25_what_the_tracker_can_do_later_is_asked_three_times()
    {
        _platform.Answers("issue-tracker-proxy", 2, 200, """{"success":false,"error":{"code":"BUSY","message":"later","retryable":true}}""");
        using var poster = Poster();
        await poster.UpdateIssueStatus("i", "Finished");
        _platform.Requests.Count.ShouldBe(3);
    }

    [Theory, Trait("spec", "PA-37")]
    [InlineData(200, """{"success":false,"error":{"code":"NOT_FOUND","message":"no such issue","retryable":false}}""", true)]
    [InlineData(200, """{"success":false}""", true)]
    [InlineData(404, """{"success":false,"error":{"retryable":true}}""", true)]
    [InlineData(422, "", true)]
    [InlineData(200, "<html>", false)]
    [InlineData(401, "", false)]
    [InlineData(500, "", false)]
    public async Task What_the_tracker_answers_is_final_or_not(int status, string body, bool isFinal)
    {
        _platform.Answers("issue-tracker-proxy", int.MaxValue, status, body);
        using var poster = Poster();
        if (isFinal)
            await Should.ThrowAsync<PermanentPlatformException>(() => poster.CreateIssueComment("i", "c"));
        else
            (await Should.ThrowAsync<TransientPlatformException>(() => poster.CreateIssueComment("i", "c"))).Attempts.ShouldBe(3);
        _platform.Requests.Count.ShouldBe(isFinal ? 1 : 3);
    }

    [Fact, Trait("spec", "PA-37")]
    public async Task Blank_questions_to_the_tracker_are_not_asked()
    {
        using var poster = Poster();
        await Should.ThrowAsync<ArgumentException>(() => poster.UpdateIssueStatus("", "Finished"));
        await Should.ThrowAsync<ArgumentException>(() => poster.UpdateIssueStatus("i", " "));
        await Should.ThrowAsync<ArgumentException>(() => poster.CreateIssueComment("i", ""));
        _platform.Requests.ShouldBeEmpty();
    }

    private static SessionResult Result() => new() { Status = "completed", Summary = "Done." };

    private ResultPoster Poster() => new(Options());

    private ResultPosterOptions Options() => new() { PlatformUrl = FakePlatform.Url, WorkerId = "wkr_1", AuthToken = "rt-1", Transport = _platform, Clock = _clock };

    private sealed class Fresh : ICredentialSource
    {
        private int _turn = 1;

        public ValueTask<RuntimeCredentials> Read(CancellationToken cancellationToken) => ValueTask.FromResult(new RuntimeCredentials($"wkr_{_turn}", $"rt-{_turn}"));

        public void Rejected() => _turn++;
    }
}
