using Donmai.Core.Providers;
using Donmai.Sessions.Events;
using Donmai.Worker.Providers;
using Donmai.Worker.Providers.Gemini;

namespace Donmai.Worker.Tests.Providers;

/// <summary>The <c>gemini</c> command line (worker.md §4.4.2).</summary>
public sealed class Gemini_runs : IDisposable
{
    private readonly TemporaryDirectory _place = new();
    private readonly FakeAgent _agent;
    private readonly FakeHost _host;
    private readonly GeminiProvider _provider;

    public Gemini_runs()
    {
        _agent = new FakeAgent(_place, "gemini");
        _host = new FakeHost(_place);
        _provider = new GeminiProvider(new ProviderSetup(_place.At("probes"), TimeProvider.System, ProviderSettings.None) { Environment = ProcessAgent.Environment(_place) });
    }

    public void Dispose() => _place.Dispose();

    [Fact, Trait("spec", "WK-62")]
    public async Task The_fixture_gives_nine_events()
    {
        _agent.Play(Gemini_fixture.Run);
        await using var handle = await Spawn(Request());

        var events = await Turns.All(handle);

        string.Join(' ', events.Select(static happening => happening.GetType().Name.Replace("Event", "", StringComparison.Ordinal)))
            .ShouldBe("Init AssistantText ToolUse ToolResult ToolUse ToolResult System AssistantText Result");
        handle.SessionId.ShouldBe("9d2f6a10-0000-4000-8000-00000000000a");
        events.OfType<AssistantTextEvent>().Select(static said => said.Text).ShouldBe(["Reading the code.", "Fixed.\nWORK_RESULT:passed\n"]);
        var uses = events.OfType<ToolUseEvent>().ToList();
        (uses[0].ToolName, uses[0].ToolUseId, uses[0].Input!.Text, uses[0].ToolCategory).ShouldBe(("read_file", "t-1", """{"absolute_path":"/w/s3/src/Round.cs"}""", "filesystem"));
        uses[1].ToolCategory.ShouldBe("shell");
        var results = events.OfType<ToolResultEvent>().ToList();
        (results[0].ToolName, results[0].Content, results[0].IsError).ShouldBe(("read_file", "class Round {}", false));
        (results[1].ToolName, results[1].Content, results[1].IsError).ShouldBe(("run_shell_command", "exit code 1", true));
        var notice = events.OfType<SystemEvent>().Single();
        (notice.Subtype, notice.Message).ShouldBe(("warning", "loop detected, retrying"));
        var end = events.OfType<ResultEvent>().Single();
        (end.Success, end.DurationMs, end.Cost!.InputTokens, end.Cost.OutputTokens, end.Cost.CachedInputTokens).ShouldBe((true, 15200, 840, 60, 700));
    }

    [Fact, Trait("spec", "WK-44")]
    public async Task A_follow_up_continues_the_session_with_the_same_options()
    {
        _agent.Help("--skip-trust").Play(Gemini_fixture.Run);
        await using var handle = await Spawn(Request() with { SystemPrompt = "S", Model = "gemini-3-pro" });
        await Turns.All(handle);
        await handle.Inject("And now?", CancellationToken.None);
        await Turns.All(handle);

        _agent.Arguments(0).ShouldBe(["--output-format", "stream-json", "--approval-mode", "yolo", "--skip-trust", "-m", "gemini-3-pro", "-p", "Carry out the task given on standard input."]);
        _agent.Arguments(1).ShouldBe(
            ["--output-format", "stream-json", "--approval-mode", "yolo", "--skip-trust", "-m", "gemini-3-pro", "--resume", handle.SessionId, "-p", "Carry out the task given on standard input."]);
        _agent.Input(0).ShouldBe("S\n\nGo.");
        _agent.Input(1).ShouldBe("And now?");
        _agent.Environment(1).ShouldBe(_agent.Environment(0));
    }

