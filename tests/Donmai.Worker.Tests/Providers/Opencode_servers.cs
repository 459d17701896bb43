using System.Text.Json.Nodes;
using Donmai.Core.Providers;
using Donmai.Sessions;
using Donmai.Sessions.Events;
using Donmai.Worker.Providers;
using Donmai.Worker.Providers.Opencode;

namespace Donmai.Worker.Tests.Providers;

public sealed class Opencode_servers : IAsyncDisposable
{
    private const string Prompt = "POST /session/ses_1/prompt_async";
    private const string Idle = """{"type":"session.idle","properties":{"sessionID":"ses_1"}}""";
    private const string User = """{"type":"message.updated","properties":{"info":{"id":"m1","sessionID":"ses_1","role":"user"}}}""";

    private readonly TemporaryDirectory _place = new();
    private readonly FakeOpencodeServer _server = new();
    private readonly FakeHost _host;
    private readonly OpencodeProvider _provider;

    public Opencode_servers()
    {
        _host = new FakeHost(_place) { Clock = new HurriedClock() };
        _provider = new OpencodeProvider(new ProviderSetup(_place.At("probes"), TimeProvider.System, new ProviderSettings { Endpoint = _server.Http.Address.AbsoluteUri }));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _place.Dispose();
    }

    [Fact, Trait("spec", "WK-34"), Trait("spec", "WK-63")]
    public async Task A_turn_is_asked_for_after_the_subscription_and_told_event_by_event()
    {
        _server.Sends(
            User,
            """{"type":"message.part.updated","properties":{"part":{"id":"p0","sessionID":"ses_1","messageID":"m1","type":"text","text":"Go.","time":{"end":1}}}}""",
            """{"type":"message.part.updated","properties":{"part":{"id":"px","sessionID":"ses_9","messageID":"mx","type":"text","text":"not ours","time":{"end":1}}}}""",
            Text("p1", "Look"),
            """{"type":"message.part.delta","properties":{"sessionID":"ses_1","messageID":"m2","partID":"p1","field":"text","delta":"ing"}}""",
            Tool("running", ""","input":{"command":"ls"}"""),
            Tool("completed", ""","input":{"command":"ls"},"output":"a.txt" """),
            Text("p2", "Done.", isComplete: true),
            Text("p2", "Done.", isComplete: true),
            Answer("""{"input":10,"output":5,"reasoning":1,"cache":{"read":2,"write":3}}"""),
            Answer("""{"input":20,"output":6,"reasoning":1,"cache":{"read":2,"write":3}}"""),
            Idle);
        await using var handle = await _provider.Spawn(Request() with { SystemPrompt = "Be brief.", Model = "anthropic/claude/x", Effort = "high" }, CancellationToken.None);

        var events = await Turns.All(handle);

        _server.Questions.ShouldBe(["POST /session", "GET /event", Prompt]);
        _server.Http.Asked.ShouldAllBe(asked => asked.Directory == Uri.EscapeDataString(_place.At("work")));
        _server.BodyOf(Prompt).ShouldBe(
            """{"parts":[{"type":"text","text":"Go."}],"model":{"providerID":"anthropic","modelID":"claude/x"},"variant":"high","system":"Be brief."}""");
        events.Select(static happening => happening.GetType().Name).ShouldBe(
            ["InitEvent", "AssistantTextEvent", "ToolUseEvent", "ToolResultEvent", "AssistantTextEvent", "ResultEvent"]);
        events.OfType<AssistantTextEvent>().Select(static text => text.Text).ShouldBe(["Looking", "Done."]);
        events.OfType<ToolResultEvent>().Single().Content.ShouldBe("a.txt");
        var result = events[^1].ShouldBeOfType<ResultEvent>();
        (result.Success, result.Cost).ShouldBe((true, new AgentCost
        {
            InputTokens = 20,
            OutputTokens = 6,
            ReasoningTokens = 1,
            CachedInputTokens = 2,
            CacheWriteTokens = 3,
            TotalCostUsd = 0.5,
        }));
    }

