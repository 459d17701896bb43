using Donmai.Core.Git;
using Donmai.Core.Sessions;
using Donmai.Sessions;
using Donmai.Worker.Sessions;

namespace Donmai.Worker.Tests.Sessions;

public sealed class The_agent_s_environment
{
    private static readonly SessionDetail Detail = new() { SessionId = "s-1", PromptContext = "x", Repository = "https://h/o/n" };

    [Fact, Trait("spec", "WK-82")]
    public void Vectors_of_the_layers()
    {
        Compose(("PATH", "/bin"), ("ANTHROPIC_API_KEY", "host")).ShouldNotContainKey("ANTHROPIC_API_KEY");
        Compose(("PATH", "/bin"), ("ANTHROPIC_API_KEY", "host"))["PATH"].ShouldBe("/bin");
        Compose(("ANTHROPIC_API_KEY", "mine"), ("DONMAI_ITEM_ENV", "A, ANTHROPIC_API_KEY"), ("A", "1"))["ANTHROPIC_API_KEY"].ShouldBe("mine");
        Compose(("X", ""), ("DONMAI_ITEM_ENV", "X"))["X"].ShouldBe("");
        var names = Compose(("ZZ", "1"), ("AA", "1"), ("DONMAI_ITEM_ENV", "ZZ,AA")).Keys.ToList();
        names.ShouldBe(names.Order(StringComparer.Ordinal));
    }

    [Theory, Trait("spec", "WK-84")]
    [InlineData("RENSEI_DAEMON_TOKEN")]
    [InlineData("DONMAI_CONTROL_TOKEN")]
    [InlineData("DONMAI_DAEMON_SECRET")]
    [InlineData("OPENAI_API_KEY")]
    [InlineData("GEMINI_API_KEY")]
    [InlineData("CLAUDECODE")]
    [InlineData("CLAUDE_CODE_ENTRYPOINT")]
    [InlineData("LD_PRELOAD")]
    [InlineData("DYLD_INSERT_LIBRARIES")]
    [InlineData("SOME_PRIVATE_THING")]
    [InlineData("SSH_AUTH_SOCK")]
    [InlineData("RENSEI_STUB_MODE")]
    public void What_is_not_the_agent_s_never_reaches_it(string name)
    {
        Compose((name, "x")).ShouldNotContainKey(name);
        if (name is "RENSEI_DAEMON_TOKEN" or "LD_PRELOAD" or "DONMAI_DAEMON_SECRET")
            Compose((name, "x"), ("DONMAI_ITEM_ENV", name)).ShouldNotContainKey(name);
    }

    [Fact]
    public void The_session_is_named_under_both_families_of_names()
    {
        var environment = Compose(("CLAUDE_CONFIG_DIR", "/c"));
        environment["AGENTFACTORY_SESSION_ID"].ShouldBe("s-1");
        environment["DONMAI_SESSION_ID"].ShouldBe("s-1");
        environment["CLAUDE_CONFIG_DIR"].ShouldBe("/c");
        environment["CI"].ShouldBe("1");
        environment["GIT_TERMINAL_PROMPT"].ShouldBe("0");
        environment.ShouldNotContainKey("LINEAR_ISSUE_ID");
        environment.ShouldNotContainKey("WORKER_AUTH_TOKEN");
    }

    [Theory, Trait("spec", "WK-84")]
    [InlineData("claude", "", "CLAUDE_CODE_USE_BEDROCK CLAUDE_CONFIG_DIR")]
    [InlineData("codex", "", "CODEX_HOME OPENAI_API_KEY OPENAI_BASE_URL")]
    [InlineData("gemini", "", "GEMINI_API_KEY GOOGLE_API_KEY")]
    [InlineData("amp", "", "AMP_API_KEY")]
    [InlineData("opencode", "", "OPENCODE_ENDPOINT")]
    [InlineData("opencode", "anthropic/claude-x", "ANTHROPIC_API_KEY OPENCODE_ENDPOINT")]
    [InlineData("opencode", "openai/gpt-x", "OPENAI_API_KEY OPENCODE_ENDPOINT")]
    [InlineData("ollama", "", "OLLAMA_HOST")]
    [InlineData("nobody", "", "")]
    public void Every_provider_gets_its_own_keys_and_no_other_s(string provider, string model, string names)
    {
        string[] all =
        [
            "CLAUDE_CONFIG_DIR", "CLAUDE_CODE_USE_BEDROCK", "ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "OPENAI_API_KEY", "OPENAI_BASE_URL", "CODEX_HOME",
            "GEMINI_API_KEY", "GOOGLE_API_KEY", "AMP_API_KEY", "OPENCODE_ENDPOINT", "OLLAMA_HOST",
        ];
        var worker = new WorkerVariables(all.ToDictionary(static name => name, static _ => "x", StringComparer.Ordinal));
        var order = WorkOrder.From(Detail with { ResolvedProfile = new ResolvedProfile { Provider = provider, Model = model } }, worker);
        var environment = AgentEnvironment.Compose(worker, order, GitCredentials.OfUser, SessionRules.Default);
        string.Join(' ', environment.Keys.Intersect(all, StringComparer.Ordinal)).ShouldBe(names);
    }

