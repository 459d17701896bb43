using System.Diagnostics;
using Donmai.Core.Providers;
using Donmai.Sessions.Events;
using Donmai.Worker.Providers;
using Donmai.Worker.Providers.Codex;

namespace Donmai.Worker.Tests.Providers;

public sealed class Codex_sessions : IDisposable
{
    private readonly TemporaryDirectory _place = new();
    private readonly FakeCodex _codex;
    private readonly FakeHost _host;

    public Codex_sessions()
    {
        _codex = new FakeCodex(_place);
        _host = new FakeHost(_place);
    }

    public void Dispose() => _place.Dispose();

    [Fact, Trait("spec", "WK-53"), Trait("spec", "WK-60")]
    public async Task The_fixture_gives_the_worker_s_messages_and_the_ten_events()
    {
        _codex.Plays(Codex_fixture.UpToQuestion.Select(Here)).AfterAnswers(Codex_fixture.Rest.Select(Here));
        // Text is told after a second even when its item has not ended; on this clock that second never passes.
        var host = new FakeHost(_place) { Clock = new FakeClock { LimitsFrom = TimeSpan.FromSeconds(1) } };
        await using var handle = await Spawn(Request() with { Policy = ExecutionPolicy.AllowList, SystemPrompt = "S", Effort = "high", Host = host });

        var events = await All(handle);

        await Deadline.Until(() => _codex.Told.Length == Codex_fixture.FromWorker.Length, "the last answer to be written down");
        var version = typeof(CodexProvider).Assembly.GetName().Version!.ToString(3);
        _codex.Told.ShouldBe(Codex_fixture.FromWorker.Select(line => Here(line).Replace("1.0.0", version, StringComparison.Ordinal)));
        string.Join(" ", events.Select(Brief)).ShouldBe(
            "init:thr_7 system:turn_started use:i1 system:approval result:i1 system:approval_denied use:i3 result:i3 said end+");
        handle.SessionId.ShouldBe("thr_7");
        events[0].Raw!.Text.ShouldBe("""{"version":"codex/0.120"}""");
        var use = events.OfType<ToolUseEvent>().First();
        (use.ToolName, use.Input!.Text, use.ToolCategory).ShouldBe(("shell", """{"command":"git status"}""", "shell"));
        var results = events.OfType<ToolResultEvent>().ToList();
        (results[0].ToolName, results[0].Content, results[0].IsError).ShouldBe(("shell", "clean\n", false));
        (results[1].ToolName, results[1].Content).ShouldBe(("file_change", $"update: {_place.At("work")}/src/Round.cs"));
        events.OfType<AssistantTextEvent>().Single().Text.ShouldBe("Done. WORK_RESULT:passed");
        var cost = events.OfType<ResultEvent>().Single().Cost!;
        (cost.InputTokens, cost.OutputTokens, cost.CachedInputTokens, cost.ReasoningTokens, cost.TotalCostUsd, cost.NumTurns, cost.Model)
            .ShouldBe((5000, 300, 4000, 120, 0.0064, 1, "gpt-5-codex"));
    }

    [Fact, Trait("spec", "WK-83")]
    public async Task The_server_has_the_agent_s_environment_and_directory_and_its_process_is_known()
    {
        _codex.Plays(Codex_fixture.Completed());
        await using (var handle = await Spawn(Request()))
        {
            await All(handle);
            _host.Living.ShouldBe([_codex.Number("codex.pid")]);
        }

        _codex.Arguments.ShouldBe(["app-server"]);
        _codex.WorkingDirectory.ShouldBe(_place.At("work"));
        var environment = _codex.Environment;
        environment["CODEX_HOME"].ShouldBe(_place.At("private", "codex"));
        environment.Keys.Except(["CODEX_HOME", "PWD", "SHLVL", "_", "OLDPWD"]).ShouldBe(["HOME", "PATH"], ignoreOrder: true);
        _host.Notes.ShouldContain("version codex/0.120");
        _host.Living.ShouldBeEmpty();
        Deadline.IsAlive(_codex.Number("codex.pid")).ShouldBeFalse();
    }

