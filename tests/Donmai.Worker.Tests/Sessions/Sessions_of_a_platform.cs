using Donmai.Sessions;
using Donmai.Worker.Tests.Providers;

namespace Donmai.Worker.Tests.Sessions;

public sealed class Sessions_of_a_platform : IDisposable
{
    private const string Completion = "/api/sessions/s-1/completion";
    private const string Status = "/api/sessions/s-1/status";
    private const string Lease = "/api/sessions/s-1/lock-refresh";
    private const string Activity = "/api/sessions/s-1/activity";

    private readonly WorkerBench _bench = new();

    public Sessions_of_a_platform() => _bench.Agent.Play(Claude_fixture.Init, Claude_fixture.Success);

    public void Dispose() => _bench.Dispose();

    [Fact, Trait("spec", "WK-15"), Trait("spec", "WK-16"), Trait("spec", "WK-33")]
    public async Task T1_the_platform_hears_of_a_session_in_its_order()
    {
        _bench.Agent.Play([.. Claude_fixture.Lines[..10], "#commit Fix rounding", .. Claude_fixture.Lines[10..]]);
        _bench.Detail = _bench.Detail with { IssueId = "i-1", WorkType = "documentation" };
        _bench.Keep = WorktreeRetention.OnFailure;
        await using var neighbours = new Neighbours(_bench.Detail);
        bool? wasTree = null;
        neighbours.Hears = path => wasTree ??= path == Lease ? Directory.Exists(_bench.Tree) : null;
        (await _bench.Run(_bench.OptionsWith(neighbours))).ShouldBe(0);

        wasTree.ShouldBe(false);
        neighbours.Paths[0].ShouldBe(Lease);
        neighbours.Paths.TakeLast(2).ShouldBe([Completion, Status]);
        neighbours.Requests[^1].ShouldContain("\"status\":\"completed\"");
        neighbours.Paths.ShouldContain(Activity);
        neighbours.Requests.ShouldContain(static request => request.Contains(Status, StringComparison.Ordinal) && request.Contains("\"running\"", StringComparison.Ordinal));
        Directory.Exists(_bench.Tree).ShouldBeFalse();
        (_bench.Exit.TerminalPosted, _bench.Exit.OutboxPending, _bench.Exit.WorktreeKept).ShouldBe((new TerminalPosted { Completion = true, Status = true }, 0, false));
        Phases().ShouldBe(["accepted", "leasing", "preparing", "worktree", "prompting", "spawning", "running", "evaluating", "backstop", "publishing", "closing", "reporting", "cleaning", "done"]);
    }

    [Fact, Trait("spec", "WK-17")]
    public async Task Without_an_issue_there_is_no_lease_and_nothing_is_told_to_the_tracker()
    {
        await using var neighbours = new Neighbours(_bench.Detail);
        (await _bench.Run(_bench.OptionsWith(neighbours))).ShouldBe(0);
        neighbours.Paths.ShouldAllBe(static path => path == Activity || path == Status || path == Completion);
        Phases().ShouldNotContain("leasing");
    }

    [Theory, Trait("spec", "WK-25"), Trait("spec", "WK-18")]
    [InlineData("signal", 5, "stopped", "terminated")]
    [InlineData("limit", 1, "failed", "timeout")]
    [InlineData("budget", 1, "failed", "budget-exceeded")]
    [InlineData("unforeseen", 1, "failed", "worker-crashed")]
    [InlineData("preflight", 2, "failed", "preflight")]
    [InlineData("order", 1, "failed", "prompt-render")]
    public async Task The_platform_hears_of_every_end(string what, int code, string status, string mode)
    {
        using var signal = new CancellationTokenSource();
        await using var neighbours = new Neighbours(Ending(what));
        var options = _bench.OptionsWith(neighbours);
        if (what == "preflight")
            options = options with { WorktreeDirectory = _bench.Place.Write("a-file", ""), RecordDirectory = _bench.Place.At("trees", ".records") };
        var running = _bench.Run(options, signal.Token);
        if (what == "signal")
        {
            await Deadline.Until(() => _bench.Agent.Has("hanging.0"), "the agent to hang");
            await signal.CancelAsync();
        }

        (await running).ShouldBe(code);
        neighbours.Paths.Count(static path => path == Completion).ShouldBe(1);
        neighbours.Requests[^1].ShouldStartWith($"POST {Status}");
        neighbours.Requests[^1].ShouldContain($"\"status\":\"{status}\"");
        _bench.Exit.FailureMode.ShouldBe(mode);
    }