    [Theory]
    [InlineData(nameof(ExecutionPolicy.Full), false, "", "yolo", "")]
    [InlineData(nameof(ExecutionPolicy.Full), true, "--approval-mode choices: plan", "plan", "")]
    [InlineData(nameof(ExecutionPolicy.Deny), false, "--approval-mode choices: plan", "plan", "")]
    [InlineData(nameof(ExecutionPolicy.Deny), false, "--approval-mode", "default", "")]
    [InlineData(nameof(ExecutionPolicy.AllowList), false, "--allowed-tools", "auto_edit", "run_shell_command(git),read_file,run_shell_command(npm test),run_shell_command")]
    [InlineData(nameof(ExecutionPolicy.AllowList), false, "--other", "auto_edit", "")]
    public async Task What_the_agent_may_do_is_said_in_gemini_s_words(string policy, bool readsOnly, string help, string mode, string tools)
    {
        _agent.Help(help).Play(Gemini_fixture.Run);
        await using var handle = await Spawn(Request() with
        {
            Policy = Enum.Parse<ExecutionPolicy>(policy),
            ReadsOnly = readsOnly,
            AllowPatterns = ["Bash(git:*)", "Read", "Task", "Bash(npm test)", "Bash", "Bash(a,b:*)"],
        });
        await Turns.All(handle);

        var arguments = _agent.Arguments();
        arguments[Array.IndexOf(arguments, "--approval-mode") + 1].ShouldBe(mode);
        if (tools.Length > 0)
            arguments[Array.IndexOf(arguments, "--allowed-tools") + 1].ShouldBe(tools);
        else
            arguments.ShouldNotContain("--allowed-tools");
    }

    [Theory]
    [InlineData("""{"type":"result","status":"error","error":{"type":"FatalAuthenticationError","message":"Please login: Unauthorized"},"stats":{}}""", "FatalAuthenticationError", "Please login: Unauthorized")]
    [InlineData("""{"type":"result","status":"error"}""", "error", "gemini ended with an error and did not say which")]
    [InlineData("""{"type":"result"}""", "error", "gemini ended with an error and did not say which")]
    public async Task A_failure_is_told_in_gemini_s_words(string line, string subtype, string message)
    {
        _agent.Play(Gemini_fixture.Run[0], line);
        await using var handle = await Spawn(Request());
        var end = (await Turns.All(handle)).OfType<ResultEvent>().Single();
        (end.Success, end.ErrorSubtype).ShouldBe((false, subtype));
        end.Errors.ShouldBe([message]);
    }

    [Fact]
    public async Task A_run_that_reached_its_limit_of_turns_says_so_and_keeps_what_was_said()
    {
        _agent.Options("EXIT=53").Play(Gemini_fixture.Run[..4]);
        await using var handle = await Spawn(Request());
        var events = await Turns.All(handle);
        events.OfType<AssistantTextEvent>().Single().Text.ShouldBe("Reading the code.");
        events.OfType<ResultEvent>().Single().ErrorSubtype.ShouldBe("error_max_turns");
    }

    [Theory, Trait("spec", "WK-48")]
    [InlineData("not json", "undecodable_line")]
    [InlineData("[]", "undecodable_line")]
    [InlineData("""{"no":"type"}""", "undecodable_line")]
    [InlineData("""{"type":"thought","text":"x"}""", "unknown")]
    [InlineData("""{"type":"error","severity":"error","message":5}""", "error")]
    public async Task Strange_lines_are_notices(string line, string subtype)
    {
        _agent.Play(Gemini_fixture.Run[0], line, Gemini_fixture.Run[^1]);
        await using var handle = await Spawn(Request());
        var events = await Turns.All(handle);
        events.OfType<SystemEvent>().Single().Subtype.ShouldBe(subtype);
        events.OfType<ResultEvent>().Single().Success.ShouldBeTrue();
    }

    [Fact, Trait("spec", "WK-39")]
    public void Capabilities_are_those_required()
    {
        var can = _provider.Capabilities;
        (can.SupportsMessageInjection, can.SupportsSessionResume, can.SupportsToolPlugins, can.AcceptsMcpServerSpec, can.SupportsReasoningEffort, can.CanModifyWorkspace, can.HumanLabel)
            .ShouldBe((true, true, false, false, false, true, "Gemini"));
    }

    private Task<IAgentHandle> Spawn(AgentRequest request) => _provider.Spawn(request, CancellationToken.None);

    private AgentRequest Request() => new() { Prompt = "Go.", WorkingDirectory = _place.Make("work"), Environment = ProcessAgent.Environment(_place), Host = _host };
}