    [Theory]
    [InlineData(nameof(ExecutionPolicy.Full), false, true, "never", "danger-full-access", """{"type":"dangerFullAccess"}""")]
    [InlineData(nameof(ExecutionPolicy.Full), false, false, "never", "workspace-write", """{"type":"workspaceWrite","writableRoots":["DIR"],"networkAccess":false}""")]
    [InlineData(nameof(ExecutionPolicy.Full), true, true, "never", "read-only", """{"type":"readOnly","networkAccess":true}""")]
    [InlineData(nameof(ExecutionPolicy.AllowList), false, true, "on-request", "workspace-write", """{"type":"workspaceWrite","writableRoots":["DIR"],"networkAccess":true}""")]
    [InlineData(nameof(ExecutionPolicy.Deny), false, true, "on-request", "read-only", """{"type":"readOnly","networkAccess":true}""")]
    public async Task What_the_agent_may_do_is_said_in_codex_s_words(
        string policy, bool readsOnly, bool network, string approvals, string sandbox, string turnPolicy)
    {
        _codex.Plays(Codex_fixture.Completed());
        await using var handle = await Spawn(Request() with { Policy = Enum.Parse<ExecutionPolicy>(policy), ReadsOnly = readsOnly, MayUseNetwork = network });
        await All(handle);

        _codex.ToldOf("thread/start").ShouldContain($"\"approvalPolicy\":\"{approvals}\"");
        _codex.ToldOf("thread/start").ShouldContain($"\"sandbox\":\"{sandbox}\"");
        _codex.ToldOf("turn/start").ShouldContain($"\"sandboxPolicy\":{turnPolicy.Replace("DIR", _place.At("work"), StringComparison.Ordinal)}");
    }

    [Theory]
    [InlineData("-32602")]
    [InlineData("-32600")]
    public async Task A_server_that_spells_its_settings_otherwise_is_asked_once_more_in_its_spelling(string code)
    {
        _codex.Options($"REFUSE_ONCE={code}").Plays(Codex_fixture.Completed());
        await using var handle = await Spawn(Request() with { Policy = ExecutionPolicy.AllowList });
        (await All(handle)).OfType<InitEvent>().ShouldHaveSingleItem();

        var asked = _codex.Told.Where(static line => line.Contains("thread/start", StringComparison.Ordinal)).ToList();
        asked.Count.ShouldBe(2);
        asked[0].ShouldContain("\"approvalPolicy\":\"on-request\"");
        asked[1].ShouldContain("\"approvalPolicy\":\"onRequest\"");
        asked[1].ShouldContain("\"sandbox\":\"workspaceWrite\"");
        _codex.ToldOf("turn/start").ShouldContain("\"approvalPolicy\":\"onRequest\"");
    }

    [Fact, Trait("spec", "WK-59")]
    public async Task Tool_servers_and_the_context_window_hold_for_the_thread_and_no_file_of_the_user_changes()
    {
        var home = _place.Make("home", ".codex");
        _place.Write("home/.codex/auth.json", """{"token":"t"}""");
        _place.Write("home/.codex/config.toml", "model = \"x\"\n");
        var before = Snapshot(home);
        _codex.Plays(Codex_fixture.Completed());

        await using (var handle = await Spawn(Request() with
        {
            McpServers = [new McpServer { Name = "b", Command = "/bin/b", Arguments = ["-x"], Environment = new Dictionary<string, string> { ["K"] = "v" } }],
            Configuration = ProviderConfiguration.From(new JsonText("""{"contextWindow":200000,"maxOutputTokens":9}""")),
        }))
        {
            await All(handle);
            File.WriteAllText(Path.Combine(_codex.Environment["CODEX_HOME"], "config.toml"), "trusted = true\n");
            File.WriteAllText(Path.Combine(_codex.Environment["CODEX_HOME"], "history.jsonl"), "{}\n");
            File.ReadAllText(Path.Combine(_codex.Environment["CODEX_HOME"], "auth.json")).ShouldBe("""{"token":"t"}""");
        }

        _codex.ToldOf("thread/start").ShouldEndWith(""","config":{"model_context_window":200000,"mcp_servers":{"b":{"command":"/bin/b","args":["-x"],"env":{"K":"v"}}}}}}""");
        _codex.Told.ShouldAllBe(static line => !line.Contains("config/", StringComparison.Ordinal));
        Snapshot(home).ShouldBe(before);
        _host.Warnings.ShouldBe(["codex takes no 'maxOutputTokens'; the configured one was left out"]);
    }

