using System.Text.Json;
using Donmai.Core.Providers;
using Donmai.Sessions;
using Donmai.Sessions.Events;
using Donmai.Worker.Providers;

namespace Donmai.Worker.Tests.Providers;

public sealed class Amp_sessions : IDisposable
{
    private const string Init = """{"type":"system","subtype":"init","session_id":"T-1","cwd":"/w","tools":["Bash"],"mcp_servers":[]}""";
    private const string Prompted = """{"type":"user","message":{"role":"user","content":[{"type":"text","text":"Go."}]},"session_id":"T-1"}""";
    private const string Failed = """{"type":"result","subtype":"error_during_execution","is_error":true,"error":"out of credits","duration_ms":5,"num_turns":1,"session_id":"T-1"}""";
    private const string Done = """{"type":"result","subtype":"success","is_error":false,"result":"Done.","duration_ms":5,"num_turns":2,"session_id":"T-1"}""";

    private readonly TemporaryDirectory _place = new();
    private readonly FakeAgent _agent;
    private readonly FakeHost _host;
    private readonly IAgentProvider _provider;

    public Amp_sessions()
    {
        _agent = new FakeAgent(_place, "amp");
        _host = new FakeHost(_place);
        _provider = ProcessAgent.Of("amp").Construct(_place);
    }

    public void Dispose() => _place.Dispose();

    [Fact, Trait("spec", "WK-64"), Trait("spec", "WK-34")]
    public async Task The_system_prompt_precedes_the_prompt_and_usage_is_summed()
    {
        _agent.Play(Init, Prompted, Says("a", 10, 1), Says("b", 20, 2), Done);
        await using var handle = await _provider.Spawn(Request() with { SystemPrompt = "Be brief." }, CancellationToken.None);

        var events = await Turns.All(handle);

        _agent.Input().ShouldBe("Be brief.\n\nGo.");
        _agent.Arguments().ShouldBe(["-x", "--stream-json", "--no-ide", "--no-notifications", "--dangerously-allow-all"]);
        events.Select(static happening => happening.GetType().Name).ShouldBe(
            ["InitEvent", "SystemEvent", "AssistantTextEvent", "AssistantTextEvent", "ResultEvent"]);
        events[1].ShouldBeOfType<SystemEvent>().Subtype.ShouldBe("user_message");
        events[4].ShouldBeOfType<ResultEvent>().Cost.ShouldBe(new AgentCost { InputTokens = 30, OutputTokens = 3, NumTurns = 2 });
    }

    [Fact, Trait("spec", "WK-44")]
    public async Task A_follow_up_continues_the_thread_with_the_same_options()
    {
        _agent.Play(Init, Done);
        await using var handle = await _provider.Spawn(
            Request() with { SystemPrompt = "S", Model = "m", McpServers = [new McpServer { Name = "a", Command = "/bin/a" }] }, CancellationToken.None);
        await Turns.All(handle);
        handle.SessionId.ShouldBe("T-1");

        await handle.Inject("And now?", CancellationToken.None);
        await Turns.All(handle);

        _agent.Arguments(1).ShouldBe(["threads", "continue", "T-1", .. _agent.Arguments(0)]);
        _agent.Arguments(1).ShouldContain("--model");
        _agent.Input(1).ShouldBe("And now?");
        _agent.WorkingDirectory(1).ShouldBe(_agent.WorkingDirectory(0));
        _agent.Environment(1).ShouldBe(_agent.Environment(0));
    }

    [Fact]
    public async Task A_thread_is_resumed()
    {
        _agent.Play(Init, Done);
        await using var handle = await _provider.Resume("T-0", Request() with { SystemPrompt = "S" }, CancellationToken.None);

        (await Turns.All(handle))[1].ShouldBeOfType<SystemEvent>().Subtype.ShouldBe("resumed");
        _agent.Arguments()[..3].ShouldBe(["threads", "continue", "T-0"]);
        _agent.Input().ShouldBe("Go.");
        await Should.ThrowAsync<ProviderSessionNotFoundException>(() => _provider.Resume("", Request(), CancellationToken.None));
    }

    [Fact]
    public async Task A_thread_that_is_not_known_is_said_to_be_so()
    {
        _agent.Options("EXIT=1; STDERR='Error: Thread not found: T-0'").Play("");
        await using var handle = await _provider.Resume("T-0", Request(), CancellationToken.None);

        var result = (await Turns.All(handle)).ShouldHaveSingleItem().ShouldBeOfType<ResultEvent>();

        (result.Success, result.ErrorSubtype).ShouldBe((false, "session_not_found"));
        KnownTroubles.Of(result.Errors!.ShouldHaveSingleItem()).ShouldBe(KnownTrouble.UnknownSession);
    }

