using System.Text.Json.Nodes;
using Donmai.Sessions.Events;
using Donmai.Worker.Providers;

namespace Donmai.Worker.Tests.Providers;

public sealed class Opencode_runs : IDisposable
{
    private const string Help = "--command --session --model --agent --format --variant --dir --auto";

    private readonly TemporaryDirectory _place = new();
    private readonly FakeAgent _agent;
    private readonly FakeHost _host;
    private readonly IAgentProvider _provider;

    public Opencode_runs()
    {
        _agent = new FakeAgent(_place, "opencode");
        _agent.Play(Opencode_fixture.Start, Opencode_fixture.Stop);
        _host = new FakeHost(_place);
        _provider = ProcessAgent.Of("opencode").Construct(_place);
    }

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task A_program_that_says_nothing_of_itself_gets_the_oldest_options_and_the_system_prompt_before_the_prompt()
    {
        await Run(Request() with { SystemPrompt = "S", Model = "anthropic/claude", Effort = "high" });

        _agent.Arguments().ShouldBe(
            ["run", "--format", "json", "--dangerously-skip-permissions", "--dir", _place.At("work"), "--model", "anthropic/claude", "--variant", "high"]);
        _agent.Input().ShouldBe("S\n\nGo.");
    }

    [Fact]
    public async Task The_options_are_those_the_program_names()
    {
        _agent.Help("--format --model --auto");

        await Run(Request() with { Effort = "high" });

        _agent.Arguments().ShouldBe(["run", "--format", "json", "--auto"]);
        _host.Warnings.ShouldHaveSingleItem().ShouldContain("'high' was left out");
    }

    [Fact]
    public async Task The_system_prompt_is_an_instruction_of_a_private_configuration()
    {
        _agent.Help(Help).Play(Opencode_fixture.Start, "#hang");
        await using var handle = await _provider.Spawn(
            Request() with { SystemPrompt = "Be brief.", McpServers = [new McpServer { Name = "a", Command = "/bin/a", Arguments = ["--stdio"] }] }, CancellationToken.None);
        await Deadline.Until(() => _agent.Has("hanging.0"), "the agent to hang");

        var configuration = Configuration();

        _agent.Input().ShouldBe("Go.");
        (await File.ReadAllTextAsync((string)configuration["instructions"]![0]!)).ShouldBe("Be brief.");
        configuration["mcp"]!.ToJsonString().ShouldBe("""{"a":{"type":"local","command":["/bin/a","--stdio"],"enabled":true}}""");
        configuration.ContainsKey("permission").ShouldBeFalse();
        await handle.DisposeAsync();
        Directory.GetFiles(_place.At("private")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Tool_servers_may_be_somewhere_else()
    {
        await Run(Request() with
        {
            McpServers = [new McpServer { Name = "a", Type = "http", Url = "https://tools.example", Headers = new Dictionary<string, string> { ["X-Key"] = "k" } }],
        });

        Configuration()["mcp"]!.ToJsonString().ShouldBe("""{"a":{"type":"remote","url":"https://tools.example","enabled":true,"headers":{"X-Key":"k"}}}""");
    }

    [Fact]
    public async Task A_system_prompt_that_replaces_the_program_s_own_is_an_agent()
    {
        _agent.Help(Help);

        await Run(Request() with { SystemPrompt = "You are a parrot.", ReplacesSystemPrompt = true });

        _agent.Arguments()[^2..].ShouldBe(["--agent", "donmai"]);
        Configuration()["agent"]!.ToJsonString().ShouldBe("""{"donmai":{"mode":"primary","prompt":"You are a parrot."}}""");
    }

    [Fact]
    public async Task A_policy_is_a_set_of_permissions_on_top_of_the_user_s_own_configuration()
    {
        _agent.Help(Help);
        var request = Request();
        await Run(request with
        {
            Environment = new Dictionary<string, string>(request.Environment) { ["OPENCODE_CONFIG_CONTENT"] = """{"theme":"dark","permission":{"edit":"allow"}}""" },
            Policy = ExecutionPolicy.AllowList,
            ReadsOnly = true,
            AllowPatterns = ["Bash(git:*)", "Edit", "Read", "mcp__a"],
            DisallowedTools = ["AskUserQuestion", "Bash(git push:*)"],
        });

        _agent.Arguments().ShouldNotContain("--auto");
        ((string)Configuration()["theme"]!).ShouldBe("dark");
        Configuration()["permission"]!.ToJsonString().ShouldBe(
            """{"*":"deny","bash":{"*":"deny","git":"allow","git *":"allow","git push":"deny","git push *":"deny"},"edit":"deny","webfetch":"deny","read":"allow","list":"allow","a_*":"allow"}""");
    }

    [Fact, Trait("spec", "WK-44"), Trait("spec", "WK-34")]
    public async Task A_follow_up_continues_the_session_with_the_same_options_and_configuration()
    {
        _agent.Help(Help);
        await using var handle = await _provider.Spawn(Request() with { SystemPrompt = "S" }, CancellationToken.None);
        (await Turns.All(handle)).Select(static happening => happening.GetType().Name).ShouldBe(["InitEvent", "ResultEvent"]);

        await handle.Inject("And now?", CancellationToken.None);
        (await Turns.All(handle)).Select(static happening => happening.GetType().Name).ShouldBe(["InitEvent", "ResultEvent"]);

        _agent.Arguments(1).ShouldBe([.. _agent.Arguments(0), "--session", "ses_1"]);
        _agent.Input(1).ShouldBe("And now?");
        _agent.Environment(1).ShouldBe(_agent.Environment(0));
    }

    [Fact]
    public async Task A_session_is_resumed()
    {
        await using var handle = await _provider.Resume("ses_0", Request(), CancellationToken.None);

        (await Turns.All(handle))[1].ShouldBeOfType<SystemEvent>().Subtype.ShouldBe("resumed");
        _agent.Arguments()[^2..].ShouldBe(["--session", "ses_0"]);
        await Should.ThrowAsync<ProviderSessionNotFoundException>(() => _provider.Resume("", Request(), CancellationToken.None));
    }

    private JsonObject Configuration() => JsonNode.Parse(_agent.Environment()["OPENCODE_CONFIG_CONTENT"])!.AsObject();

    private async Task Run(AgentRequest request)
    {
        await using var handle = await _provider.Spawn(request, CancellationToken.None);
        (await Turns.All(handle))[^1].ShouldBeOfType<ResultEvent>().Success.ShouldBeTrue();
    }

    private AgentRequest Request() => new()
    {
        Prompt = "Go.",
        WorkingDirectory = _place.Make("work"),
        Environment = ProcessAgent.Environment(_place),
        Host = _host,
    };
}