    [Fact]
    public async Task Tool_servers_that_are_elsewhere_are_named_by_their_address_where_codex_can_reach_them()
    {
        _codex.Plays(Codex_fixture.Completed());
        await using var handle = await Spawn(Request() with
        {
            McpServers =
            [
                new McpServer { Name = "h", Type = "http", Url = "https://tools.example/mcp", Headers = new Dictionary<string, string> { ["X-Key"] = "k" } },
                new McpServer { Name = "s", Type = "sse", Url = "https://tools.example/sse" },
            ],
        });
        await All(handle);

        _codex.ToldOf("thread/start").ShouldEndWith(""","config":{"mcp_servers":{"h":{"url":"https://tools.example/mcp","http_headers":{"X-Key":"k"}}}}}}""");
        _host.Warnings.ShouldBe(["codex reaches no MCP server of type sse; 's' was left out"]);
    }

    [Fact]
    public async Task The_user_s_own_home_is_used_when_it_is_configured_so()
    {
        _codex.Plays(Codex_fixture.Completed());
        await using var handle = await Spawn(Request(), settings: new ProviderSettings { IsolateHome = false });
        await All(handle);
        _codex.Environment.Keys.ShouldNotContain("CODEX_HOME");
    }

    [Fact]
    public async Task Conversations_outlive_their_session_and_are_forgotten_after_a_month()
    {
        _codex.Plays(Codex_fixture.Completed());
        await using (var handle = await Spawn(Request()))
            await All(handle);
        var sessions = Path.Combine(_codex.Environment["CODEX_HOME"], "sessions");
        File.WriteAllText(Path.Combine(sessions, "new.jsonl"), "");
        File.WriteAllText(Path.Combine(sessions, "old.jsonl"), "");
        File.SetLastWriteTimeUtc(Path.Combine(sessions, "old.jsonl"), DateTime.UtcNow.AddDays(-31));

        await using (var handle = await Spawn(Request()))
            await All(handle);

        Directory.GetFiles(_place.At("memory", "codex-sessions")).Select(Path.GetFileName).ShouldBe(["new.jsonl"]);
    }

    [Fact]
    public async Task What_an_agent_has_linked_among_its_conversations_is_not_forgotten_with_them()
    {
        _codex.Plays(Codex_fixture.Completed());
        var diary = _place.Write("home/diary/old.txt", "dear diary");
        File.SetLastWriteTimeUtc(diary, DateTime.UtcNow.AddDays(-31));
        Directory.CreateSymbolicLink(Path.Combine(_place.Make("memory", "codex-sessions"), "elsewhere"), Path.GetDirectoryName(diary)!);
        File.CreateSymbolicLink(_place.At("memory", "codex-sessions", "loop"), _place.At("memory", "codex-sessions"));

        await using (var handle = await Spawn(Request()))
            await All(handle);

        File.ReadAllText(diary).ShouldBe("dear diary");
    }