    [Fact, Trait("spec", "WK-47")]
    public async Task The_words_of_a_failure_are_kept()
    {
        _agent.Play(Init, Failed);
        await using var handle = await _provider.Spawn(Request(), CancellationToken.None);

        (await Turns.All(handle))[^1].ShouldBeOfType<ResultEvent>().Errors.ShouldBe(["out of credits"]);
    }

    [Fact]
    public async Task A_policy_is_a_private_settings_file_that_is_removed()
    {
        _agent.Play(Init, "#hang");
        var handle = await _provider.Spawn(
            Request() with
            {
                Policy = ExecutionPolicy.AllowList,
                AllowPatterns = ["Bash(git:*)", "Edit", "mcp__a"],
                DisallowedTools = ["AskUserQuestion", "mcp__claude_ai_Linear__*", "Bash(git push:*)"],
            },
            CancellationToken.None);
        await Deadline.Until(() => _agent.Has("hanging.0"), "the agent to hang");
        var file = _agent.Arguments()[Array.IndexOf(_agent.Arguments(), "--settings-file") + 1];

        using var settings = JsonDocument.Parse(await File.ReadAllTextAsync(file));

        settings.RootElement.GetProperty("amp.permissions").EnumerateArray().Select(static rule => rule.GetRawText()).ShouldBe(
        [
            """{"tool":"Bash","matches":{"cmd":"git push"},"action":"reject"}""",
            """{"tool":"Bash","matches":{"cmd":"git push *"},"action":"reject"}""",
            """{"tool":"Bash","matches":{"cmd":"git"},"action":"allow"}""",
            """{"tool":"Bash","matches":{"cmd":"git *"},"action":"allow"}""",
            """{"tool":"edit_file","action":"allow"}""",
            """{"tool":"undo_edit","action":"allow"}""",
            """{"tool":"mcp__a__*","action":"allow"}""",
            """{"tool":"*","action":"reject"}""",
        ]);
        _agent.Arguments().ShouldNotContain("--dangerously-allow-all");
        File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await handle.DisposeAsync();
        Directory.GetFiles(_place.At("private")).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_program_does_not_understand_is_left_out_or_refused()
    {
        _agent.Help("-x --stream-json --mcp-config <file>").Play(Init, Done);
        await using (var handle = await _provider.Spawn(Request() with { Model = "m" }, CancellationToken.None))
            await Turns.All(handle);

        _agent.Arguments().ShouldBe(["-x", "--stream-json"]);
        _host.Warnings.ShouldHaveSingleItem().ShouldBe("amp takes no model; 'm' was left out");
        (await Should.ThrowAsync<AgentStartException>(() => _provider.Spawn(Request() with { Policy = ExecutionPolicy.Deny }, CancellationToken.None)))
            .Message.ShouldContain("--settings-file");
        Directory.GetFiles(_place.Make("private")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Tool_servers_stand_by_their_names()
    {
        _agent.Play(Init, "#hang");
        await using var handle = await _provider.Spawn(Request() with { McpServers = [new McpServer { Name = "a", Command = "/bin/a" }] }, CancellationToken.None);
        await Deadline.Until(() => _agent.Has("hanging.0"), "the agent to hang");

        using var servers = JsonDocument.Parse(await File.ReadAllTextAsync(_agent.Arguments()[Array.IndexOf(_agent.Arguments(), "--mcp-config") + 1]));

        servers.RootElement.GetProperty("a").GetProperty("command").GetString().ShouldBe("/bin/a");
    }

    [Fact, Trait("spec", "WK-69")]
    public async Task Without_a_key_and_without_a_login_it_says_how_to_log_in()
    {
        var environment = ProcessAgent.Environment(_place);
        environment.Remove("AMP_API_KEY");
        _provider.Locate(environment).Missing!.ShouldContain("'amp login'");
        (await Should.ThrowAsync<ProviderUnavailableException>(() => _provider.Prepare(environment, CancellationToken.None))).Message.ShouldContain("AMP_API_KEY");

        _place.Write(".local/share/amp/secrets.json", "{}");

        _provider.Locate(environment).Missing.ShouldBeNull();
        await _provider.Prepare(environment, CancellationToken.None);
        (await _provider.Probe(environment, CancellationToken.None)).ShouldBe(new ProviderFinding(ProviderHealth.Ready, "1.0"));
    }

    private static string Says(string text, int input, int output) =>
        $$$"""{"type":"assistant","message":{"type":"message","role":"assistant","content":[{"type":"text","text":"{{{text}}}"}],"usage":{"input_tokens":{{{input}}},"output_tokens":{{{output}}}}},"parent_tool_use_id":null,"session_id":"T-1"}""";

    private AgentRequest Request() => new()
    {
        Prompt = "Go.",
        WorkingDirectory = _place.Make("work"),
        Environment = ProcessAgent.Environment(_place),
        Host = _host,
    };
}
