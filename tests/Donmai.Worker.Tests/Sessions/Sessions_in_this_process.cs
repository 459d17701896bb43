using System.Text.Json;
using Donmai.Sessions;
using Donmai.Sessions.Events;
using Donmai.Worker.Providers;
using Donmai.Worker.Sessions;
using Donmai.Worker.Tests.Providers;
using Donmai.Worker.Workareas;

namespace Donmai.Worker.Tests.Sessions;

public sealed class Sessions_in_this_process : IDisposable
{
    private readonly WorkerBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact, Trait("spec", "WK-10"), Trait("spec", "WK-11"), Trait("spec", "WK-12"), Trait("spec", "WK-33"), Trait("spec", "WK-35")]
    public async Task A_whole_session_of_the_fixture_leaves_events_result_line_and_exit_record_that_agree()
    {
        _bench.Agent.Play([.. Claude_fixture.Lines[..10], "#commit Fix rounding", .. Claude_fixture.Lines[10..]]);
        (await _bench.Run()).ShouldBe(0);

        _bench.AgentEvents.Count.ShouldBe(18);
        _bench.Events.Select(static happening => happening.Seq).ShouldBe(Enumerable.Range(1, _bench.Events.Count).Select(static number => (long)number));
        _bench.Events[0].ShouldBeOfType<SystemEvent>().Message!.ShouldStartWith("cloning file://");
        File.ReadAllText(Path.Combine(_bench.Tree, ".agent", "events.jsonl")).ShouldBe(File.ReadAllText(Path.Combine(_bench.Record, "events.jsonl")));

        var printed = _bench.Output.ToString();
        printed.ShouldEndWith("\n");
        printed.Count(static letter => letter == '\n').ShouldBe(1);
        var result = JsonSerializer.Deserialize(printed, ControlApiJson.Default.SessionResult)!;
        result.Changes!.Files.ShouldBe([new FileChange { Path = "work.txt", Insertions = 1 }]);
        (result.Status, result.WorkResult, result.Summary, result.ProviderSessionId, result.FailureMode, result.Error)
            .ShouldBe(("completed", "passed", "Pull request is open.", Claude_fixture.SessionId, null, null));
        result.CommitSha.ShouldBe(_bench.Remote.InTree(_bench.Tree, "rev-parse", "HEAD").Trim());
        (result.Cost!.TotalCostUsd, result.Cost.InputTokens, result.Turns, result.Branch, result.BaseRef, result.Changes.Commits).ShouldBe((0.2143, 61L, 1, "agent/s-1", "main", 1));

        var exit = _bench.Exit;
        (exit.ExitCode, exit.Status, exit.ExitReason, exit.WorktreeKept, exit.ProviderSessionId).ShouldBe((0, "completed", "agent-completed", true, Claude_fixture.SessionId));
        JsonSerializer.Serialize(exit.Result, ControlApiJson.Default.SessionResult).ShouldBe(JsonSerializer.Serialize(result, ControlApiJson.Default.SessionResult));
        _bench.Agent.WorkingDirectory().ShouldBe(_bench.Tree);
        _bench.Agent.Input().ShouldStartWith("Do the task below.");
        File.GetUnixFileMode(_bench.Record).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact, Trait("spec", "WK-24"), Trait("spec", "WK-18")]
    public async Task T2_without_its_result_line_the_session_fails_with_the_tail_of_standard_error()
    {
        _bench.Agent.Options("EXIT=1; STDERR='segmentation fault'").Play([.. Claude_fixture.Lines[..^1]]);
        (await _bench.Run()).ShouldBe(1);
        (_bench.Result.FailureMode, _bench.Result.Error).ShouldBe(("provider-error", "claude ended without a result (exit code 1): segmentation fault"));
    }

    [Fact, Trait("spec", "WK-18")]
    public async Task T3_a_login_that_is_missing_is_said_so()
    {
        _bench.Agent.Options("EXIT=1; STDERR='Invalid API key'");
        (await _bench.Run()).ShouldBe(1);
        _bench.Result.FailureMode.ShouldBe("auth-required");
    }

    [Fact, Trait("spec", "WK-50")]
    public async Task T4_T5_a_line_of_five_megabytes_is_delivered_and_one_of_forty_is_skipped()
    {
        _bench.Agent.Play(Claude_fixture.Init, "#big 5000000", "#big 40000000", Claude_fixture.Success);
        (await _bench.Run()).ShouldBe(0);
        _bench.AgentEvents.OfType<AssistantTextEvent>().Single().Text.Length.ShouldBe(5_000_000);
        _bench.AgentEvents.OfType<SystemEvent>().Single().Subtype.ShouldBe("oversize_line");
    }

    [Fact, Trait("spec", "WK-83"), Trait("spec", "WK-84")]
    public async Task T16_the_agent_has_the_composed_environment_and_nothing_else()
    {
        _bench.Variables["ANTHROPIC_API_KEY"] = "host-key";
        _bench.Variables["RENSEI_DAEMON_TOKEN"] = "supervisor";
        _bench.Agent.Play(Claude_fixture.Init, Claude_fixture.Success);
        await _bench.Run();
        var environment = _bench.Agent.Environment();
        environment.ShouldNotContainKey("ANTHROPIC_API_KEY");
        environment.ShouldNotContainKey("RENSEI_DAEMON_TOKEN");
        environment["DONMAI_WORK_BRANCH"].ShouldBe("agent/s-1");
        environment["DONMAI_WORKTREE"].ShouldBe(_bench.Tree);
        environment.Keys.ShouldBeSubsetOf(
        [
            "PATH", "HOME", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM", "CI", "GH_PROMPT_DISABLED", "GIT_TERMINAL_PROMPT", "PAGER", "NO_COLOR",
            "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "DISABLE_AUTOUPDATER", "DISABLE_TELEMETRY", "AGENTFACTORY_SESSION_ID", "LINEAR_SESSION_ID",
            "DONMAI_SESSION_ID", "DONMAI_WORK_BRANCH", "DONMAI_BASE_REF", "DONMAI_WORKTREE", "PWD", "SHLVL", "_", "OLDPWD",
        ]);
    }

    [Fact, Trait("spec", "WK-84")]
    public async Task A_key_of_the_work_item_reaches_the_agent_and_no_file()
    {
        _bench.Variables["ANTHROPIC_API_KEY"] = "item-key-1234";
        _bench.Variables["DONMAI_ITEM_ENV"] = "ANTHROPIC_API_KEY";
        _bench.Agent.Options("STDERR=\"key $ANTHROPIC_API_KEY\"").Play(Claude_fixture.Init, Claude_fixture.Says("my key is item-key-1234"), Claude_fixture.Success);
        await _bench.Run();
        _bench.Agent.Environment()["ANTHROPIC_API_KEY"].ShouldBe("item-key-1234");
        foreach (var file in Directory.GetFiles(_bench.Record))
            File.ReadAllText(file).ShouldNotContain("item-key-1234", customMessage: file);
        _bench.Output.ToString().ShouldNotContain("item-key-1234");
    }

    [Theory, Trait("spec", "WK-20"), Trait("spec", "WK-18")]
    [InlineData("mid-stream-error", "provider-error", 1)]
    [InlineData("silent-fail", "silent-exit", 1)]
    [InlineData("fail-on-clone", "provider-error", 1)]
    [InlineData("agent-failed", "agent-failed", 1)]
    [InlineData("succeed-with-pr", null, 0)]
    [InlineData("commit-only", null, 0)]
    [InlineData("dirty-tree", null, 0)]
    public async Task Stub_behaviours_end_as_they_say(string behavior, string? mode, int code)
    {
        (await _bench.Stub(behavior).Run()).ShouldBe(code);
        _bench.Result.FailureMode.ShouldBe(mode);
        _bench.Exit.ExitCode.ShouldBe(code);
        if (behavior is "commit-only" or "dirty-tree")
            _bench.Result.Changes!.Files.Single().Path.ShouldBe("stub.txt");
    }

    [Fact, Trait("spec", "WK-20"), Trait("spec", "WK-30")]
    public async Task A_hanging_agent_is_ended_at_the_session_limit()
    {
        _bench.Detail = _bench.Stub("hang-then-timeout").Detail with { MaxDurationSeconds = 1 };
        (await _bench.Run()).ShouldBe(1);
        (_bench.Result.FailureMode, _bench.Result.ExitReason, _bench.Result.Error).ShouldBe(("timeout", "session-limit", "the session reached its limit of 1 s"));
    }

    [Fact]
    public async Task The_state_of_a_tree_says_that_its_worker_lives()
    {
        _bench.Settings = _bench.Settings with { HeartbeatEvery = TimeSpan.FromMilliseconds(20) };
        _bench.Detail = _bench.Stub("hang-then-timeout").Detail with { MaxDurationSeconds = 3 };
        var running = _bench.Run();
        var state = new StateFile(ExistingWorktree.StatePath(_bench.Tree), TimeProvider.System);
        var first = 0L;
        await Deadline.Until(() => (first = state.Read()?.LastHeartbeat ?? 0) > 0, "the first heartbeat");
        await Deadline.Until(() => state.Read()?.LastHeartbeat > first, "the next heartbeat");
        await running;
    }

    [Fact, Trait("spec", "WK-30"), Trait("spec", "WK-18")]
    public async Task A_stage_s_time_is_a_budget()
    {
        _bench.Detail = _bench.Stub("hang-then-timeout").Detail with { StageBudget = new StageBudget { MaxDurationSeconds = 1 }, MaxDurationSeconds = 100 };
        (await _bench.Run()).ShouldBe(1);
        (_bench.Result.FailureMode, _bench.Result.ExitReason).ShouldBe(("budget-exceeded", "budget-duration"));
    }

    [Fact, Trait("spec", "WK-11"), Trait("spec", "WK-18")]
    public async Task A_cancelled_session_is_stopped_with_code_5()
    {
        using var stop = new CancellationTokenSource();
        var running = _bench.Stub("hang-then-timeout").Run(stop.Token);
        await Deadline.Until(() => File.Exists(Path.Combine(_bench.Record, "events.jsonl")) && File.ReadAllText(Path.Combine(_bench.Record, "events.jsonl")).Contains("\"starting\"", StringComparison.Ordinal), "the stub to start");
        await stop.CancelAsync();
        (await running).ShouldBe(5);
        (_bench.Exit.Status, _bench.Exit.FailureMode, _bench.Exit.ExitReason).ShouldBe(("stopped", "terminated", "signal"));
    }

    [Fact, Trait("spec", "WK-1"), Trait("spec", "WK-11")]
    public async Task Without_a_session_id_nothing_is_run()
    {
        (await _bench.Run(_bench.Options() with { SessionId = " " })).ShouldBe(2);
        _bench.Error.ToString().ShouldBe("preflight: no session id: give --session-id or set DONMAI_SESSION_ID\n");
        _bench.Output.ToString().ShouldBe("");
    }

    [Fact, Trait("spec", "WK-1")]
    public void A_flag_beats_the_environment_and_both_are_trimmed()
    {
        var variables = new WorkerVariables(new Dictionary<string, string>
        {
            ["DONMAI_SESSION_ID"] = " own ",
            ["RENSEI_SESSION_ID"] = "old",
            ["RENSEI_DAEMON_URL"] = "http://127.0.0.1:1/ ",
            ["HOME"] = "/home/x",
        });
        var places = WorkerPlaces.Resolve(new WorkerOptions(), variables);
        (places.SessionId, places.DaemonUrl, places.Worktrees, places.Record).ShouldBe(("own", "http://127.0.0.1:1", "/home/x/.donmai/worktrees", "/home/x/.donmai/worktrees/.records/own"));
        WorkerPlaces.Resolve(new WorkerOptions { SessionId = " flag ", DaemonUrl = "http://h:2/" }, variables).ShouldBe(places with { SessionId = "flag", DaemonUrl = "http://h:2" });
        Should.Throw<PreflightException>(() => WorkerPlaces.Resolve(new WorkerOptions { SessionId = "../x" }, variables)).Message.ShouldContain("../x");
    }

    [Fact, Trait("spec", "WK-12"), Trait("spec", "WK-11")]
    public async Task A_pre_flight_failure_leaves_an_exit_record_and_no_result()
    {
        (await _bench.Run(_bench.Options() with { DetailFile = _bench.Place.At("missing.json") })).ShouldBe(2);
        _bench.Error.ToString().ShouldStartWith("preflight: the detail file");
        _bench.Output.ToString().ShouldBe("");
        (_bench.Exit.ExitCode, _bench.Exit.FailureMode, _bench.Exit.Result).ShouldBe((2, "preflight", null));
    }

    [Fact, Trait("spec", "WK-7"), Trait("spec", "WK-9")]
    public async Task An_unknown_or_missing_provider_fails_before_the_clone()
    {
        _bench.Detail = _bench.Detail with { Repository = "file:///does/not/exist", ResolvedProfile = new ResolvedProfile { Provider = "nope" } };
        (await _bench.Run()).ShouldBe(1);
        (_bench.Result.FailureMode, _bench.Result.Error).ShouldBe(("provider-resolve", $"no provider registered as 'nope'; available: {Names(BundledProviders.All)}"));

        File.Delete(Path.Combine(_bench.Agent.Directory, "claude"));
        _bench.Variables["PATH"] = "/bin-without-claude";
        _bench.Detail = _bench.Detail with { ResolvedProfile = null };
        (await _bench.Run()).ShouldBe(1);
        _bench.Result.FailureMode.ShouldBe("provider-resolve");
        _bench.Result.Error!.ShouldContain("npm install");
        _bench.Events.ShouldBeEmpty();
    }

    [Theory, Trait("spec", "WK-66")]
    [InlineData("development", "provider-resolve")]
    [InlineData("research", "spawn-failed")]
    public async Task Who_only_writes_text_is_refused_before_the_clone_for_work_that_has_to_be_committed(string workType, string mode)
    {
        await using var server = new Providers.FakeAgentServer().On("GET /api/tags", 200, "{}");
        _bench.Variables["OLLAMA_HOST"] = $"127.0.0.1:{server.Port}";
        _bench.Detail = _bench.Detail with { IssueIdentifier = "BIL-1", WorkType = workType, ResolvedProfile = new ResolvedProfile { Provider = "ollama" } };

        (await _bench.Run()).ShouldBe(1);

        _bench.Result.FailureMode.ShouldBe(mode);
        if (workType == "development")
            _bench.Result.Error.ShouldBe("provider ollama cannot change files, work type development needs it");
        Directory.Exists(_bench.Tree).ShouldBe(workType != "development");
    }

    [Fact]
    public async Task The_stub_is_there_only_when_it_is_allowed()
    {
        _bench.Variables.Remove("DONMAI_ALLOW_STUB");
        (await _bench.Stub("succeed-with-pr").Run()).ShouldBe(1);
        _bench.Result.Error.ShouldBe($"no provider registered as 'stub'; available: {Names(BundledProviders.All.Where(static bundled => !bundled.IsOnlyOnRequest))}");
    }

    [Fact, Trait("spec", "WK-6"), Trait("spec", "WK-89")]
    public async Task An_empty_work_order_is_refused()
    {
        _bench.Detail = _bench.Detail with { PromptContext = null };
        (await _bench.Run()).ShouldBe(1);
        (_bench.Result.FailureMode, _bench.Agent.Runs).ShouldBe(("prompt-render", 0));
    }

    [Fact]
    public async Task A_repository_that_is_not_there_is_one_clear_sentence()
    {
        _bench.Detail = _bench.Detail with { Repository = $"file://{_bench.Place.At("nowhere")}" };
        (await _bench.Run()).ShouldBe(1);
        (_bench.Result.FailureMode, _bench.Result.ExitReason).ShouldBe(("worktree-provision", "clone-not-found"));
        Directory.Exists(_bench.Tree).ShouldBeFalse();
        Directory.GetDirectories(_bench.Place.At("trees")).Select(Path.GetFileName).ShouldBe([".probes", ".records"], ignoreOrder: true);
    }

    [Theory, Trait("spec", "WK-81")]
    [InlineData("succeed-with-pr", "OnFailure", false)]
    [InlineData("silent-fail", "OnFailure", true)]
    [InlineData("silent-fail", "Never", false)]
    [InlineData("succeed-with-pr", "Always", true)]
    public async Task The_tree_is_kept_as_asked(string behavior, string keep, bool kept)
    {
        _bench.Keep = Enum.Parse<WorktreeRetention>(keep);
        await _bench.Stub(behavior).Run();
        Directory.Exists(_bench.Tree).ShouldBe(kept);
        _bench.Exit.WorktreeKept.ShouldBe(kept);
    }

    [Fact, Trait("spec", "WK-10")]
    public async Task Nothing_is_printed_when_it_is_not_wanted()
    {
        await _bench.Stub("succeed-with-pr").Run(_bench.Options() with { PrintResult = false });
        _bench.Output.ToString().ShouldBe("");
    }

    [Fact]
    public async Task A_second_attempt_uses_the_tree_and_continues_the_agent()
    {
        _bench.Agent.Play(Claude_fixture.Init, "#write half.txt");
        (await _bench.Run()).ShouldBe(1);
        _bench.Agent.Play(Claude_fixture.Init, Claude_fixture.Success);
        var before = _bench.Events.Count;
        (await _bench.Run()).ShouldBe(0);
        _bench.Exit.Attempt.ShouldBe(2);
        _bench.Agent.Arguments(1)[Array.IndexOf(_bench.Agent.Arguments(1), "--resume") + 1].ShouldBe("c-1");
        _bench.Result.Changes!.Files.Single().Path.ShouldBe("half.txt");
        _bench.Events[before].Seq.ShouldBe(before + 1);
    }

    [Fact]
    public async Task A_session_the_provider_does_not_know_is_started_afresh_with_a_warning()
    {
        _bench.Agent.Play(0, """{"type":"result","subtype":"error_during_execution","is_error":true,"errors":["No conversation found with session ID: x"],"num_turns":0,"usage":{}}""");
        _bench.Agent.Play(1, Claude_fixture.Init, Claude_fixture.Success);
        _bench.Detail = _bench.Detail with { ProviderSessionId = "x" };
        (await _bench.Run()).ShouldBe(0);
        _bench.Agent.Arguments(1).ShouldNotContain("--resume");
        _bench.Result.Warnings!.ShouldHaveSingleItem().ShouldContain("does not know the session 'x'");
    }

    [Fact, Trait("spec", "WK-18")]
    public async Task An_orchestrated_run_whose_session_is_not_known_fails()
    {
        _bench.Variables["DONMAI_EXECUTION_ID"] = "e-1";
        _bench.Agent.Play("""{"type":"result","subtype":"error_during_execution","is_error":true,"errors":["No conversation found with session ID: x"]}""");
        _bench.Detail = _bench.Detail with { ProviderSessionId = "x" };
        (await _bench.Run()).ShouldBe(1);
        _bench.Result.FailureMode.ShouldBe("resume-failed");
    }

    [Fact]
    public async Task A_connection_lost_before_the_first_tool_repeats_the_turn_once()
    {
        _bench.Agent.Options("[ $n = 0 ] && STDERR='API Error: Overloaded' EXIT=1");
        _bench.Agent.Play(0, Claude_fixture.Init).Play(1, Claude_fixture.Init, Claude_fixture.Success);
        (await _bench.Run()).ShouldBe(0);
        _bench.Agent.Input(1).ShouldBe(_bench.Agent.Input(0));
        _bench.Agent.Arguments(1).ShouldContain("--resume");
        _bench.Result.Turns.ShouldBe(2);
    }

    [Fact]
    public async Task A_connection_lost_after_a_tool_asks_the_agent_to_look_first_and_only_once()
    {
        _bench.Agent.Options("STDERR='stream disconnected' EXIT=1").Play(Claude_fixture.Init, Claude_fixture.Uses("t"));
        (await _bench.Run()).ShouldBe(1);
        _bench.Agent.Runs.ShouldBe(2);
        _bench.Agent.Input(1).ShouldStartWith("The connection was lost in the middle of your work.");
    }

    [Fact]
    public async Task Silence_after_the_start_is_a_failed_start()
    {
        _bench.Settings = _bench.Settings with { SpawnLimit = TimeSpan.FromSeconds(1) };
        _bench.Agent.Play("#hang");
        (await _bench.Run()).ShouldBe(1);
        (_bench.Result.FailureMode, _bench.Result.Error).ShouldBe(("spawn-failed", "claude said nothing within 1 s of its start"));
    }

    [Fact]
    public async Task An_agent_that_closes_its_output_and_stays_is_a_failed_start_too()
    {
        _bench.Settings = _bench.Settings with { SpawnLimit = TimeSpan.FromSeconds(1) };
        _bench.Agent.Options("exec >&- 2>&-").Play("#hang");
        (await _bench.Run()).ShouldBe(1);
        (_bench.Result.FailureMode, _bench.Result.Error).ShouldBe(("spawn-failed", "claude said nothing within 1 s of its start"));
    }

    [Fact, Trait("spec", "WK-11"), Trait("spec", "WK-12")]
    public async Task Something_unforeseen_still_ends_with_a_result_and_says_where_the_tree_is()
    {
        _bench.Variables["DONMAI_AGENT_WORKSPACE_DIR"] = "readme.md";
        (await _bench.Run()).ShouldBe(1);
        (_bench.Exit.FailureMode, _bench.Exit.ExitReason).ShouldBe(("worker-crashed", "unhandled-exception"));
        (_bench.Exit.WorktreePath, _bench.Exit.WorktreeKept).ShouldBe((_bench.Tree, true));
        _bench.Result.Error.ShouldNotBeNull().ShouldContain("readme.md");
        _bench.Output.ToString().ShouldEndWith("\n");
    }

    [Fact, Trait("spec", "WK-11")]
    public async Task An_exit_record_that_cannot_be_written_does_not_cost_the_exit_code()
    {
        _bench.Agent.Options($"mkdir -p '{_bench.Record}/exit.json/x'").Play(Claude_fixture.Init, Claude_fixture.Success);
        (await _bench.Run()).ShouldBe(0);
        _bench.Error.ToString().ShouldContain("exit.json");
    }

    [Fact, Trait("spec", "WK-30")]
    public async Task A_stage_s_time_beyond_every_timer_is_no_trouble()
    {
        _bench.Detail = _bench.Stub("succeed-with-pr").Detail with { StageBudget = new StageBudget { MaxDurationSeconds = int.MaxValue } };
        (await _bench.Run()).ShouldBe(0);
    }

    [Fact, Trait("spec", "WK-38")]
    public async Task A_link_in_the_repository_never_leads_the_worker_s_files_elsewhere()
    {
        var outside = _bench.Place.Make("outside");
        File.WriteAllText(Path.Combine(outside, "events.jsonl"), "precious");
        File.CreateSymbolicLink(_bench.Place.At("seed", ".agent"), outside);
        _bench.Remote.PushMain(1);
        (await _bench.Stub("succeed-with-pr").Run()).ShouldBe(0);
        Directory.GetFileSystemEntries(outside).ShouldBe([Path.Combine(outside, "events.jsonl")]);
        File.ReadAllText(Path.Combine(outside, "events.jsonl")).ShouldBe("precious");
        _bench.Result.Warnings!.ShouldHaveSingleItem().ShouldContain(".agent");
    }

    [Fact, Trait("spec", "WK-76")]
    public async Task Secrets_of_tool_servers_and_of_the_repository_s_url_are_hidden()
    {
        _bench.Detail = _bench.Detail with
        {
            Repository = _bench.Remote.Url.Replace("file://", "file://anna:hunter22@localhost", StringComparison.Ordinal),
            ResolvedProfile = new ResolvedProfile
            {
                Provider = "claude",
                ProviderConfig = new JsonText("""{"mcpServers":{"a":{"command":"/bin/a","env":{"A_API_KEY":"k-1234567"}}}}"""),
            },
        };
        _bench.Agent.Play(Claude_fixture.Init, Claude_fixture.Says("k-1234567 and hunter22"), Claude_fixture.Success);
        await _bench.Run();
        File.ReadAllText(Path.Combine(_bench.Record, "events.jsonl")).ShouldContain("[hidden] and [hidden]");
    }

    [Fact]
    public async Task A_prompt_of_a_megabyte_arrives_and_the_system_prompt_is_no_argument_where_a_file_is_understood()
    {
        _bench.Agent.Help("--append-system-prompt-file <file>").Play(Claude_fixture.Init, Claude_fixture.Success);
        _bench.Detail = _bench.Detail with { PromptContext = new string('p', 1024 * 1024) };
        (await _bench.Run()).ShouldBe(0);
        _bench.Agent.Input().Length.ShouldBeGreaterThan(1024 * 1024);
        _bench.Agent.Arguments().ShouldContain("--append-system-prompt-file");
        Directory.GetFiles(_bench.Record, "system-prompt-*").ShouldBeEmpty();
    }

    [Fact]
    public async Task The_effort_model_and_limits_reach_the_agent()
    {
        _bench.Agent.Play(Claude_fixture.Init, Claude_fixture.Success);
        _bench.Detail = _bench.Detail with { ModelProfile = new ModelProfile { ProviderId = "claude", Model = "m", Mode = "high", Context = 5, MaxOutputTokens = 4096 } };
        await _bench.Run();
        string.Join(' ', _bench.Agent.Arguments()).ShouldContain("--model m --effort high");
        _bench.Agent.Environment()["CLAUDE_CODE_MAX_OUTPUT_TOKENS"].ShouldBe("4096");
        _bench.Result.Warnings!.ShouldHaveSingleItem().ShouldContain("contextWindow");
    }

    private static string Names(IEnumerable<BundledProvider> providers) => string.Join(", ", providers.Select(static bundled => bundled.Name));
}
