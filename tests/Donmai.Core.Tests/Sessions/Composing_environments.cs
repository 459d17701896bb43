using Donmai.Core.Sessions;

namespace Donmai.Core.Tests.Sessions;

public sealed class Composing_environments
{
    [Fact]
    [Trait("spec", "DR-34")]
    public void A_later_layer_replaces_an_earlier_one()
    {
        var environment = WorkerEnvironment.Compose(Request() with
        {
            Daemon = Words("PATH=/bin", "A=daemon", "B=daemon", "C=daemon", "RENSEI_REF=daemon"),
            Supplied = Words("B=supplied", "C=supplied"),
            Item = Words("C=item", "D=item", "RENSEI_ORCHESTRATOR_URL=item"),
        });

        environment["PATH"].ShouldBe("/bin");
        environment["A"].ShouldBe("daemon");
        environment["B"].ShouldBe("supplied");
        environment["C"].ShouldBe("item");
        environment["D"].ShouldBe("item");
        environment["RENSEI_ORCHESTRATOR_URL"].ShouldBe("item");
        environment["DONMAI_ORCHESTRATOR_URL"].ShouldBe("https://orchestrator.example");
        environment["RENSEI_REF"].ShouldBe("");
    }

    [Theory]
    [Trait("spec", "DR-34")]
    [InlineData("SESSION_ID", "ses_1")]
    [InlineData("REPOSITORY", "acme-api")]
    [InlineData("REF", "")]
    [InlineData("PROJECT_ID", "acme")]
    [InlineData("DAEMON_URL", "http://127.0.0.1:41234")]
    public void Session_variables_carry_both_names_and_win_over_the_item(string name, string value)
    {
        var environment = WorkerEnvironment.Compose(Request() with { Item = Words($"RENSEI_{name}=evil", $"DONMAI_{name}=evil") });

        environment["RENSEI_" + name].ShouldBe(value);
        environment["DONMAI_" + name].ShouldBe(value);
        environment.ShouldNotContainKey(WorkerEnvironment.ItemNames);
    }

    [Fact]
    [Trait("spec", "DR-35")]
    public void The_address_is_the_bound_one_whatever_the_daemon_was_told()
    {
        var environment = WorkerEnvironment.Compose(Request() with { Daemon = Words("DONMAI_DAEMON_URL=http://127.0.0.1:7734") });

        environment["DONMAI_DAEMON_URL"].ShouldBe("http://127.0.0.1:41234");
    }

    [Theory]
    [Trait("spec", "DR-36")]
    [InlineData("RENSEI_DAEMON_TOKEN")]
    [InlineData("DONMAI_DAEMON_TOKEN")]
    [InlineData("ACME_DAEMON_TOKEN")]
    [InlineData("DONMAI_CONTROL_TOKEN")]
    [InlineData("RENSEI_DAEMON_FORCE_STUB")]
    [InlineData("DONMAI_DAEMON_REAL_REGISTRATION")]
    [InlineData("DONMAI_DAEMON_CONFIG")]
    public void Secrets_and_switches_of_the_daemon_stay_with_it(string name)
    {
        var environment = WorkerEnvironment.Compose(Request() with { Daemon = Words($"{name}=secret"), Item = Words($"{name}=secret") });

        environment.ShouldNotContainKey(name);
        environment.Values.ShouldNotContain("secret");
    }

    [Theory]
    [InlineData("PATH")]
    [InlineData("HOME")]
    [InlineData("LD_PRELOAD")]
    [InlineData("DYLD_INSERT_LIBRARIES")]
    [InlineData("DOTNET_STARTUP_HOOKS")]
    [InlineData("CORECLR_PROFILER_PATH")]
    [InlineData("BASH_ENV")]
    [InlineData("DONMAI_STATE_HOME")]
    [InlineData("DONMAI_PROVIDERS")]
    [InlineData("DONMAI_RECORD_DIR")]
    [InlineData("DONMAI_ITEM_ENV")]
    [InlineData("")]
    [InlineData("A=B")]
    [InlineData("A\0B")]
    [InlineData("A,B")]
    public void The_item_cannot_set_what_decides_which_code_runs(string name)
    {
        var environment = WorkerEnvironment.Compose(Request() with
        {
            Daemon = Words("PATH=/bin", "HOME=/home/ana"),
            Item = new Dictionary<string, string> { [name] = "evil", ["OK"] = "1" },
        });

        environment.Values.ShouldNotContain("evil");
        environment["PATH"].ShouldBe("/bin");
        environment["HOME"].ShouldBe("/home/ana");
        environment[WorkerEnvironment.ItemNames].ShouldBe("OK");
    }

    [Fact]
    public void The_variables_of_the_item_are_named_for_the_worker()
    {
        var environment = WorkerEnvironment.Compose(Request() with { Item = Words("ZED=1", "ALPHA=2", "PATH=/evil") });

        environment["DONMAI_ITEM_ENV"].ShouldBe("ALPHA,ZED");
        environment["DONMAI_RECORD_DIR"].ShouldBe("/state/worktrees/.records/ses_1");
    }

    [Fact]
    public void A_value_that_cannot_be_passed_on_is_left_out()
    {
        WorkerEnvironment.Compose(Request() with { Item = Words("A=x\0y") }).ShouldNotContainKey("A");
    }

    [Fact]
    public void Without_a_worker_id_or_orchestrator_there_is_no_variable_for_it()
    {
        var environment = WorkerEnvironment.Compose(Request() with { WorkerId = null, OrchestratorUrl = "" });

        environment.Keys.ShouldNotContain(static name => name.EndsWith("WORKER_ID", StringComparison.Ordinal));
        environment.Keys.ShouldNotContain(static name => name.EndsWith("ORCHESTRATOR_URL", StringComparison.Ordinal));
    }

    private static WorkerEnvironmentRequest Request() => new()
    {
        Daemon = new Dictionary<string, string>(),
        SessionId = "ses_1",
        Repository = "acme-api",
        Ref = "",
        ProjectId = "acme",
        DaemonUrl = new Uri("http://127.0.0.1:41234/"),
        RecordPath = "/state/worktrees/.records/ses_1",
        WorkerId = "wkr_1",
        OrchestratorUrl = "https://orchestrator.example",
    };

    private static Dictionary<string, string> Words(params string[] words) =>
        words.ToDictionary(static word => word[..word.IndexOf('=')], static word => word[(word.IndexOf('=') + 1)..]);
}
