using Donmai.Core.Platform;
using Donmai.Sessions;
using Donmai.Worker.Sessions;
using Donmai.Worker.Tests.Providers;

namespace Donmai.Worker.Tests.Platform;

/// <summary>Whole sessions in this process, ordered by a platform.</summary>
public sealed class Sessions_of_a_platform : IDisposable
{
    private readonly WorkerBench _bench = new();
    private readonly FakePlatform _platform = new();

    public Sessions_of_a_platform()
    {
        _bench.Stub("succeed-with-pr");
        _bench.Detail = _bench.Detail with { IssueId = "issue-1", WorkType = "research", WorkerId = "wkr_1", AuthToken = "rt-secret-token", PlatformUrl = FakePlatform.Url };
    }

    private List<string> Calls => _platform.Requests.ConvertAll(static asked => asked.Call == "status" ? $"status {asked.Text("status")}" : asked.Call);

    private string Outbox => Path.Combine(_bench.Record, "outbox.jsonl");

    public void Dispose()
    {
        _platform.Dispose();
        _bench.Dispose();
    }

    [Fact, Trait("spec", "WK-16"), Trait("spec", "PA-32")]
    public async Task S17_the_platform_hears_everything_in_order()
    {
        (await Run()).ShouldBe(WorkerExitCode.Completed);

        Calls[0].ShouldBe("lock-refresh", "before the clone");
        Calls[^2..].ShouldBe(["completion", "status completed"]);
        Calls.Count(static call => call == "status running").ShouldBe(1);
        Calls.Count(static call => call == "activity").ShouldBeGreaterThan(0);
        Calls.LastIndexOf("activity").ShouldBeLessThan(Calls.IndexOf("completion"));
        _platform.Requests.ShouldAllBe(static asked => asked.Token == "rt-secret-token");
        (_bench.Exit.TerminalPosted, _bench.Exit.OutboxPending).ShouldBe((new TerminalPosted { Completion = true, Status = true }, 0));
        _bench.Result.Warnings.ShouldBeNull();
        Waiting().ShouldBeEmpty();
    }

