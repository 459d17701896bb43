using Donmai.Routing;
using Donmai.Sessions;
using Donmai.Sessions.Events;
using Donmai.Workareas;

namespace Donmai.EndToEnd.Tests.Sessions;

/// <summary>The whole way of a session, through the built program, with real git and an agent that speaks the real protocol.</summary>
public sealed class One_session_from_end_to_end : IDisposable
{
    private readonly Installation _installation = new();
    private readonly FakeClaude _claude;
    private readonly GitRepository _repository;

    public One_session_from_end_to_end()
    {
        _claude = new FakeClaude(_installation);
        _repository = GitRepository.Create(Path.Combine(_installation.Directory, "shop"), files: 300);
        _installation.Configure(capacity: 4, ("shop", _repository.Path));
    }

    public void Dispose() => _installation.Dispose();

    [Fact]
    public async Task Its_events_arrive_live_its_tree_is_archived_and_git_shows_its_changes()
    {
        await using var daemon = await RunningDaemon.Start(_installation);
        _claude.PauseInTheMiddle();

        var (status, body) = await daemon.Submit(Spec("ses-1"));
        ((int)status).ShouldBe(202, body);

        var events = new List<AgentEvent>();
        await foreach (var e in daemon.Events("ses-1"))
        {
            events.Add(e);
            if (e is ToolResultEvent { ToolUseId: "toolu_1" })
            {
                (await daemon.Inspect("ses-1")).State.ShouldBe(SessionState.Running, "the first half arrives while the agent is at work");
                _claude.Continue();
            }
        }

        events.Select(static e => e.Seq).ShouldBe(Enumerable.Range(1, events.Count).Select(static n => (long)n));
        events.OfType<ToolUseEvent>().Select(static e => e.ToolUseId).ShouldBe(["toolu_1", "toolu_2"]);

        var ended = await daemon.Inspect("ses-1");
        ended.State.ShouldBe(SessionState.Completed);
        ended.ExitCode.ShouldBe(0);
        ended.Result.ShouldNotBeNull();
        ended.Result.Cost.ShouldNotBeNull();
        ended.Result.Cost.TotalCostUsd.ShouldBe(0.2143);
        ended.Result.Cost.NumTurns.ShouldBe(3);
        ended.Result.WorkResult.ShouldBe("passed");
        ended.Result.Changes.ShouldNotBeNull();
        ended.Result.Changes.Files.Select(static f => f.Path).ShouldBe(["src/part-01/file-001.txt", "src/part-02/file-002.txt"]);
        _claude.Prompt.ShouldContain("Edit two files, please.");

        var tree = ended.ArchivePath.ShouldNotBeNull();
        File.ReadAllText(Path.Combine(tree, "src/part-01/file-001.txt")).ShouldEndWith("edited by the agent\n");
        GitRepository.Git(tree, "rev-parse", "--abbrev-ref", "HEAD").Trim().ShouldBe("agent/ses-1");
        GitRepository.Git(tree, "diff", "--name-only", "HEAD~1", "HEAD").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ShouldBe(["src/part-01/file-001.txt", "src/part-02/file-002.txt"]);
        GitRepository.Git(tree, "status", "--porcelain").ShouldBeEmpty();
    }

    [Fact]
    [Trait("spec", "RT-15")]
    public async Task Its_routing_is_explained_and_its_archive_listed_after_its_end()
    {
        await using var daemon = await RunningDaemon.Start(_installation);
        await daemon.Submit(Spec("ses-2"));

        var ended = await daemon.Ended("ses-2");

        var explanation = await daemon.Get<RoutingExplanation>("/api/daemon/routing/explain/ses-2");
        explanation.Decision.ChosenLlm.ShouldBe("claude");
        explanation.Trace.ShouldNotBeEmpty();
        var areas = await daemon.Get<WorkareaList>("/api/daemon/workareas");
        areas.Active.ShouldBeEmpty();
        areas.Archived.ShouldHaveSingleItem().Id.ShouldBe(ended.ArchiveId);
    }

