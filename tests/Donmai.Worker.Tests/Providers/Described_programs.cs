using Donmai.Core.Providers;
using Donmai.Sessions.Events;
using Donmai.Worker.Providers;
using Donmai.Worker.Providers.Generic;

namespace Donmai.Worker.Tests.Providers;

/// <summary>Agents that <c>daemon.yaml</c> describes (docs/providers.md).</summary>
public sealed class Described_programs : IDisposable
{
    private readonly TemporaryDirectory _place = new();
    private readonly FakeAgent _agent;
    private readonly FakeHost _host;

    public Described_programs()
    {
        _agent = new FakeAgent(_place, "aider");
        _host = new FakeHost(_place);
    }

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Words_for_people_are_the_agent_s_and_the_exit_code_says_how_it_went()
    {
        _agent.Play("Looking around.", "", "WORK_RESULT:passed");
        await using var handle = await Spawn(new GenericAgent { Command = "aider", Arguments = ["--yes", "{directory}"] }, Request() with { SystemPrompt = "S" });

        var events = await Turns.All(handle);

        string.Join('|', events.Select(Brief)).ShouldBe("init|Looking around.\n|WORK_RESULT:passed\n|end+");
        handle.SessionId.ShouldStartWith("session-");
        _agent.Arguments().ShouldBe(["--yes", _place.At("work")]);
        _agent.Input().ShouldBe("S\n\nGo.");
        _agent.WorkingDirectory().ShouldBe(_place.At("work"));
        await Should.ThrowAsync<AgentUnsupportedException>(() => handle.Inject("more", CancellationToken.None));
    }

    [Fact, Trait("spec", "WK-24")]
    public async Task A_program_that_fails_says_how()
    {
        _agent.Options("EXIT=4; STDERR='no key'").Play("Hm.");
        await using var handle = await Spawn(new GenericAgent { Command = "aider" }, Request());
        var error = (await Turns.All(handle))[^1].ShouldBeOfType<ErrorEvent>();
        (error.Fatal, error.Message).ShouldBe((true, "aider ended without a result (exit code 4): no key"));
    }

    [Fact]
    public async Task A_session_begins_before_the_program_says_anything()
    {
        _agent.Play("#hang");
        await using var handle = await Spawn(new GenericAgent { Command = "aider" }, Request());
        await using var turn = handle.Turn(CancellationToken.None).GetAsyncEnumerator();
        (await turn.MoveNextAsync()).ShouldBeTrue();
        turn.Current.ShouldBeOfType<InitEvent>();
    }

