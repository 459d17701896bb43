using System.Diagnostics;
using System.Text.Json;
using Donmai.Worker.Sessions;
using Donmai.Worker.Tests.Providers;
using Microsoft.AspNetCore.Http;

namespace Donmai.Worker.Tests.Sessions;

public sealed class Workers_as_processes : IDisposable
{
    private readonly WorkerBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory, Trait("spec", "WK-28"), Trait("spec", "WK-29"), Trait("spec", "WK-11"), Trait("spec", "WK-113")]
    [InlineData(true, "operator-cancelled", "stop-requested")]
    [InlineData(false, "terminated", "signal")]
    public async Task T7_a_deaf_agent_and_its_escaped_helper_are_gone_after_TERM_and_the_detail_says_why(bool asked, string mode, string reason)
    {
        using var worker = await Hanging();
        if (asked)
        {
            _bench.Detail = _bench.Detail with { Stop = true };
            _bench.WriteDetail();
        }

        var watch = Stopwatch.StartNew();
        worker.Signal(WorkerProcess.Terminate);
        (await worker.End()).Code.ShouldBe(5);
        watch.Elapsed.TotalSeconds.ShouldBeLessThan(20);
        (_bench.Exit.Status, _bench.Exit.FailureMode, _bench.Exit.ExitReason).ShouldBe(("stopped", mode, reason));
        foreach (var file in new[] { "pid.0", "child.0", "escaped.0" })
            Deadline.IsAlive(_bench.Agent.Number(file)).ShouldBeFalse(file);
    }

    [Fact, Trait("spec", "WK-28"), Trait("spec", "WK-26"), Trait("spec", "WK-25"), Trait("spec", "WK-27"), Trait("spec", "WK-29")]
    public async Task T7_T10_a_deaf_agent_and_a_platform_that_hangs_do_not_hold_up_the_end_for_twenty_seconds()
    {
        _bench.Detail = _bench.Detail with { IssueId = "i-1" };
        await using var neighbours = new Neighbours(_bench.Detail);
        using var worker = await Hanging("--daemon-url", neighbours.Url);
        await Deadline.Until(() => neighbours.Requests.Any(static request => request.Contains("running", StringComparison.Ordinal)), "the platform to hear of the start");
        neighbours.PlatformHangs = true;
        var watch = Stopwatch.StartNew();
        worker.Signal(WorkerProcess.Terminate);
        (await worker.End()).Code.ShouldBe(5);
        watch.Elapsed.TotalSeconds.ShouldBeLessThan(20);
        (_bench.Exit.Status, _bench.Exit.FailureMode, _bench.Exit.OutboxPending).ShouldBe(("stopped", "terminated", 2));
        neighbours.Paths.Count(static path => path.EndsWith("/completion", StringComparison.Ordinal)).ShouldBeGreaterThan(0);
        foreach (var file in new[] { "pid.0", "child.0", "escaped.0" })
            Deadline.IsAlive(_bench.Agent.Number(file)).ShouldBeFalse(file);
    }

    [Fact, Trait("spec", "WK-11"), Trait("spec", "WK-12")]
    public async Task A_second_TERM_ends_it_at_once_with_an_exit_record()
    {
        using var worker = await Hanging();
        worker.Signal(WorkerProcess.Terminate);
        await Deadline.Until(() => Record().Contains("exitReason", StringComparison.Ordinal), "the cause to be stored");
        var watch = Stopwatch.StartNew();
        worker.Signal(WorkerProcess.Terminate);
        (await worker.End()).Code.ShouldBe(5);
        watch.Elapsed.TotalSeconds.ShouldBeLessThan(5);
        _bench.Exit.ExitCode.ShouldBe(5);
        Deadline.IsAlive(_bench.Agent.Number("pid.0")).ShouldBeFalse();
    }

    [Fact, Trait("spec", "WK-12")]
    public async Task T8_a_killed_worker_leaves_the_agent_s_group_on_record_and_no_exit_record()
    {
        using var worker = await Hanging();
        worker.Signal(WorkerProcess.KillNow);
        await worker.Code();
        File.Exists(Path.Combine(_bench.Record, "exit.json")).ShouldBeFalse();
        var record = JsonSerializer.Deserialize(Record(), WorkerFilesJson.Default.WorkerProcessRecord)!;
        var agent = record.Agents.ShouldHaveSingleItem();
        agent.Group.ShouldBe(_bench.Agent.Number("pid.0"));
        record.Phase.ShouldBe("running");
        foreach (var file in new[] { "pid.0", "child.0", "escaped.0" })
            Shell.Run("/", _bench.Variables, "/bin/kill", "-9", $"{_bench.Agent.Number(file)}");
    }

    [Fact, Trait("spec", "WK-36"), Trait("spec", "WK-35"), Trait("spec", "WK-105"), Trait("spec", "WK-29")]
    public async Task A_new_worker_on_the_tree_of_a_killed_one_ends_its_agent_and_continues_the_provider_s_session()
    {
        _bench.Agent.Options("IGNORE_TERM=1; CHILD=300").Play(0, Claude_fixture.Init, Claude_fixture.Uses("t"), "#write half.txt", "#escape", "#hang");
        using (var killed = new WorkerProcess(_bench))
        {
            await Deadline.Until(() => _bench.Agent.Has("hanging.0") && _bench.Agent.HasNumber("escaped.0") && EventsSoFar().Contains("tool_use", StringComparison.Ordinal), "the agent to hang");
            killed.Signal(WorkerProcess.KillNow);
            await killed.Code();
        }

        _bench.Agent.Options("").Play(1, Claude_fixture.Init, Claude_fixture.Success);
        using var worker = new WorkerProcess(_bench);
        (await worker.End()).Code.ShouldBe(0);
        foreach (var file in new[] { "pid.0", "child.0", "escaped.0" })
            Deadline.IsAlive(_bench.Agent.Number(file)).ShouldBeFalse(file);
        _bench.Agent.Arguments(1)[Array.IndexOf(_bench.Agent.Arguments(1), "--resume") + 1].ShouldBe("c-1");
        _bench.Agent.Input(1).ShouldStartWith("The connection was lost in the middle of your work. Check what is already done, then go on.");
        (_bench.Exit.Attempt, _bench.Result.Turns, _bench.Result.Status).ShouldBe((2, 2, "completed"));
        _bench.Result.Changes!.Files.Single().Path.ShouldBe("half.txt");
        _bench.Events.Select(static happening => happening.Seq).ShouldBe(Enumerable.Range(1, _bench.Events.Count).Select(static number => (long)number));
    }

    [Fact, Trait("spec", "WK-12")]
    public async Task A_worker_that_is_killed_while_it_stops_has_left_a_provisional_exit_record()
    {
        using var worker = await Hanging();
        worker.Signal(WorkerProcess.Terminate);
        await Deadline.Until(() => File.Exists(Path.Combine(_bench.Record, "exit.json")), "the provisional exit record");
        worker.Signal(WorkerProcess.KillNow);
        await worker.Code();
        (_bench.Exit.Status, _bench.Exit.ExitCode, _bench.Exit.ExitReason).ShouldBe(("stopped", 5, "signal"));
        (_bench.Exit.SessionId, _bench.Exit.WorktreePath, _bench.Exit.WorktreeKept).ShouldBe((WorkerBench.SessionId, _bench.Tree, true));
        foreach (var file in new[] { "pid.0", "child.0", "escaped.0" })
            Shell.Run("/", _bench.Variables, "/bin/kill", "-9", $"{_bench.Agent.Number(file)}");
    }

    [Fact, Trait("spec", "WK-13")]
    public async Task T19_a_second_worker_of_a_session_ends_with_2_and_disturbs_nothing()
    {
        using var first = await Hanging();
        var before = Record();
        using var second = new WorkerProcess(_bench);
        var (code, output, error) = await second.End();
        (code, output, error).ShouldBe((2, "", "preflight: session already has a worker\n"));
        Record().ShouldBe(before);
        File.Exists(Path.Combine(_bench.Record, "exit.json")).ShouldBeFalse();
        _bench.Agent.Runs.ShouldBe(1);
        first.Signal(WorkerProcess.Terminate);
        first.Signal(WorkerProcess.Terminate);
        (await first.End()).Code.ShouldBe(5);
    }

    [Fact, Trait("spec", "WK-14"), Trait("spec", "WK-3")]
    public async Task It_goes_on_without_its_daemon_its_output_and_its_terminal()
    {
        await using var daemon = new LoopbackServer(context => context.Response.WriteAsJsonAsync(_bench.Detail, ControlApiJson.Default.SessionDetail));
        var url = daemon.Address.GetLeftPart(UriPartial.Authority);
        _bench.Agent.Play(Claude_fixture.Init, "#sleep 2", Claude_fixture.Success);
        using var worker = new WorkerProcess(
            _bench, ["--session-id", WorkerBench.SessionId, "--worktree-dir", _bench.Place.At("trees"), "--daemon-url", url, "--keep-worktree", "always"], _bench.Variables);
        await Deadline.Until(() => _bench.Agent.Has("stdin.0"), "the agent to run");
        await daemon.Stop();
        worker.CloseOutput();
        worker.Signal(WorkerProcess.Hangup);
        (await worker.Code()).ShouldBe(0);
        (_bench.Exit.Status, _bench.Exit.OutboxPending).ShouldBe(("completed", 0));
    }

    [Fact, Trait("spec", "WK-2"), Trait("spec", "WK-12")]
    public async Task A_daemon_that_is_not_there_is_a_pre_flight_failure()
    {
        using var worker = new WorkerProcess(
            _bench, ["--session-id", WorkerBench.SessionId, "--worktree-dir", _bench.Place.At("trees"), "--daemon-url", "http://127.0.0.1:1"], _bench.Variables);
        var (code, _, error) = await worker.End();
        code.ShouldBe(2);
        error.ShouldStartWith("preflight: the daemon at http://127.0.0.1:1 did not give the detail of session 's-1' in 3 attempts: ");
        _bench.Exit.FailureMode.ShouldBe("preflight");
    }

    private string EventsSoFar() => File.Exists(Path.Combine(_bench.Record, "events.jsonl")) ? File.ReadAllText(Path.Combine(_bench.Record, "events.jsonl")) : "";

    private string Record() => File.ReadAllText(Path.Combine(_bench.Record, "worker.json"));

    private async Task<WorkerProcess> Hanging(params string[] more)
    {
        _bench.Agent.Options("IGNORE_TERM=1; CHILD=300").Play(Claude_fixture.Init, "#escape", "#hang");
        var worker = more.Length == 0 ? new WorkerProcess(_bench) : new WorkerProcess(
            _bench, ["--session-id", WorkerBench.SessionId, "--worktree-dir", _bench.Place.At("trees"), "--keep-worktree", "always", .. more], _bench.Variables);
        await Deadline.Until(
            () => _bench.Agent.Has("hanging.0") && _bench.Agent.HasNumber("escaped.0") && Record().Contains("running", StringComparison.Ordinal), "the agent to hang");
        return worker;
    }
}