    [Fact]
    public async Task A_follow_up_is_another_prompt_of_the_same_session()
    {
        _server.Sends(Text("p1", "One.", isComplete: true), Idle);
        await using var handle = await _provider.Spawn(Request(), CancellationToken.None);
        await Should.ThrowAsync<AgentNotReadyException>(() => handle.Inject("too early", CancellationToken.None));
        await Turns.All(handle);
        _server.Sends(Text("p2", "Two.", isComplete: true), Idle);

        await handle.Inject("And now?", CancellationToken.None);

        (await Turns.All(handle)).OfType<AssistantTextEvent>().ShouldHaveSingleItem().Text.ShouldBe("Two.");
        _server.BodyOf(Prompt).ShouldContain("And now?");
        _server.Questions.Count(static question => question == "POST /session").ShouldBe(1);
    }

    [Fact]
    public async Task A_session_is_resumed_without_telling_again_what_was_said()
    {
        _server.Http.On("GET /session/ses_1/message", 200, $"[{Said("p1", "Before.")}]");
        _server.Sends(Text("p1", "Before.", isComplete: true), Text("p2", "After.", isComplete: true), Idle);
        await using var handle = await _provider.Resume("ses_1", Request(), CancellationToken.None);

        var events = await Turns.All(handle);

        events[1].ShouldBeOfType<SystemEvent>().Subtype.ShouldBe("resumed");
        events.OfType<AssistantTextEvent>().ShouldHaveSingleItem().Text.ShouldBe("After.");
        await Should.ThrowAsync<ProviderSessionNotFoundException>(() => _provider.Resume("ses_0", Request(), CancellationToken.None));
    }

