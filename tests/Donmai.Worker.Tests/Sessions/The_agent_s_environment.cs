using Donmai.Core.Git;
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
        var environment = AgentEnvironment.Compose(variables, WorkOrder.From(Detail, variables), new GitCredentials("/bin/helper", "/keys/it's"));
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
        var environment = AgentEnvironment.Compose(variables, WorkOrder.From(Detail, variables), new GitCredentials(null, null, "ACME_PAT"));
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
        return AgentEnvironment.Compose(worker, WorkOrder.From(Detail, worker), GitCredentials.OfUser);
    }
}
