using Donmai.Worker.Providers;
using Donmai.Worker.Providers.Claude;
using Donmai.Worker.Providers.Processes;

namespace Donmai.Worker.Tests.Providers;

public sealed class Claude_arguments : IDisposable
{
    private readonly TemporaryDirectory _place = new();
    private readonly FakeHost _host;
    private readonly AgentRequest _request;

    public Claude_arguments()
    {
        _host = new FakeHost(_place);
        _request = new AgentRequest
        {
            Prompt = "p",
            WorkingDirectory = "/w/s1",
            Environment = new Dictionary<string, string>(),
            Host = _host,
            Model = "claude-sonnet-4-5",
            Effort = "high",
            SystemPrompt = "S",
            Autonomous = false,
            AllowedTools = ["Read", "Bash(git:*)", "", "Read"],
        };
    }

    public void Dispose() => _place.Dispose();

    [Fact, Trait("spec", "WK-41")]
    public void The_example_byte_for_byte() => string.Join(' ', Compose(_request)).ShouldBe(
        "-p --output-format stream-json --verbose --dangerously-skip-permissions --add-dir /w/s1 --model claude-sonnet-4-5 --effort high "
        + "--append-system-prompt S --allowedTools Bash(git:*),Read");

    [Fact, Trait("spec", "WK-42")]
    public void Autonomous_adds_the_31_refusals_and_the_permission_mode()
    {
        var arguments = Compose(_request with { Autonomous = true, DisallowedTools = ["mcp__claude_ai_Linear__*", "AskUserQuestion"] });
        After(arguments, "--permission-mode").ShouldBe("bypassPermissions");
        ClaudeArguments.RefusedWhenAutonomous.Count.ShouldBe(31);
        After(arguments, "--disallowedTools").Split(',').ShouldBe(
            ClaudeArguments.RefusedWhenAutonomous.Append("mcp__claude_ai_Linear__*").Order(StringComparer.Ordinal));
        Compose(_request).ShouldNotContain("--disallowedTools");
        Compose(_request).ShouldNotContain("--permission-mode");
    }

    [Fact, Trait("spec", "WK-40")]
    public void Tool_servers_go_into_a_private_file_that_is_removed()
    {
        var request = _request with
        {
            McpServers =
            [
                new McpServer { Name = "b", Command = "/bin/b", Arguments = ["--stdio"], Environment = new Dictionary<string, string> { ["K"] = "v" } },
                new McpServer { Name = "a", Command = "/bin/a" },
            ],
        };
        string path;
        using (var files = ClaudeFiles.Make(request, ClaudeFeatures.Unknown))
        {
            path = files.McpConfiguration;
            var arguments = ClaudeArguments.Compose(request, ClaudeFeatures.Unknown, files, "");
            arguments[^3..].ShouldBe(["--mcp-config", path, "--strict-mcp-config"]);
            After(arguments, "--allowedTools").ShouldBe("Bash(git:*),Read,mcp__a,mcp__b");
            File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.ReadAllText(path).ShouldBe("""
                {
                  "mcpServers": {
                    "a": {
                      "type": "stdio",
                      "command": "/bin/a",
                      "args": []
                    },
                    "b": {
                      "type": "stdio",
                      "command": "/bin/b",
                      "args": [
                        "--stdio"
                      ],
                      "env": {
                        "K": "v"
                      }
                    }
                  }
                }
                """);
        }

        File.Exists(path).ShouldBeFalse();
        Should.Throw<AgentStartException>(() => McpConfigurationFile.Compose([new McpServer { Name = "x", Command = "" }])).Message.ShouldContain("'x'");
        Should.Throw<AgentStartException>(() => McpConfigurationFile.Compose([new McpServer { Name = "", Command = "c" }])).Message.ShouldContain("0");
    }