    [Fact]
    public async Task Everything_asked_for_has_its_arguments_and_the_prompt_is_one()
    {
        _agent.Play("ok");
        var agent = new GenericAgent
        {
            Command = "aider",
            Arguments = ["run"],
            ModelArguments = ["--model", "{model}"],
            EffortArguments = ["--effort={effort}"],
            SystemPromptArguments = ["--read", "{systemPromptFile}"],
            ResumeArguments = ["--continue"],
            Prompt = PromptDelivery.Argument,
        };
        await using var handle = await Spawn(agent, Request() with { Model = "m", Effort = "high", SystemPrompt = "S", Prompt = "say {model}; $(touch x) 'q'" });
        await Turns.All(handle);
        var arguments = _agent.Arguments();
        arguments[..5].ShouldBe(["run", "--model", "m", "--effort=high", "--read"]);
        (await File.ReadAllTextAsync(arguments[5])).ShouldBe("S");
        arguments[6..].ShouldBe(["say {model}; $(touch x) 'q'"]);
        _agent.Input().ShouldBe("");

        await handle.Inject("And now?", CancellationToken.None);
        await Turns.All(handle);
        _agent.Arguments(1)[6..].ShouldBe(["--continue", "And now?"]);
        await handle.DisposeAsync();
        Directory.GetFiles(_place.At("private")).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_not_asked_for_has_no_arguments_and_the_prompt_has_its_place()
    {
        _agent.Play("ok");
        var agent = new GenericAgent { Command = "aider", Arguments = ["-m", "{prompt}", "-v"], ModelArguments = ["--model", "{model}"], Prompt = PromptDelivery.Argument };
        await using var handle = await Spawn(agent, Request());
        await Turns.All(handle);
        _agent.Arguments().ShouldBe(["-m", "Go.", "-v"]);
    }

    [Fact]
    public async Task A_prompt_that_no_argument_can_hold_is_refused_with_the_way_out()
    {
        var agent = new GenericAgent { Command = "aider", Prompt = PromptDelivery.Argument };
        (await Should.ThrowAsync<AgentStartException>(() => Spawn(agent, Request() with { Prompt = new string('x', 200_000) }))).Message.ShouldContain("providers.aider.prompt to stdin");
        (await Should.ThrowAsync<AgentStartException>(() => Spawn(agent, Request() with { Prompt = "a\0b" }))).Message.ShouldContain("NUL");
    }

    [Fact]
    public async Task Events_in_the_product_s_own_form_need_no_mapping()
    {
        _agent.Play(
            """{"kind":"init","sessionId":"s-1"}""",
            """{"kind":"assistant_text","text":"hi"}""",
            """{"kind":"tool_use","toolName":"Bash","toolUseId":"t","input":{"command":"ls"}}""",
            """{"kind":"tool_result","toolUseId":"t","content":"a","isError":true}""",
            """{"kind":"system","message":"note"}""",
            """{"kind":"error","message":"hm"}""",
            """{"kind":"ignore"}""",
            """{"kind":"result","success":true,"message":"done","cost":{"inputTokens":5,"outputTokens":6,"cachedInputTokens":4,"totalCostUsd":0.5}}""");
        await using var handle = await Spawn(Json(new GenericMapping()), Request());

        var events = await Turns.All(handle);

        string.Join('|', events.Select(Brief)).ShouldBe("""init|hi|use Bash t {"command":"ls"} shell|result Bash t True a|system note|error error False hm|end+""");
        handle.SessionId.ShouldBe("s-1");
        var end = events.OfType<ResultEvent>().Single();
        (end.Message, end.Cost!.InputTokens, end.Cost.OutputTokens, end.Cost.CachedInputTokens, end.Cost.TotalCostUsd).ShouldBe(("done", 5, 6, 4, 0.5));
    }

    [Fact]
    public async Task A_foreign_form_is_mapped_by_paths_and_words()
    {
        _agent.Play(
            """{"type":"session","session":{"id":"s-2"}}""",
            """{"type":"say","body":[{"text":"hi"}]}""",
            """{"type":"call","call":{"id":7,"name":"lookup","args":{"q":"x"}}}""",
            """{"type":"called","call":{"id":7,"out":{"lines":2},"error":"boom"}}""",
            """{"type":"usage","tokens":{"in":10,"out":3}}""",
            """{"type":"heartbeat"}""",
            """{"type":"surprise"}""",
            """{"type":"bye","status":"failed","why":"no idea"}""");
        var mapping = new GenericMapping
        {
            Kind = "type",
            Kinds = { ["session"] = "init", ["say"] = "assistant_text", ["call"] = "tool_use", ["called"] = "tool_result", ["usage"] = "ignore", ["heartbeat"] = "ignore", ["bye"] = "result" },
            SessionId = "session.id",
            Text = "body.0.text",
            ToolName = "call.name",
            ToolId = "call.id",
            ToolInput = "call.args",
            ToolOutput = "call.out",
            ToolFailed = "call.error",
            Success = "status",
            Message = "why",
            InputTokens = "tokens.in",
            OutputTokens = "tokens.out",
        };
        await using var handle = await Spawn(Json(mapping), Request());

        var events = await Turns.All(handle);

        string.Join('|', events.Select(Brief)).ShouldBe("""init|hi|use lookup 7 {"q":"x"} |result lookup 7 True {"lines":2}|unknown surprise|end- no idea""");
        var end = events.OfType<ResultEvent>().Single();
        (end.Cost!.InputTokens, end.Cost.OutputTokens).ShouldBe((10, 3));
    }

    [Fact]
    public async Task A_follow_up_names_the_session_as_the_program_did()
    {
        _agent.Play(0, """{"kind":"init","sessionId":"s-3"}""", """{"kind":"result"}""").Play(1, """{"kind":"result"}""");
        var agent = Json(new GenericMapping()) with { ResumeArguments = ["--resume", "{sessionId}"] };
        await using var handle = await Spawn(agent, Request());
        await Turns.All(handle);
        await handle.Inject("And now?", CancellationToken.None);
        (await Turns.All(handle)).OfType<ResultEvent>().Single().Success.ShouldBeTrue();
        _agent.Arguments(1).ShouldBe(["--resume", "s-3"]);
        _agent.Input(1).ShouldBe("And now?");

        await using var resumed = await Provider(agent).Resume("s-9", Request(), CancellationToken.None);
        await Turns.All(resumed);
        _agent.Arguments(2).ShouldBe(["--resume", "s-9"]);
        await Should.ThrowAsync<AgentUnsupportedException>(() => Provider(Json(new GenericMapping())).Resume("s-9", Request(), CancellationToken.None));
    }

    [Fact]
    public async Task A_program_that_never_names_its_session_cannot_be_told_to_go_on()
    {
        _agent.Play("""{"kind":"result"}""");
        await using var handle = await Spawn(Json(new GenericMapping()) with { ResumeArguments = ["--resume", "{sessionId}"] }, Request());
        string.Join('|', (await Turns.All(handle)).Select(Brief)).ShouldBe("init|end+");
        (await Should.ThrowAsync<AgentStartException>(() => handle.Inject("x", CancellationToken.None))).Message.ShouldContain("mapping.sessionId");
    }

    [Fact]
    public async Task Where_no_line_ends_a_turn_the_exit_code_does()
    {
        var mapping = new GenericMapping { Kinds = { ["say"] = "assistant_text" } };
        _agent.Play("""{"kind":"say","text":"a"}""");
        await using (var handle = await Spawn(Json(mapping), Request()))
            string.Join('|', (await Turns.All(handle)).Select(Brief)).ShouldBe("init|a|end+");
        _agent.Options("EXIT=1");
        await using (var handle = await Spawn(Json(mapping), Request()))
            (await Turns.All(handle))[^1].ShouldBeOfType<ErrorEvent>().Fatal.ShouldBeTrue();
        await using (var handle = await Spawn(Json(new GenericMapping()), Request()))
            (await Turns.All(handle))[^1].ShouldBeOfType<ErrorEvent>().Code.ShouldBe("spawn_no_result");
    }

    [Theory, Trait("spec", "WK-48")]
    [InlineData("plain words", "undecodable_line plain words")]
    [InlineData("[1]", "undecodable_line [1]")]
    [InlineData("{}", "unknown ")]
    [InlineData("""{"kind":{"deep":1}}""", """unknown {"deep":1}""")]
    public async Task Strange_lines_are_notices(string line, string expected)
    {
        _agent.Play("""{"kind":"init","sessionId":"s"}""", line, """{"kind":"result"}""");
        await using var handle = await Spawn(Json(new GenericMapping()), Request());
        string.Join('|', (await Turns.All(handle)).Select(Brief)).ShouldBe($"init|{expected}|end+");
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("\"OK\"", true)]
    [InlineData("\"error\"", false)]
    [InlineData("null", true)]
    [InlineData("0", false)]
    [InlineData("{}", false)]
    public async Task Success_is_what_says_so(string value, bool expected)
    {
        _agent.Play($$"""{"kind":"result","success":{{value}}}""");
        await using var handle = await Spawn(Json(new GenericMapping()), Request());
        (await Turns.All(handle)).OfType<ResultEvent>().Single().Success.ShouldBe(expected);
    }

    [Fact]
    public async Task What_a_program_cannot_honour_is_said_and_what_cannot_be_enforced_is_not_started()
    {
        _agent.Play("ok");
        await using (var handle = await Spawn(new GenericAgent { Command = "aider" }, Request() with { Model = "m", MaxTurns = 3, MayUseNetwork = false }))
            await Turns.All(handle);
        _host.Warnings.Count.ShouldBe(3);
        _host.Warnings.ShouldContain("aider takes no model; 'm' was left out");

        (await Should.ThrowAsync<AgentStartException>(() => Spawn(new GenericAgent { Command = "aider" }, Request() with { Policy = ExecutionPolicy.AllowList })))
            .Message.ShouldContain("cannot be held to what the session allows");
        _agent.Runs.ShouldBe(1);
    }

    [Fact, Trait("spec", "WK-69")]
    public async Task A_missing_program_is_named_with_its_key()
    {
        var nowhere = new Dictionary<string, string> { ["PATH"] = _place.Make("empty") };
        (await Should.ThrowAsync<ProviderUnavailableException>(() => Provider(new GenericAgent { Command = "aider" }).Prepare(nowhere, CancellationToken.None)))
            .Message.ShouldBe("provider 'aider' is not available: the program 'aider' (providers.aider.command of daemon.yaml) is not on PATH; install it, or name it there with its whole path");
        Provider(new GenericAgent { Command = "/bin/sh" }).Locate(nowhere).Where.ShouldBe("/bin/sh");
        Provider(new GenericAgent { Command = "/nowhere/x" }).Locate(nowhere).Missing.ShouldBe("'/nowhere/x' (providers.aider.command of daemon.yaml) is not an executable file");
        (await Provider(new GenericAgent { Command = "aider" }).Probe(Request().Environment, CancellationToken.None)).ShouldBe(new ProviderFinding(ProviderHealth.Ready));
        (await Provider(new GenericAgent { Command = "aider", VersionArguments = ["--version"] }).Probe(Request().Environment, CancellationToken.None)).Version.ShouldBe("1.0");
        _agent.Runs.ShouldBe(0);
    }

    private static GenericAgent Json(GenericMapping mapping) => new() { Command = "aider", Output = AgentOutput.JsonLines, Mapping = mapping };

    private static GenericProvider Provider(GenericAgent agent) => new("aider", agent, TimeProvider.System);

    private static Task<IAgentHandle> Spawn(GenericAgent agent, AgentRequest request) => Provider(agent).Spawn(request, CancellationToken.None);

    private AgentRequest Request() => new() { Prompt = "Go.", WorkingDirectory = _place.Make("work"), Environment = ProcessAgent.Environment(_place), Host = _host };

    private static string Brief(AgentEvent happening) => happening switch
    {
        InitEvent => "init",
        SystemEvent notice => $"{notice.Subtype} {notice.Message}",
        AssistantTextEvent said => said.Text,
        ToolUseEvent use => $"use {use.ToolName} {use.ToolUseId} {use.Input?.Text} {use.ToolCategory}",
        ToolResultEvent result => $"result {result.ToolName} {result.ToolUseId} {result.IsError} {result.Content}",
        ErrorEvent error => $"error {error.Code} {error.Fatal} {error.Message}",
        ResultEvent end => end.Success ? "end+" : $"end- {string.Join(';', end.Errors!)}",
        _ => "?",
    };
}