    [Fact]
    public async Task A_follow_up_is_a_turn_of_the_same_thread_and_costs_what_it_costs()
    {
        _codex.Plays(1, Codex_fixture.Says("a", "one"), Codex_fixture.Used(500_000, 500_000), Codex_fixture.Completed(1))
            .Plays(2, Codex_fixture.Says("b", "two"), Codex_fixture.Used(700_000, 100_000), Codex_fixture.Completed(2));
        await using var handle = await Spawn(Request());

        var first = await All(handle);
        await handle.Inject("And now?", CancellationToken.None);
        var second = await All(handle);

        first.OfType<ResultEvent>().Single().Cost!.InputTokens.ShouldBe(500_000);
        second.OfType<ResultEvent>().Single().Cost!.InputTokens.ShouldBe(200_000);
        string.Join(' ', second.Select(Brief)).ShouldBe("said end+");
        _codex.Told[^1].ShouldContain("\"threadId\":\"thr_7\",\"input\":[{\"type\":\"text\",\"text\":\"And now?\"}]");
        (await All(handle)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_message_during_a_turn_goes_into_it()
    {
        _codex.Plays(Codex_fixture.Started()).WhenSteered(Codex_fixture.Says("a", "turned"), Codex_fixture.Completed());
        await using var handle = await Spawn(Request());
        var reading = All(handle);
        await handle.Inject("Turn left.", CancellationToken.None);

        (await reading).OfType<AssistantTextEvent>().Single().Text.ShouldBe("turned");
        _codex.ToldOf("turn/steer").ShouldContain("\"text\":\"Turn left.\"}],\"expectedTurnId\":\"turn_1\"");
    }

    [Fact, Trait("spec", "WK-112")]
    public async Task A_message_for_a_turn_whose_end_was_not_read_yet_begins_no_turn_that_nobody_reads()
    {
        _codex.Options("NO_STEER=1").Plays(Codex_fixture.Started(), Codex_fixture.Completed());
        await using var handle = await Spawn(Request());
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        for (var reason = ""; reason != "the turn has just ended"; bound.Token.ThrowIfCancellationRequested())
            reason = (await Should.ThrowAsync<AgentNotReadyException>(() => handle.Inject("x", bound.Token))).Message;

        (await All(handle))[^1].ShouldBeOfType<ResultEvent>();
        _codex.Told.Count(static line => line.Contains("turn/start", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_turn_that_takes_no_message_says_so()
    {
        _codex.Options("NO_STEER=1").Plays(Codex_fixture.Started());
        await using var handle = await Spawn(Request());
        (await Should.ThrowAsync<AgentNotReadyException>(() => handle.Inject("x", CancellationToken.None))).Message.ShouldContain("no active turn");
    }

    [Fact]
    public async Task A_thread_is_resumed_with_everything_a_new_one_gets()
    {
        _codex.Plays(Codex_fixture.Completed().Replace("thr_7", "thr_0", StringComparison.Ordinal));
        await using var handle = await Provider().Resume("thr_0", Request() with { SystemPrompt = "S" }, CancellationToken.None);

        string.Join(' ', (await All(handle)).Select(Brief)).ShouldBe("init:thr_0 system:resumed end+");
        _codex.ToldOf("thread/resume").ShouldContain("\"params\":{\"threadId\":\"thr_0\",\"cwd\":");
        _codex.ToldOf("thread/resume").ShouldContain("\"baseInstructions\":\"S\"");
        await Should.ThrowAsync<ProviderSessionNotFoundException>(() => Provider().Resume("", Request(), CancellationToken.None));
    }

    [Fact]
    public async Task A_thread_that_codex_does_not_know_is_told_apart()
    {
        _codex.Options("UNKNOWN_THREAD=1");
        (await Should.ThrowAsync<ProviderSessionNotFoundException>(() => Provider().Resume("thr_0", Request(), CancellationToken.None))).Message.ShouldContain("thr_0");
        _host.Living.ShouldBeEmpty();
    }

    [Fact, Trait("spec", "WK-24"), Trait("spec", "WK-34")]
    public async Task A_server_that_ends_ends_the_turn_with_what_it_complained_about()
    {
        _codex.Options("CRASH=turn; CHILD=300").Plays(Codex_fixture.Started(), Codex_fixture.Piece("a", "half a "));
        await using var handle = await Spawn(Request());
        var watch = Stopwatch.StartNew();

        var events = await All(handle);

        string.Join(' ', events.Select(Brief)).ShouldBe("init:thr_7 system:turn_started said error:app_server_crashed");
        var error = events.OfType<ErrorEvent>().Single();
        error.Fatal.ShouldBeTrue();
        error.Message.ShouldBe("codex app-server ended without a result (exit code 3): panicked at the disco");
        watch.Elapsed.TotalSeconds.ShouldBeLessThan(8);
        Deadline.IsAlive(_codex.Number("codex.child")).ShouldBeFalse();
        await Should.ThrowAsync<AgentStartException>(() => handle.Inject("x", CancellationToken.None));
    }

    [Fact]
    public async Task A_server_that_ends_at_once_is_a_start_that_failed()
    {
        _codex.Options("CRASH=initialize");
        (await Should.ThrowAsync<AgentStartException>(() => Spawn(Request()))).Message.ShouldContain("panicked at the disco");
        _host.Living.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_failed_turn_is_a_failure_in_codex_s_words()
    {
        _codex.Plays(
            """{"method":"error","params":{"threadId":"thr_7","error":{"message":"reconnecting","codexErrorInfo":{"responseStreamDisconnected":{"httpStatusCode":502}}},"willRetry":true}}""",
            """{"method":"turn/completed","params":{"threadId":"thr_7","turn":{"id":"turn_1","status":"failed","error":{"message":"No more for today.","codexErrorInfo":"usageLimitExceeded"}}}}""");
        await using var handle = await Spawn(Request());

        var events = await All(handle);

        var error = events.OfType<ErrorEvent>().Single();
        (error.Fatal, error.Code).ShouldBe((false, "responseStreamDisconnected"));
        var result = events.OfType<ResultEvent>().Single();
        (result.Success, result.ErrorSubtype).ShouldBe((false, "usageLimitExceeded"));
        result.Errors.ShouldBe(["No more for today. (usage limit)"]);
        KnownTroubles.Of(result.Errors![0]).ShouldBe(KnownTrouble.Quota);
    }

    [Fact, Trait("spec", "WK-34"), Trait("spec", "WK-52")]
    public async Task A_stop_interrupts_the_turn_by_its_id_and_ends_the_server()
    {
        _codex.Plays(Codex_fixture.Started());
        await using var handle = await Spawn(Request());
        await Deadline.Until(() => File.Exists(_codex.At("turn.1")), "the turn to start");

        (await handle.Stop(CancellationToken.None)).Alive.ShouldBe(0);
        await handle.Stop(CancellationToken.None);

        _codex.ToldOf("turn/interrupt").ShouldContain("\"params\":{\"threadId\":\"thr_7\",\"turnId\":\"turn_1\"}");
        (await All(handle)).ShouldBeEmpty();
        Deadline.IsAlive(_codex.Number("codex.pid")).ShouldBeFalse();
        await Should.ThrowAsync<AgentNotReadyException>(() => handle.Inject("x", CancellationToken.None));
    }

    [Fact, Trait("spec", "WK-52"), Trait("spec", "WK-29")]
    public async Task A_deaf_server_is_killed_with_its_helpers_in_time()
    {
        _codex.Options("IGNORE_TERM=1; SILENT_INTERRUPT=1; CHILD=300").Plays(Codex_fixture.Started());
        await using var handle = await Spawn(Request());
        await Deadline.Until(() => File.Exists(_codex.At("turn.1")), "the turn to start");
        var watch = Stopwatch.StartNew();

        (await handle.Stop(CancellationToken.None)).ShouldBe(new AgentStop(Forced: true, Alive: 0));

        watch.Elapsed.TotalSeconds.ShouldBeLessThan(9.5);
        Deadline.IsAlive(_codex.Number("codex.pid")).ShouldBeFalse();
        Deadline.IsAlive(_codex.Number("codex.child")).ShouldBeFalse();
    }

    [Fact, Trait("spec", "WK-56")]
    public async Task A_hundred_thousand_notifications_reach_a_slow_reader_and_never_keep_the_server_waiting()
    {
        const int Count = 100_000;
        _codex.Plays(Enumerable.Range(1, Count).Select(static number => Codex_fixture.Says($"i{number}", $"{number}")).Append(Codex_fixture.Completed()));
        await using var handle = await Spawn(Request());
        await Deadline.Until(() => File.Exists(_codex.At("turn.1")), "everything to be written, with nobody reading events");

        var events = await All(handle);

        events.OfType<AssistantTextEvent>().Select(static said => said.Text).ShouldBe(Enumerable.Range(1, Count).Select(static number => $"{number}"));
        events[^1].ShouldBeOfType<ResultEvent>();
    }

    [Fact, Trait("spec", "WK-69")]
    public async Task A_missing_program_is_named_with_the_way_to_get_it()
    {
        var nowhere = new Dictionary<string, string> { ["PATH"] = _place.Make("empty") };
        (await Should.ThrowAsync<ProviderUnavailableException>(() => Provider().Prepare(nowhere, CancellationToken.None)))
            .Message.ShouldBe("provider 'codex' is not available: the program 'codex' is not on PATH; install it with 'npm install -g @openai/codex' and log in once with 'codex login', or set providers.codex.binary in daemon.yaml");
        Provider().Locate(new Dictionary<string, string> { ["PATH"] = _place.At("empty"), ["CODEX_BIN"] = Path.Combine(_codex.Directory, "codex") }).Missing.ShouldBeNull();
        (await Provider().Probe(Request().Environment, CancellationToken.None)).ShouldBe(new ProviderFinding(ProviderHealth.Ready, "0.120.0"));
    }

    [Theory]
    [InlineData("", null, null, "gpt-5-codex")]
    [InlineData("m", "opus", "n", "m")]
    [InlineData("", "sonnet", "n", "gpt-5.2-codex")]
    [InlineData("", "haiku", null, "gpt-5.3-codex")]
    [InlineData("", "other", "n", "n")]
    public void The_model_is_the_first_that_is_named(string asked, string? tier, string? named, string expected)
    {
        var environment = new Dictionary<string, string>();
        if (tier is not null)
            environment["CODEX_MODEL_TIER"] = tier;
        if (named is not null)
            environment["CODEX_MODEL"] = named;
        CodexModels.Choose(Request() with { Model = asked, Environment = environment }).ShouldBe(expected);
    }

    [Fact, Trait("spec", "WK-39")]
    public void Capabilities_are_those_required()
    {
        var can = Provider().Capabilities;
        (can.SupportsMessageInjection, can.SupportsSessionResume, can.SupportsMidTurnInput, can.SupportsToolPlugins, can.AcceptsMcpServerSpec, can.SupportsReasoningEffort, can.CanModifyWorkspace)
            .ShouldBe((true, true, true, true, true, true, true));
        (can.NeedsBaseInstructions, can.NeedsPermissionConfig, can.EmitsSubagentEvents, can.AcceptsAllowedToolsList, can.ToolPermissionFormat, can.HumanLabel)
            .ShouldBe((true, true, false, false, "codex", "Codex"));
    }

    private static Dictionary<string, string> Snapshot(string directory) => Directory.GetFiles(directory, "*", SearchOption.AllDirectories)
        .ToDictionary(static file => file, static file => $"{File.GetLastWriteTimeUtc(file).Ticks} {File.ReadAllText(file)}");

    private string Here(string line) => line.Replace("/w/s2", _place.At("work"), StringComparison.Ordinal);

    private CodexProvider Provider(ProviderSettings? settings = null) => new(new ProviderSetup(_place.At("memory"), TimeProvider.System, settings ?? ProviderSettings.None));

    private Task<IAgentHandle> Spawn(AgentRequest request, ProviderSettings? settings = null) => Provider(settings).Spawn(request, CancellationToken.None);

    private AgentRequest Request() => new()
    {
        Prompt = "Fix it.",
        WorkingDirectory = _place.Make("work"),
        Environment = new Dictionary<string, string> { ["PATH"] = $"{_codex.Directory}:/usr/bin:/bin", ["HOME"] = _place.Make("home") },
        Host = _host,
    };

    private static async Task<List<AgentEvent>> All(IAgentHandle handle)
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var events = new List<AgentEvent>();
        await foreach (var happening in handle.Turn(bound.Token))
            events.Add(happening);
        return events;
    }

    private static string Brief(AgentEvent happening) => happening switch
    {
        InitEvent init => $"init:{init.SessionId}",
        SystemEvent notice => $"system:{notice.Subtype}",
        AssistantTextEvent => "said",
        ToolUseEvent use => $"use:{use.ToolUseId}",
        ToolResultEvent result => $"result:{result.ToolUseId}",
        ErrorEvent error => $"error:{error.Code}",
        ResultEvent end => end.Success ? "end+" : "end-",
        _ => "?",
    };
}
