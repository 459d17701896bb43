using Donmai.Sessions.Events;
using Donmai.Worker.Providers;
using Donmai.Worker.Providers.Stub;

namespace Donmai.Worker.Tests.Providers;

public sealed class The_stub : IDisposable
{
    private readonly TemporaryDirectory _place = new();
    private readonly StubProvider _provider = new(TimeProvider.System);
    private readonly FakeHost _host;

    public The_stub() => _host = new FakeHost(_place);

    public void Dispose() => _place.Dispose();

    [Theory, Trait("spec", "WK-67")]
    [InlineData("succeed-with-pr", "init starting text use result text end+")]
    [InlineData("fail-on-clone", "init error")]
    [InlineData("silent-fail", "init starting")]
    [InlineData("slow-tool", "init starting use progress progress progress result end+")]
    [InlineData("cost-overrun", "init starting text end+")]
    [InlineData("mid-stream-error", "init starting text error")]
    [InlineData("agent-failed", "init starting text end-")]
    [InlineData("dirty-tree", "init starting use result end+")]
    [InlineData("two-turns", "init starting text end+")]
    [InlineData("never heard of", "init starting text use result text end+")]
    public async Task Each_behaviour_gives_exactly_its_sequence(string behavior, string sequence)
    {
        var events = await All(await Spawn($$"""{"stub.behavior":"{{behavior}}"}"""));
        string.Join(' ', events.Select(Brief)).ShouldBe(sequence);
        events[0].ShouldBeOfType<InitEvent>().SessionId.ShouldMatch("^stub-session-[0-9a-f]{16}$");
    }

    [Fact, Trait("spec", "WK-67")]
    public async Task Fixed_parts_of_the_scripts()
    {
        var events = await All(await Spawn("{}"));
        events.OfType<ResultEvent>().Single().Message!.ShouldContain("stub://pr/123");
        var cost = (await All(await Spawn("""{"stub.behavior":"cost-overrun"}"""))).OfType<ResultEvent>().Single().Cost!;
        (cost.InputTokens, cost.OutputTokens, cost.TotalCostUsd, cost.NumTurns).ShouldBe((1_000_000, 500_000, 999.99, 42));
        (await All(await Spawn("""{"stub.behavior":"slow-tool","stub.progressTicks":1.9}"""))).OfType<ToolProgressEvent>().Count().ShouldBe(1);
        (await All(await Spawn("""{"stub.behavior":"flood","stub.count":2000}"""))).Count.ShouldBe(2003);
        (await All(await Spawn("""{"stub.behavior":"big-line","stub.bytes":100000}"""))).OfType<AssistantTextEvent>().Single().Text.Length.ShouldBe(100_000);
    }

    [Fact, Trait("spec", "WK-67")]
    public async Task Configuration_beats_the_environment()
    {
        string.Join(' ', (await All(await Spawn("{}", "silent-fail"))).Select(Brief)).ShouldBe("init starting");
        string.Join(' ', (await All(await Spawn("""{"stub.behavior":"fail-on-clone"}""", "silent-fail"))).Select(Brief)).ShouldBe("init error");
        string.Join(' ', (await All(await Spawn("""{"stub.behavior":"nonsense"}""", "silent-fail"))).Select(Brief)).ShouldBe("init starting");
    }

    [Fact, Trait("spec", "WK-67")]
    public async Task A_script_plays_its_events()
    {
        var handle = await Spawn("""{"stub.behavior":"script","stub.events":[{"kind":"init","sessionId":"x"},{"kind":"assistant_text","text":"hi","delayMs":1},{"kind":"result","success":true}]}""");
        string.Join(' ', (await All(handle)).Select(Brief)).ShouldBe("init text end+");
    }

    [Theory, Trait("spec", "WK-67"), Trait("spec", "WK-34")]
    [InlineData("""[{"kind":"result","success":true},{"kind":"assistant_text","text":"late"}]""", "end+")]
    [InlineData("""[{"kind":"assistant_text","text":"a"},{"kind":"unheard of"},{"kind":"assistant_text","text":"b"}]""", "text error")]
    [InlineData("""[7]""", "error")]
    [InlineData("""[{"kind":"assistant_text","text":"a","delayMs":-5},{"kind":"assistant_text","text":"b","delayMs":"x"}]""", "text text")]
    [InlineData("""{"no":"list"}""", "")]
    public async Task A_script_that_is_none_has_one_clear_outcome(string events, string sequence) =>
        string.Join(' ', (await All(await Spawn($$"""{"stub.behavior":"script","stub.events":{{events}}}"""))).Select(Brief)).ShouldBe(sequence);

