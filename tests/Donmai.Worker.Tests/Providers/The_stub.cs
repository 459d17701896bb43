using Donmai.Sessions.Events;
using Donmai.Worker.Providers;
using Donmai.Worker.Providers.Stub;

namespace Donmai.Worker.Tests.Providers;

public sealed class The_stub : IDisposable
{
    private readonly TemporaryDirectory _place = new();
    private readonly StubProvider _provider = new(TimeProvider.System);

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
        Host = new FakeHost(_place),
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