    [Fact, Trait("spec", "WK-84")]
    public void The_owner_may_let_more_through_but_never_what_is_the_supervisor_s()
    {
        var worker = new WorkerVariables(new Dictionary<string, string> { ["CORP_CA"] = "/ca", ["RENSEI_DAEMON_TOKEN"] = "t", ["LD_PRELOAD"] = "l", ["OTHER"] = "o" });
        var environment = AgentEnvironment.Compose(
            worker, WorkOrder.From(Detail, worker), GitCredentials.OfUser, new SessionRules { EnvAllow = ["CORP_CA", "RENSEI_DAEMON_TOKEN", "LD_PRELOAD"] });
        environment["CORP_CA"].ShouldBe("/ca");
        environment.Keys.ShouldNotContain("RENSEI_DAEMON_TOKEN");
        environment.Keys.ShouldNotContain("LD_PRELOAD");
        environment.Keys.ShouldNotContain("OTHER");
    }

    [Fact]
    public void The_token_itself_is_given_only_where_the_owner_does_not_mind()
    {
        var order = WorkOrder.From(Detail with { AuthToken = "t-1" }, new WorkerVariables(new Dictionary<string, string>()));
        var shown = new Dictionary<string, string>();
        AgentEnvironment.AddToken(shown, order, "/r/platform.token", SessionRules.Default);
        (shown["AGENTFACTORY_TOKEN_FILE"], shown["WORKER_AUTH_TOKEN"]).ShouldBe(("/r/platform.token", "t-1"));
        var hidden = new Dictionary<string, string>();
        AgentEnvironment.AddToken(hidden, order, "/r/platform.token", new SessionRules { HidesToken = true });
        hidden.ShouldNotContainKey("WORKER_AUTH_TOKEN");
        hidden.Count.ShouldBe(2);
        AgentEnvironment.AddToken(hidden, order, null, SessionRules.Default);
        hidden.Count.ShouldBe(2);
    }

    [Fact]
    public void Git_credentials_reach_the_agent_behind_existing_entries()
    {
        var variables = new WorkerVariables(new Dictionary<string, string>
        {
            ["DONMAI_ITEM_ENV"] = "GIT_CONFIG_COUNT,GIT_CONFIG_KEY_0,GIT_CONFIG_VALUE_0",
            ["GIT_CONFIG_COUNT"] = "1",
            ["GIT_CONFIG_KEY_0"] = "a.b",
            ["GIT_CONFIG_VALUE_0"] = "c",
        });
        var environment = AgentEnvironment.Compose(variables, WorkOrder.From(Detail, variables), new GitCredentials("/bin/helper", "/keys/it's"), SessionRules.Default);
        environment["GIT_CONFIG_COUNT"].ShouldBe("3");
        environment["GIT_CONFIG_KEY_0"].ShouldBe("a.b");
        (environment["GIT_CONFIG_KEY_1"], environment["GIT_CONFIG_VALUE_1"]).ShouldBe(("credential.helper", ""));
        (environment["GIT_CONFIG_KEY_2"], environment["GIT_CONFIG_VALUE_2"]).ShouldBe(("credential.helper", "/bin/helper"));
        environment["GIT_SSH_COMMAND"].ShouldEndWith(@"-i '/keys/it'\''s' -o IdentitiesOnly=yes");
    }

    [Fact]
    public void The_variable_of_a_token_reaches_the_agent_with_a_helper_that_git_understands()
    {
        var variables = new WorkerVariables(new Dictionary<string, string>
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH")!,
            ["ACME_PAT"] = "p$4'\"t",
            ["OTHER_PAT"] = "o",
        });
        var environment = AgentEnvironment.Compose(variables, WorkOrder.From(Detail, variables), new GitCredentials(null, null, "ACME_PAT"), SessionRules.Default);
        environment.ShouldNotContainKey("OTHER_PAT");

        var start = new System.Diagnostics.ProcessStartInfo("git", ["credential", "fill"]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment.Clear();
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var git = System.Diagnostics.Process.Start(start)!;
        git.StandardInput.Write("protocol=https\nhost=git.example.net\n\n");
        git.StandardInput.Close();
        git.StandardOutput.ReadToEnd().ShouldBe("protocol=https\nhost=git.example.net\nusername=x-access-token\npassword=p$4'\"t\n");
    }

    private static SortedDictionary<string, string> Compose(params (string Name, string Value)[] variables)
    {
        var worker = new WorkerVariables(variables.ToDictionary(static pair => pair.Name, static pair => pair.Value, StringComparer.Ordinal));
        return AgentEnvironment.Compose(worker, WorkOrder.From(Detail, worker), GitCredentials.OfUser, SessionRules.Default);
    }
}