    [Fact, Trait("spec", "WK-16")]
    public async Task The_lease_is_kept_until_the_end_was_told()
    {
        var refreshed = new TaskCompletionSource();
        _platform.Hangs("completion", refreshed.Task);
        _bench.Settings = _bench.Settings with { ReportingLimit = TimeSpan.FromMinutes(10) };
        var clock = new StandingClock();
        var running = new SessionWorker(_bench.Host() with { Platform = _platform, Clock = clock }).Run(_bench.Options(), default);
        await Deadline.Until(() => Calls.Contains("completion"), "the end to be told");
        var before = Calls.Count(static call => call == "lock-refresh");
        clock.Advance(TimeSpan.FromSeconds(30));
        await Deadline.Until(() => Calls.Count(static call => call == "lock-refresh") > before, "the lease to be refreshed while the end is told");
        refreshed.SetResult();
        await Deadline.Until(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(1)); // the attempt that hung for so long has ended, and is made again after a while
            return running.IsCompleted;
        }, "the session to end");
        (await running).ShouldBe(WorkerExitCode.Completed);
        Calls.ShouldContain("status completed");
    }

    [Fact, Trait("spec", "WK-28")]
    public async Task Whoever_waits_for_the_end_does_not_wait_long_although_a_limit_came_first()
    {
        _bench.Stub("hang-then-timeout");
        _platform.Hangs("completion", new TaskCompletionSource().Task);
        _bench.Settings = _bench.Settings with
        {
            SessionLimit = TimeSpan.FromSeconds(2),
            ReportingLimit = TimeSpan.FromMinutes(2),
            HurriedReportingLimit = TimeSpan.FromSeconds(1),
        };
        using var signal = new CancellationTokenSource();
        var running = Run(signal.Token);
        await Deadline.Until(() => Calls.Contains("completion"), "the end to be told");
        await signal.CancelAsync();
        (await running.WaitAsync(TimeSpan.FromSeconds(15))).ShouldBe(WorkerExitCode.Failed);
        (_bench.Exit.FailureMode, _bench.Exit.OutboxPending).ShouldBe(("timeout", 2));
    }

    [Fact, Trait("spec", "WK-12")]
    public async Task What_fails_after_the_end_was_told_does_not_change_how_it_is_recorded()
    {
        _bench.Detail = _bench.Detail with { ResolvedProfile = null };
        _bench.Agent.Play(Claude_fixture.Init, "#sh rm -f \"$DONMAI_TOKEN_FILE\"; mkdir -p \"$DONMAI_TOKEN_FILE\"", Claude_fixture.Success);
        (await Run()).ShouldBe(WorkerExitCode.Completed);
        (_bench.Exit.Status, _bench.Exit.TerminalPosted).ShouldBe(("completed", new TerminalPosted { Completion = true, Status = true }));
        _bench.Error.ToString().ShouldContain("platform", Case.Insensitive, "it is told all the same");
    }

    [Fact, Trait("spec", "WK-17")]
    public async Task A_session_without_an_issue_holds_no_lock_and_is_reported_all_the_same()
    {
        _bench.Detail = _bench.Detail with { IssueId = null };
        (await Run()).ShouldBe(WorkerExitCode.Completed);
        Calls.ShouldNotContain("lock-refresh");
        Calls.ShouldNotContain("issue-tracker-proxy");
        Calls[^1].ShouldBe("status completed");
    }

    [Fact, Trait("spec", "WK-106"), Trait("spec", "WK-27")]
    public async Task T10_a_platform_that_is_away_changes_nothing_and_gets_it_later_once()
    {
        _platform.IsAway("*");
        _bench.Detail = _bench.Detail with { IssueId = null };
        _bench.Settings = _bench.Settings with { ReportingLimit = TimeSpan.FromSeconds(1.5) };
        (await Run()).ShouldBe(WorkerExitCode.Completed);

        (_bench.Exit.Status, _bench.Exit.TerminalPosted, _bench.Exit.OutboxPending).ShouldBe(("completed", new TerminalPosted(), 2));
        _bench.Result.Error.ShouldBeNull();
        _bench.Result.Warnings.ShouldNotBeNull().ShouldContain(static warning => warning.StartsWith("status: ", StringComparison.Ordinal));
        Waiting().Select(static entry => entry.Kind).ShouldBe(["completion", "status"]);

        _platform.IsBack();
        var before = _platform.Requests.Count;
        var carrier = new OutboxCarrier(new OutboxDelivery(new PlatformClient(_platform, "test", TimeProvider.System)), TimeProvider.System);
        for (var time = 0; time < 2; time++)
            (await carrier.Deliver(_bench.Record, FakePlatform.Url, static _ => ValueTask.FromResult(new PlatformAccess { Url = FakePlatform.Url, WorkerId = "wkr_2" }), default))
                .Left.ShouldBe(0);
        var replayed = _platform.Requests[before..];
        replayed.Count(static asked => asked.Call == "completion").ShouldBe(1);
        replayed.Count(static asked => asked.Call == "status").ShouldBe(1);
        replayed.Count(static asked => asked.Call == "activity").ShouldBeGreaterThan(0, "what the agent did is not lost either");
        replayed.ShouldAllBe(static asked => asked.Text("workerId") == "wkr_2");
    }

    [Fact, Trait("spec", "WK-106")]
    public async Task A_result_that_is_refused_is_a_warning()
    {
        _platform.Answers("completion", 1, 422, "no");
        (await Run()).ShouldBe(WorkerExitCode.Completed);
        _bench.Exit.TerminalPosted.ShouldBe(new TerminalPosted { Completion = false, Status = true });
        _bench.Exit.OutboxPending.ShouldBe(0);
        _bench.Result.Warnings.ShouldHaveSingleItem().ShouldContain("422");
    }

    [Fact, Trait("spec", "WK-25")]
    public async Task S27_a_session_that_was_terminated_is_reported()
    {
        _bench.Stub("hang-then-timeout");
        using var signal = new CancellationTokenSource();
        var running = Run(signal.Token);
        await Deadline.Until(() => Calls.Contains("status running"), "the agent");
        await signal.CancelAsync();
        (await running).ShouldBe(WorkerExitCode.Stopped);
        Calls[^2..].ShouldBe(["completion", "status stopped"]);
        _platform.Of("status")[^1].Text("failureMode").ShouldBe("terminated");
    }

    [Fact, Trait("spec", "WK-25"), Trait("spec", "WK-26")]
    public async Task S27_a_session_that_was_out_of_time_is_reported()
    {
        _bench.Stub("hang-then-timeout");
        _bench.Settings = _bench.Settings with { SessionLimit = TimeSpan.FromSeconds(3) };
        (await Run()).ShouldBe(WorkerExitCode.Failed);
        Calls[^2..].ShouldBe(["completion", "status failed"]);
        _platform.Of("status")[^1].Text("failureMode").ShouldBe("timeout");
    }

    [Fact, Trait("spec", "WK-25"), Trait("spec", "PA-25")]
    public async Task S26_a_session_that_is_lost_ends_and_only_its_status_is_told()
    {
        _platform.Always("lock-refresh", 200, """{"refreshed":false}""").Always("status", 403, "not yours");
        (await Run()).ShouldBe(WorkerExitCode.Failed);
        _bench.Exit.FailureMode.ShouldBe("lost-ownership");
        Calls.ShouldNotContain("completion");
        Calls[^1].ShouldBe("status failed");
        Waiting().ShouldBeEmpty("a refusal is final");
    }

    [Fact, Trait("spec", "WK-25")]
    public async Task A_work_order_that_says_nothing_to_do_is_reported()
    {
        _bench.Detail = _bench.Detail with { PromptContext = null };
        (await Run()).ShouldBe(WorkerExitCode.Failed);
        Calls.ShouldBe(["completion", "status failed"]);
        _platform.Of("status")[0].Text("failureMode").ShouldBe("prompt-render");
    }

    [Fact, Trait("spec", "WK-26"), Trait("spec", "WK-27")]
    public async Task A_platform_that_hangs_does_not_keep_a_session_from_ending()
    {
        _platform.Hangs("*", new TaskCompletionSource().Task);
        _bench.Detail = _bench.Detail with { IssueId = null };
        _bench.Settings = _bench.Settings with { ReportingLimit = TimeSpan.FromSeconds(4) };
        (await Run().WaitAsync(TimeSpan.FromSeconds(60))).ShouldBe(WorkerExitCode.Completed);
        Calls.ShouldContain("status completed", "a completion that hangs leaves time for the status");
        Waiting().Select(static entry => entry.Kind).ShouldBe(["completion", "status"]);
    }

    [Fact]
    public async Task T9_a_daemon_that_forgot_the_session_and_nobody_who_listens_change_nothing()
    {
        using var daemon = new FakeDaemon();
        daemon.Answers(System.Net.HttpStatusCode.OK, File.ReadAllText(_bench.WriteDetail())).Answers(System.Net.HttpStatusCode.NotFound, "{}");
        using var closed = new BrokenPipe();
        var host = _bench.Host() with { Platform = _platform, Transport = () => daemon, Output = closed, Error = closed };
        var code = await new SessionWorker(host).Run(_bench.Options() with { DetailFile = null }, default);
        code.ShouldBe(WorkerExitCode.Completed);
        Calls[^2..].ShouldBe(["completion", "status completed"]);
        (_bench.Exit.Status, _bench.Exit.OutboxPending).ShouldBe(("completed", 0));
        Waiting().ShouldBeEmpty();
    }

    [Fact, Trait("spec", "WK-13")]
    public async Task A_second_worker_of_a_session_never_touches_the_platform()
    {
        Directory.CreateDirectory(_bench.Record);
        using var held = new FileStream(Path.Combine(_bench.Record, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        (await Run()).ShouldBe(WorkerExitCode.Preflight);
        _platform.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("stub.eyJ.eyJ.stub-signature", FakePlatform.Url)]
    [InlineData("rt-1", "file:///tmp/queue")]
    public async Task What_no_platform_ordered_is_told_to_none(string token, string url)
    {
        _bench.Detail = _bench.Detail with { AuthToken = token, PlatformUrl = url };
        (await Run()).ShouldBe(WorkerExitCode.Completed);
        _platform.Requests.ShouldBeEmpty();
        File.Exists(Outbox).ShouldBeFalse();
        _bench.Exit.TerminalPosted.ShouldBeNull();
    }

    [Fact]
    public async Task No_token_is_in_anything_that_a_session_writes()
    {
        _platform.Always("activity", 401, "the token rt-secret-token is not good").Answers("completion", 8, 500, "rt-secret-token");
        _bench.Settings = _bench.Settings with { ReportingLimit = TimeSpan.FromSeconds(1.5) };
        await Run();
        foreach (var file in Directory.EnumerateFiles(_bench.Record))
            File.ReadAllText(file).ShouldNotContain("rt-secret-token", Case.Sensitive, file);
        $"{_bench.Output}{_bench.Error}".ShouldNotContain("rt-secret-token");
    }

    private Task<int> Run(CancellationToken signal = default) => new SessionWorker(_bench.Host() with { Platform = _platform }).Run(_bench.Options(), signal);

    private sealed class BrokenPipe : StringWriter
    {
        public override void Write(string? value) => throw new IOException("Broken pipe");

        public override void Flush() => throw new IOException("Broken pipe");
    }

    private List<OutboxEntry> Waiting()
    {
        using var file = OutboxFile.ForResults(Outbox, TimeProvider.System);
        return file.Waiting();
    }
}