    [Fact]
    public async Task A_lost_connection_is_made_again_and_what_was_missed_is_taken()
    {
        _server.Sends(Text("p1", "Before.", isComplete: true)).Breaks();
        _server.Http.On("GET /session/ses_1/message", 200, $"[{Said("p1", "Before.")},{Said("p2", "Meanwhile.", ""","time":{"completed":5},"finish":"stop" """)}]");
        await using var handle = await _provider.Spawn(Request(), CancellationToken.None);

        var events = await Turns.All(handle);

        _server.Subscriptions.ShouldBe(2);
        events.OfType<AssistantTextEvent>().Select(static text => text.Text).ShouldBe(["Before.", "Meanwhile."]);
        events[^1].ShouldBeOfType<ResultEvent>().Success.ShouldBeTrue();
    }

    [Fact]
    public async Task A_server_that_is_gone_ends_the_turn()
    {
        _server.Breaks();
        await using var handle = await _provider.Spawn(Request(), CancellationToken.None);
        _server.Http.On("GET /event", 503, "going down");

        var error = (await Turns.All(handle))[^1].ShouldBeOfType<ErrorEvent>();

        (error.Code, error.Fatal).ShouldBe(("opencode_stream_read", true));
        error.Message.ShouldContain("503");
    }

    [Theory]
    [InlineData("""{"type":"session.error","properties":{"sessionID":"ses_1","error":{"name":"ProviderAuthError","data":{"message":"Invalid API key"}}}}""")]
    [InlineData("""{"type":"message.updated","properties":{"info":{"id":"m2","sessionID":"ses_1","role":"assistant","error":{"name":"E","data":{"message":"Invalid API key"}}}}}""")]
    public async Task An_error_makes_the_turn_a_failure_with_its_words(string trouble)
    {
        _server.Sends(trouble, trouble, Idle);
        await using var handle = await _provider.Spawn(Request(), CancellationToken.None);

        var events = await Turns.All(handle);

        events.OfType<ErrorEvent>().ShouldHaveSingleItem().Message.ShouldBe("Invalid API key");
        var result = events[^1].ShouldBeOfType<ResultEvent>();
        result.Success.ShouldBeFalse();
        result.Errors.ShouldBe(["Invalid API key"]);
    }

    [Fact]
    public async Task Permission_is_given_to_the_session_and_its_sub_agents_and_to_nobody_else()
    {
        _server.Sends(
            """{"type":"permission.asked","properties":{"id":"per_9","sessionID":"ses_9","permission":"bash"}}""",
            """{"type":"permission.asked","properties":{"id":"per_1","sessionID":"ses_1","permission":"bash"}}""",
            """{"type":"session.created","properties":{"info":{"id":"ses_2","parentID":"ses_1"}}}""",
            """{"type":"permission.updated","properties":{"id":"per_1","sessionID":"ses_2","title":"ls"}}""",
            Idle);
        await using var handle = await _provider.Spawn(Request(), CancellationToken.None);

        (await Turns.All(handle)).OfType<SystemEvent>().Select(static notice => (notice.Subtype, notice.Message)).ShouldBe([("approval", "bash"), ("approval", "ls")]);

        _server.BodyOf("POST /session/ses_1/permissions/per_1").ShouldBe("""{"response":"once"}""");
        _server.Questions.Count(static question => question.Contains("permissions", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task A_stop_abandons_the_turn()
    {
        _server.Sends(Text("p1", "Working.", isComplete: true));
        await using var handle = await _provider.Spawn(Request(), CancellationToken.None);
        await using var reading = handle.Turn(CancellationToken.None).GetAsyncEnumerator();
        await reading.MoveNextAsync();
        await reading.MoveNextAsync();

        await handle.Stop(CancellationToken.None);

        (await reading.MoveNextAsync()).ShouldBeFalse();
        _server.Questions.ShouldContain("POST /session/ses_1/abort");
        await Should.ThrowAsync<AgentNotReadyException>(() => handle.Inject("x", CancellationToken.None));
    }

    [Fact]
    public async Task A_server_of_somebody_else_is_refused_where_it_would_have_to_be_held_to_a_policy() =>
        (await Should.ThrowAsync<AgentStartException>(() => _provider.Spawn(Request() with { Policy = ExecutionPolicy.Deny }, CancellationToken.None)))
            .Message.ShouldContain("somebody else's");

    [Fact, Trait("spec", "WK-69")]
    public async Task A_server_is_probed_and_one_that_is_away_says_what_to_do()
    {
        _provider.Locate(new Dictionary<string, string>()).Where.ShouldBe(_server.Http.Address.AbsoluteUri);
        (await _provider.Probe(new Dictionary<string, string>(), CancellationToken.None)).ShouldBe(new ProviderFinding(ProviderHealth.Ready, "1.2.3"));
        await _provider.Prepare(new Dictionary<string, string>(), CancellationToken.None);

        using var closed = new ClosedPort();
        var away = new Dictionary<string, string> { ["OPENCODE_ENDPOINT"] = $"http://127.0.0.1:{closed.Number}" };
        (await _provider.Probe(away, CancellationToken.None)).Health.ShouldBe(ProviderHealth.Unhealthy);
        (await Should.ThrowAsync<ProviderUnavailableException>(() => _provider.Prepare(away, CancellationToken.None))).Message.ShouldContain("'opencode serve'");
    }

    [Fact]
    public async Task The_password_of_a_server_is_given_as_it_wants_it()
    {
        _server.Sends(Idle);
        var request = Request();
        await using var handle = await _provider.Spawn(
            request with { Environment = new Dictionary<string, string>(request.Environment) { ["OPENCODE_SERVER_PASSWORD"] = "hush" } }, CancellationToken.None);

        _server.Http.Asked.First().Authorization.ShouldBe("Basic " + Convert.ToBase64String("opencode:hush"u8.ToArray()));
    }

    [Fact]
    public async Task A_server_of_its_own_is_started_with_a_password_and_ended_with_the_session()
    {
        _place.Script("bin/opencode", "#!/bin/sh\nd=$(dirname \"$0\"); env > \"$d/env.0\"; echo \"$@\" > \"$d/argv.tmp\"; mv \"$d/argv.tmp\" \"$d/argv.0\"; exec sleep 300\n");
        await using var own = new OpencodeProvider(new ProviderSetup(_place.At("probes"), TimeProvider.System, ProviderSettings.None));
        var host = new FakeHost(_place);
        var starting = own.Spawn(Own() with { Host = host, SystemPrompt = "S", McpServers = [new McpServer { Name = "a", Command = "/bin/a" }] }, CancellationToken.None);
        await Deadline.Until(() => File.Exists(_place.At("bin/argv.0")), "the server to be started");
        var arguments = (await File.ReadAllTextAsync(_place.At("bin/argv.0"))).Trim();
        arguments.ShouldMatch(@"^serve --hostname 127\.0\.0\.1 --port \d+$");
        await using var server = new FakeOpencodeServer(int.Parse(arguments.Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture));
        server.Sends(Text("p1", "Hi.", isComplete: true), Idle);

        var handle = await starting;

        (await Turns.All(handle)).Select(static happening => happening.GetType().Name).ShouldBe(["InitEvent", "AssistantTextEvent", "ResultEvent"]);
        var environment = (await File.ReadAllLinesAsync(_place.At("bin/env.0"))).Select(static line => line.Split('=', 2)).ToDictionary(static pair => pair[0], static pair => pair[^1]);
        var credentials = "Basic " + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("opencode:" + environment["OPENCODE_SERVER_PASSWORD"]));
        server.Http.Asked.ShouldAllBe(asked => asked.Authorization == credentials);
        var configuration = JsonNode.Parse(environment["OPENCODE_CONFIG_CONTENT"])!;
        configuration["mcp"]!["a"]!["type"]!.ToString().ShouldBe("local");
        configuration["permission"]!["*"]!.ToString().ShouldBe("allow");
        var pid = host.Living.ShouldHaveSingleItem();
        (await handle.Stop(CancellationToken.None)).Alive.ShouldBe(0);
        await handle.DisposeAsync();
        Deadline.IsAlive(pid).ShouldBeFalse();
        host.Living.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("echo 'port is taken' >&2; exit 7", 1, "exit code 7): port is taken")]
    [InlineData("sleep 300", 5, "did not answer within 10 s")]
    public async Task A_server_of_its_own_that_does_not_answer_is_ended_and_told(string shell, int hurry, string words)
    {
        var host = new FakeHost(_place) { Clock = new HurriedClock(hurry) };
        _place.Script("bin/opencode", $"#!/bin/sh\n{shell}\n");
        await using var own = new OpencodeProvider(new ProviderSetup(_place.At("probes"), TimeProvider.System, ProviderSettings.None));

        (await Should.ThrowAsync<AgentStartException>(() => own.Spawn(Own() with { Host = host }, CancellationToken.None))).Message.ShouldContain(words);

        host.Living.ShouldBeEmpty();
    }

    private static string Text(string id, string text, bool isComplete = false)
    {
        var time = isComplete ? ""","time":{"start":1,"end":2}""" : "";
        return Part($$"""{"id":"{{id}}","sessionID":"ses_1","messageID":"m2","type":"text","text":"{{text}}"{{time}}""");
    }

    private static string Tool(string status, string rest) =>
        Part($$"""{"id":"t1","sessionID":"ses_1","messageID":"m2","type":"tool","tool":"bash","callID":"c1","state":{"status":"{{status}}"{{rest}} }""");

    private static string Part(string part) => $$"""{"type":"message.part.updated","properties":{"part":{{part}} } } }""";

    private static string Answer(string tokens) =>
        $$"""{"type":"message.updated","properties":{"info":{"id":"m2","sessionID":"ses_1","role":"assistant","cost":0.5,"tokens":{{tokens}} } } }""";

    private static string Said(string part, string text, string info = "") =>
        $$"""{"info":{"id":"m-{{part}}","sessionID":"ses_1","role":"assistant"{{info}} },"parts":[{"id":"{{part}}","sessionID":"ses_1","messageID":"m-{{part}}","type":"text","text":"{{text}}","time":{"end":1} }]}""";

    private AgentRequest Own() => Request() with
    {
        Configuration = ProviderConfiguration.From(new JsonText("""{"opencode.mode":"server"}""")),
        Host = _host,
    };

    private AgentRequest Request() => new()
    {
        Prompt = "Go.",
        WorkingDirectory = _place.Make("work"),
        Environment = ProcessAgent.Environment(_place),
        Host = _host,
    };
}