    [Fact, Trait("spec", "WK-25"), Trait("spec", "WK-18"), Trait("spec", "WK-16")]
    public async Task A_session_that_is_another_worker_s_now_is_not_begun_and_only_its_status_is_told()
    {
        _bench.Detail = _bench.Detail with { IssueId = "i-1" };
        await using var neighbours = new Neighbours(_bench.Detail) { LeaseIsLost = true };
        (await _bench.Run(_bench.OptionsWith(neighbours))).ShouldBe(1);
        (_bench.Exit.FailureMode, _bench.Exit.ExitReason, _bench.Agent.Runs, Directory.Exists(_bench.Tree)).ShouldBe(("lost-ownership", "lost-ownership", 0, false));
        neighbours.Paths.ShouldNotContain(Completion);
        neighbours.Paths[^1].ShouldBe(Status);
    }

    [Fact, Trait("spec", "WK-14"), Trait("spec", "WK-3")]
    public async Task T9_a_daemon_that_forgets_the_session_in_the_middle_changes_nothing()
    {
        _bench.Agent.Play(Claude_fixture.Init, Claude_fixture.Says("hm"), "#sleep 6", Claude_fixture.Success);
        await using var neighbours = new Neighbours(_bench.Detail);
        neighbours.Hears = path => neighbours.DaemonForgot |= path == Activity;
        (await _bench.Run(_bench.OptionsWith(neighbours))).ShouldBe(0);
        (_bench.Exit.Status, _bench.Exit.OutboxPending, neighbours.DaemonForgot).ShouldBe(("completed", 0, true));
    }

    [Fact, Trait("spec", "WK-27"), Trait("spec", "WK-106")]
    public async Task T10_a_platform_that_is_away_for_the_whole_session_costs_it_nothing_but_the_posts()
    {
        _bench.Settings = _bench.Settings with { ReportingLimit = TimeSpan.FromSeconds(1) };
        await using var neighbours = new Neighbours(_bench.Detail) { PlatformFails = true };
        (await _bench.Run(_bench.OptionsWith(neighbours))).ShouldBe(0);
        (_bench.Exit.Status, _bench.Exit.OutboxPending).ShouldBe(("completed", 2));
        _bench.Exit.TerminalPosted.ShouldBe(new TerminalPosted());
        _bench.Result.Error.ShouldBeNull();
        File.ReadAllLines(Path.Combine(_bench.Record, "outbox.jsonl")).Length.ShouldBe(2);
    }

    private SessionDetail Ending(string what)
    {
        if (what is "signal" or "limit" or "budget")
            _bench.Agent.Play(Claude_fixture.Init, Claude_fixture.Uses("a").Replace("Bash", "Task", StringComparison.Ordinal), "#hang");
        if (what == "unforeseen")
            _bench.Variables["DONMAI_AGENT_WORKSPACE_DIR"] = "readme.md";
        return what switch
        {
            "limit" => _bench.Detail with { MaxDurationSeconds = 2 },
            "budget" => _bench.Detail with { StageBudget = new StageBudget { MaxDurationSeconds = 2 } },
            "order" => _bench.Detail with { PromptContext = " " },
            _ => _bench.Detail,
        };
    }

    private List<string> Phases() =>
    [
        .. File.ReadAllLines(Path.Combine(_bench.Record, "worker.log"))
            .Where(static line => line.Contains(" Phase ", StringComparison.Ordinal)).Select(static line => line.Split(' ')[^1]),
    ];
}