    [Fact]
    [Trait("spec", "DR-57")]
    public async Task Killing_the_daemon_in_the_middle_loses_nothing()
    {
        _claude.PauseInTheMiddle();
        SessionHandle accepted;
        await using (var first = await RunningDaemon.Start(_installation))
        {
            await first.Submit(Spec("ses-3"));
            await RunningDaemon.Until(() => Task.FromResult(_claude.IsPaused), "the agent to be at work");
            accepted = (await first.Get<List<SessionHandle>>("/api/daemon/sessions")).ShouldHaveSingleItem();
            await first.Program.KillHard();
        }

        await using var second = await RunningDaemon.Start(_installation);
        (await second.Get<List<SessionHandle>>("/api/daemon/sessions")).ShouldHaveSingleItem().ShouldBe(accepted);
        _claude.Continue();

        var ended = await second.Ended("ses-3");
        ended.State.ShouldBe(SessionState.Completed);
        await AllEventsOnce(second, "ses-3");
    }

    [Fact]
    [Trait("spec", "DR-58")]
    public async Task A_session_that_ends_while_the_daemon_is_away_is_found_ended_once()
    {
        _claude.PauseInTheMiddle();
        await using (var first = await RunningDaemon.Start(_installation))
        {
            await first.Submit(Spec("ses-4"));
            await RunningDaemon.Until(() => Task.FromResult(_claude.IsPaused), "the agent to be at work");
            var leader = (await first.Get<List<SessionHandle>>("/api/daemon/sessions")).ShouldHaveSingleItem().Pid;
            await first.Program.KillHard();
            _claude.Continue();
            await RunningDaemon.Until(() => Task.FromResult(!RunningProgram.IsAlive(leader)), "the session to end without its daemon");
        }

        await using var second = await RunningDaemon.Start(_installation);

        var ended = await second.Ended("ses-4");
        ended.State.ShouldBe(SessionState.Completed);
        ended.ExitCode.ShouldBe(0);
        await AllEventsOnce(second, "ses-4");
        await RunningDaemon.Until(async () => (await second.Get<List<SessionHandle>>("/api/daemon/sessions")).Count == 0, "its place to be free");
        (await second.Get<WorkareaList>("/api/daemon/workareas")).Archived.Count.ShouldBe(1);
    }

    [Fact]
    [Trait("spec", "WK-29")]
    public async Task Stopping_it_ends_grandchildren_that_ignore_TERM_and_left_the_group()
    {
        _claude.PauseInTheMiddle();
        _claude.AlsoRun($"""
            setsid sh -c 'trap "" TERM HUP INT; echo $$ > "{_claude.PathOf("grandchild.pid")}"; while :; do sleep 0.2; done' > /dev/null 2>&1 < /dev/null &
            (trap "" TERM HUP INT; while :; do sleep 0.2; done) &
            echo $! > "{_claude.PathOf("child.pid")}"
            """);
        await using var daemon = await RunningDaemon.Start(_installation);
        await daemon.Submit(Spec("ses-5"));
        string[] files = ["child.pid", "grandchild.pid"];
        await RunningDaemon.Until(() => Task.FromResult(_claude.IsPaused && files.All(file => _claude.Number(file) is not null)), "the helpers to run");
        var helpers = files.Select(file => _claude.Number(file)!.Value).ToList();
        helpers.ShouldAllBe(static pid => RunningProgram.IsAlive(pid));

        var (status, body) = await daemon.Post("/api/daemon/sessions/ses-5/stop", """{"reason":"enough"}""");
        ((int)status).ShouldBe(200, body);
        body.ShouldContain("operator-cancelled");
        var ended = await daemon.Ended("ses-5");

        ended.State.ShouldBe(SessionState.Terminated);
        ended.StopMode.ShouldBe(SessionStopMode.OperatorCancelled);
        helpers.ShouldAllBe(static pid => !RunningProgram.IsAlive(pid));
        ended.ArchivePath.ShouldNotBeNull("a stopped session's tree is kept");
    }

    private static async Task AllEventsOnce(RunningDaemon daemon, string sessionId)
    {
        var events = new List<AgentEvent>();
        await foreach (var e in daemon.Events(sessionId))
            events.Add(e);
        events.Select(static e => e.Seq).ShouldBe(Enumerable.Range(1, events.Count).Select(static n => (long)n));
        events.OfType<ToolUseEvent>().Select(static e => e.ToolUseId).ShouldBe(["toolu_1", "toolu_2"]);
        events.OfType<ResultEvent>().Count().ShouldBe(1);
    }

    private static SessionSpec Spec(string id) => new()
    {
        SessionId = id,
        Repository = "shop",
        Ref = "main",
        PromptContext = "Edit two files, please.",
        ResolvedProfile = new() { Provider = "claude" },
    };
}
