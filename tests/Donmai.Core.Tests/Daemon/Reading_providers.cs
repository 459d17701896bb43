using Donmai.Core.Daemon;
using Donmai.Core.Providers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Donmai.Core.Tests.Daemon;

/// <summary><c>providers.&lt;id&gt;</c> of <c>daemon.yaml</c> (docs/providers.md).</summary>
public sealed class Reading_providers : IDisposable
{
    private const string Frame = """
        machine: { id: m }
        orchestrator: { url: "file:///queue" }
        providers:

        """;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("donmai-providers-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void A_provider_that_no_adapter_is_built_in_for_is_described_whole()
    {
        var settings = Read("""
              aider:
                command: aider
                label: Aider
                arguments: [--yes, --json]
                modelArguments: [--model, "{model}"]
                effortArguments: [--effort, "{effort}"]
                systemPromptArguments: [--read, "{systemPromptFile}"]
                resumeArguments: [--resume, "{sessionId}"]
                versionArguments: [--version]
                prompt: argument
                output: json-lines
                environment: [OPENAI_API_KEY, AIDER_*]
                canModifyWorkspace: false
                mapping: { kind: type, kinds: { said: assistant_text, bye: result }, text: body.0.text, sessionId: session.id }
            """)["aider"];

        var agent = settings.Generic!;
        (agent.Command, agent.Label, agent.Prompt, agent.Output, agent.CanModifyWorkspace).ShouldBe(("aider", "Aider", PromptDelivery.Argument, AgentOutput.JsonLines, false));
        agent.Arguments.ShouldBe(["--yes", "--json"]);
        agent.ModelArguments.ShouldBe(["--model", "{model}"]);
        agent.EffortArguments.ShouldBe(["--effort", "{effort}"]);
        agent.SystemPromptArguments.ShouldBe(["--read", "{systemPromptFile}"]);
        agent.ResumeArguments.ShouldBe(["--resume", "{sessionId}"]);
        agent.VersionArguments.ShouldBe(["--version"]);
        agent.Environment.ShouldBe(["OPENAI_API_KEY", "AIDER_*"]);
        (agent.Mapping.Kind, agent.Mapping.Text, agent.Mapping.SessionId, agent.Mapping.ToolName).ShouldBe(("type", "body.0.text", "session.id", "toolName"));
        agent.Mapping.Kinds["bye"].ShouldBe("result");
    }

    [Fact]
    public void Settings_arrive_at_a_worker_as_they_were_read()
    {
        var read = Read("""
              codex: { isolateHome: false, prices: { gpt-9: { input: 1.5, cachedInput: 0.1, output: 9 } } }
              ollama: { endpoint: "http://gpu:11434" }
              mine: { command: ./bin/agent, output: json-lines, mapping: { kinds: { x: ignore } } }
            """);

        var told = ProviderSettings.Read(ProviderSettings.Write(read));

        told["codex"].IsolateHome.ShouldBe(false);
        told["codex"].Prices["gpt-9"].ShouldBe(new ModelPrice(1.5, 0.1, 9));
        told["ollama"].Endpoint.ShouldBe("http://gpu:11434");
        told["mine"].Generic!.Command.ShouldBe("/home/anna/.donmai/bin/agent");
        (told["mine"].Generic!.Output, told["mine"].Generic!.Mapping.Kinds["x"]).ShouldBe((AgentOutput.JsonLines, "ignore"));
        ProviderSettings.Read(null).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("  codex: { command: codex }", "line 4: providers.codex.command is not for codex, which has an adapter of its own; name its program by binary")]
    [InlineData("  My_Agent: { command: x }", "line 4: providers.My_Agent.command is there for \"My_Agent\", which is no id of a provider: lower-case letters, digits and hyphens, 64 at most")]
    [InlineData("  mine: { arguments: [a] }", "line 4: providers.mine.arguments is there without a command")]
    [InlineData("  mine: { label: Mine }", "line 4: providers.mine.label is there without a command")]
    [InlineData("  mine:\n    mapping: { text: a }\n    environment: [A]", "line 5: providers.mine.mapping is there without a command")]
    [InlineData("  mine:\n    command: x\n    prompt: file", "line 6: providers.mine.prompt is \"file\"; it must be one of stdin, argument")]
    [InlineData("  mine:\n    command: x\n    output: xml", "line 6: providers.mine.output is \"xml\"; it must be one of lines, json-lines")]
    [InlineData("  mine:\n    command: x\n    arguments: [\"{prompt}\"]", "line 6: providers.mine.arguments name {prompt}, which is for prompt: argument")]
    [InlineData("  mine:\n    command: x\n    arguments: [[a]]", "line 6: providers.mine.arguments[0] must be a text")]
    [InlineData("  mine:\n    command: x\n    environment: [\"A B\"]", "line 6: providers.mine.environment names \"A B\"; it must be the name of an environment variable, or its beginning and *")]
    [InlineData("  mine:\n    command: x\n    mapping: { text: a }", "line 6: providers.mine.mapping is for output: json-lines")]
    [InlineData("  mine:\n    command: x\n    output: json-lines\n    mapping:\n      text: a..b", "line 8: providers.mine.mapping.text is \"a..b\"; it must be names of members joined by dots")]
    [InlineData("  mine:\n    command: x\n    output: json-lines\n    mapping:\n      kinds: { done: finished }", "line 8: providers.mine.mapping.kinds.done is \"finished\"; it must be one of init, assistant_text, tool_use, tool_result, system, result, error, ignore")]
    [InlineData("  ollama: { endpoint: gpu }", "line 4: providers.ollama.endpoint must be an absolute http or https URL without a password")]
    [InlineData("  ollama: { endpoint: \"http://me:hush@gpu\" }", "line 4: providers.ollama.endpoint must be an absolute http or https URL without a password")]
    [InlineData("  codex: { prices: { m: { input: -1 } } }", "line 4: providers.codex.prices.m.input must not be negative")]
    public void What_is_wrong_is_said_with_its_line(string providers, string expected) =>
        Should.Throw<DaemonConfigurationException>(() => Read(providers)).Message.ShouldContain(expected);

    [Theory]
    [InlineData("providers.mine.command", ConfigurationKind.Text)]
    [InlineData("providers.mine.mapping.kinds.done", ConfigurationKind.Text)]
    [InlineData("providers.mine.arguments", ConfigurationKind.Texts)]
    [InlineData("providers.codex.isolateHome", ConfigurationKind.Flag)]
    [InlineData("providers.codex.prices.gpt-9.input", ConfigurationKind.Number)]
    public void Its_keys_can_be_set_one_by_one(string key, ConfigurationKind kind) => ConfigurationKeys.Find(key)!.Kind.ShouldBe(kind);

    private IReadOnlyDictionary<string, ProviderSettings> Read(string providers)
    {
        var file = Path.Combine(_directory.FullName, "daemon.yaml");
        File.WriteAllText(file, Frame + providers);
        return new DaemonConfigurationReader(new StateDirectory("/home/anna/.donmai"), "/home/anna", NullLogger<DaemonConfigurationReader>.Instance).Read(file)!.Providers;
    }
}