    [Fact]
    public void What_the_program_understands_decides_the_form()
    {
        var features = ClaudeFeatures.Of(new ProgramDescription
        {
            Help = "--allowedTools <tools...>  --append-system-prompt-file <file> (choices: \"dontAsk\")  --tools <tools...> --max-budget-usd <amount>",
        });
        var arguments = Compose(_request, features);
        After(arguments, "--append-system-prompt-file").ShouldStartWith(_place.At("private"));
        arguments[^3..].ShouldBe(["--allowedTools", "Bash(git:*)", "Read"]);
        var denied = Compose(_request with { Policy = ExecutionPolicy.Deny, AllowedTools = [] }, features);
        denied.ShouldNotContain("--dangerously-skip-permissions");
        After(denied, "--tools").ShouldBe("");
        After(denied, "--permission-mode").ShouldBe("dontAsk");
        After(Compose(_request with { Policy = ExecutionPolicy.AllowList }), "--permission-mode").ShouldBe("default");
    }

    [Fact]
    public void A_limit_of_cost_is_given_where_it_is_understood()
    {
        After(Compose(_request with { MaxCostUsd = 2.5 }, new ClaudeFeatures { CostLimit = true }), "--max-budget-usd").ShouldBe("2.5");
        Compose(_request with { MaxCostUsd = 2.5 }).ShouldNotContain("--max-budget-usd");
    }

    [Theory]
    [InlineData(1_000_000, "sonnet", true, "sonnet[1m]", true)]
    [InlineData(2_000_000, "sonnet[1m]", true, "sonnet[1m]", true)]
    [InlineData(1_000_000, "sonnet", false, "sonnet", false)]
    [InlineData(999_999, "sonnet", true, "sonnet", false)]
    [InlineData(1_000_000, "", true, "", false)]
    [InlineData(0, "sonnet", true, "sonnet", true)]
    public void A_large_context_window_is_part_of_the_model_where_it_is_understood(int window, string model, bool isUnderstood, string given, bool isHonoured)
    {
        var features = ClaudeFeatures.Of(new ProgramDescription { Help = isUnderstood ? "--model <model>  e.g. 'sonnet' or 'sonnet[1m]'" : "--model <model>" });
        var request = _request with { Model = model, Configuration = ProviderConfiguration.Empty.With("contextWindow", window) };
        var arguments = Compose(request, features);
        (arguments.Contains("--model") ? After(arguments, "--model") : "").ShouldBe(given);
        features.HonoursContext(request).ShouldBe(isHonoured);
    }

    [Fact]
    public void An_agent_that_only_reads_has_no_tool_that_writes()
    {
        var arguments = Compose(_request with { ReadsOnly = true, AllowedTools = ["Edit", "Read", "Write"] });
        After(arguments, "--allowedTools").ShouldBe("Read");
        After(arguments, "--disallowedTools").ShouldBe("Edit,NotebookEdit,Write");
    }

    [Fact]
    public void A_pattern_with_a_comma_is_left_out_with_a_warning_where_it_would_be_split()
    {
        After(Compose(_request with { AllowedTools = ["Bash(a,b)", "Read"] }), "--allowedTools").ShouldBe("Read");
        _host.Warnings.ShouldHaveSingleItem().ShouldContain("Bash(a,b)");
    }

    [Fact]
    public void A_system_prompt_too_long_for_an_argument_precedes_the_prompt()
    {
        var request = _request with { SystemPrompt = new string('x', 200_000) };
        using var files = ClaudeFiles.Make(request, ClaudeFeatures.Unknown);
        files.PromptPrefix.Length.ShouldBe(200_002);
        ClaudeArguments.Compose(request, ClaudeFeatures.Unknown, files, "").ShouldNotContain("--append-system-prompt");
    }

    private static List<string> Compose(AgentRequest request, ClaudeFeatures? features = null)
    {
        using var files = ClaudeFiles.Make(request, features ?? ClaudeFeatures.Unknown);
        return ClaudeArguments.Compose(request, features ?? ClaudeFeatures.Unknown, files, "");
    }

    private static string After(List<string> arguments, string flag) => arguments[arguments.IndexOf(flag) + 1];
}