    [Fact, Trait("spec", "WK-67")]
    public async Task A_commit_is_a_real_one_and_its_failure_is_told()
    {
        var variables = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin", ["HOME"] = _place.Root, ["GIT_CONFIG_NOSYSTEM"] = "1" };
        var request = Request("""{"stub.behavior":"commit-only"}""", null) with { Environment = variables, WorkingDirectory = _place.Make("tree") };
        string.Join(' ', (await All(await _provider.Spawn(request, CancellationToken.None))).Select(Brief)).ShouldBe("init starting use error");

        _place.Write(".gitconfig", "[user]\n\tname = A\n\temail = a@example.net\n");
        Shell.Run(_place.At("tree"), variables, "git", "init", "-q");
        var events = await All(await _provider.Spawn(request, CancellationToken.None));

        string.Join(' ', events.Select(Brief)).ShouldBe("init starting use result text end+");
        Shell.Run(_place.At("tree"), variables, "git", "rev-parse", "HEAD").Trim().ShouldBe(events.OfType<ToolResultEvent>().Single().Content);
    }

    [Fact, Trait("spec", "WK-67")]
    public async Task A_sleep_takes_its_time_and_a_flood_none()
    {
        var clock = new FakeClock { LimitsFrom = TimeSpan.FromHours(1) };
        string.Join(' ', (await All(await new StubProvider(clock).Spawn(Request("""{"stub.behavior":"sleep","stub.sleepSeconds":7}""", null), CancellationToken.None))).Select(Brief))
            .ShouldBe("init starting end+");
        clock.Waits.ShouldBe([TimeSpan.FromSeconds(7)]);

        (await All(await Spawn("""{"stub.behavior":"flood","stub.count":300000}"""))).Count.ShouldBe(300_003);
    }

    [Fact, Trait("spec", "WK-67"), Trait("spec", "WK-29")]
    public async Task A_child_that_is_left_behind_and_deaf_is_ended_by_a_stop()
    {
        await using var handle = await Spawn("""{"stub.behavior":"spawn-child","stub.hang":true}""");
        var reading = All(handle);
        await Deadline.Until(() => _host.Living.Count == 1, "the child to be known");
        var group = _host.Living[0];
        await Deadline.Until(() => _host.Leftovers.Find(group).Count > 0, "the grandchild to run");

        var stopped = await handle.Stop(CancellationToken.None);

        (stopped.Forced, stopped.Alive).ShouldBe((true, 0));
        _host.Leftovers.Find(group).Where(static entry => !entry.IsZombie).ShouldBeEmpty();
        (await reading)[^1].ShouldBeOfType<ResultEvent>().ErrorSubtype.ShouldBe("stopped");
    }

    [Fact, Trait("spec", "WK-67")]
    public async Task Any_number_of_messages_start_turns_and_seventeen_at_once_are_too_many()
    {
        await using var handle = await Spawn("""{"stub.behavior":"two-turns"}""");
        for (var turn = 1; turn <= 20; turn++)
        {
            (await All(handle)).OfType<AssistantTextEvent>().Single().Text.ShouldBe($"Turn {turn}.");
            await handle.Inject("next", CancellationToken.None);
        }

        await using var hanging = await Spawn("""{"stub.behavior":"hang-then-timeout"}""");
        for (var message = 1; message <= 16; message++)
            await hanging.Inject("x", CancellationToken.None);
        await Should.ThrowAsync<AgentNotReadyException>(() => hanging.Inject("x", CancellationToken.None));
    }

    [Fact, Trait("spec", "WK-67")]
    public async Task An_injected_message_reaches_the_turn_that_waits_and_follow_ups_start_the_next()
    {
        await using var waiting = await Spawn("""{"stub.behavior":"inject-test"}""");
        await waiting.Inject("hello", CancellationToken.None);
        (await All(waiting)).OfType<AssistantTextEvent>().Single().Text.ShouldBe("injected: hello");

        await using var asking = await Spawn("""{"stub.behavior":"ask-then-continue"}""");
        (await All(asking)).OfType<AssistantTextEvent>().Single().Text.ShouldBe("Which way?");
        await asking.Inject("left", CancellationToken.None);
        (await All(asking)).OfType<AssistantTextEvent>().Single().Text.ShouldBe("continued: left");

        await using var deaf = await Spawn("""{"stub.injectUnsupported":true}""");
        await Should.ThrowAsync<AgentUnsupportedException>(() => deaf.Inject("x", CancellationToken.None));
    }

    [Fact]
    public async Task A_resumed_session_keeps_its_id_and_says_so()
    {
        await using var handle = await _provider.Resume("stub-session-1", Request("{}", null), CancellationToken.None);
        string.Join(' ', (await All(handle)).Take(2).Select(Brief)).ShouldBe("init resumed");
        handle.SessionId.ShouldBe("stub-session-1");
        await Should.ThrowAsync<ProviderSessionNotFoundException>(() => _provider.Resume("", Request("{}", null), CancellationToken.None));
        await Should.ThrowAsync<AgentStartException>(() => _provider.Spawn(Request("{}", null), new CancellationToken(canceled: true)));
    }

    [Fact, Trait("spec", "WK-68")]
    public async Task A_stop_gives_one_result_before_the_natural_end_and_nothing_after_it()
    {
        await using var hanging = await Spawn("""{"stub.behavior":"hang-then-timeout"}""");
        var reading = All(hanging);
        await hanging.Stop(CancellationToken.None);
        await hanging.Stop(CancellationToken.None);
        var result = (await reading).OfType<ResultEvent>().Single();
        (result.Success, result.ErrorSubtype, result.Errors!.Count).ShouldBe((false, "stopped", 1));
        await Should.ThrowAsync<AgentNotReadyException>(() => hanging.Inject("x", CancellationToken.None));

        await using var ended = await Spawn("{}");
        await All(ended);
        await ended.Stop(CancellationToken.None);
        (await All(ended)).ShouldBeEmpty();
    }

    [Fact, Trait("spec", "WK-39")]
    public void Capabilities_are_those_required()
    {
        var stub = _provider.Capabilities;
        (stub.SupportsMessageInjection, stub.SupportsSessionResume, stub.SupportsMidTurnInput, stub.CanModifyWorkspace, stub.HumanLabel).ShouldBe((true, true, false, true, "Test Stub"));
        var claude = new Donmai.Worker.Providers.Claude.ClaudeProvider(_place.At("probes"), TimeProvider.System).Capabilities;
        (claude.SupportsMessageInjection, claude.SupportsSessionResume, claude.SupportsToolPlugins, claude.NeedsBaseInstructions, claude.SupportsReasoningEffort, claude.EmitsSubagentEvents, claude.HumanLabel)
            .ShouldBe((true, true, true, false, true, true, "Claude"));
    }

    [Fact, Trait("spec", "WK-8")]
    public void The_catalogue_is_sorted_lazy_and_names_what_there_is()
    {
        var built = new List<string>();
        var catalog = new ProviderCatalog(new Dictionary<string, Func<IAgentProvider>>
        {
            ["stub"] = () => { built.Add("stub"); return _provider; },
            ["amp"] = () => throw new ProviderUnavailableException("no amp"),
        });
        catalog.Names.ShouldBe(["amp", "stub"]);
        Should.Throw<ProviderUnavailableException>(() => catalog.Resolve("nope")).Message.ShouldBe("no provider registered as 'nope'; available: amp, stub");
        built.ShouldBeEmpty();
        catalog.Resolve("stub").ShouldBeSameAs(_provider);
    }

    private Task<IAgentHandle> Spawn(string configuration, string? mode = null) => _provider.Spawn(Request(configuration, mode), CancellationToken.None);

    private AgentRequest Request(string configuration, string? mode) => new()
    {
        Prompt = "p",
        WorkingDirectory = _place.Make("work"),
        Environment = mode is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["RENSEI_STUB_MODE"] = mode },
        Host = _host,
        Configuration = ProviderConfiguration.From(new JsonText(configuration)),
    };

    private static async Task<List<AgentEvent>> All(IAgentHandle handle)
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var events = new List<AgentEvent>();
        await foreach (var happening in handle.Turn(bound.Token))
            events.Add(happening);
        return events;
    }

    private static string Brief(AgentEvent happening) => happening switch
    {
        InitEvent => "init",
        SystemEvent notice => notice.Subtype,
        AssistantTextEvent => "text",
        ToolUseEvent => "use",
        ToolResultEvent => "result",
        ToolProgressEvent => "progress",
        ResultEvent end => end.Success ? "end+" : "end-",
        _ => "error",
    };
}
