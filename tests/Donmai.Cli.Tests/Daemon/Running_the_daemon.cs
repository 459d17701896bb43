namespace Donmai.Cli.Tests.Daemon;

/// <summary>The real program as a daemon.</summary>
public sealed class Running_the_daemon : IDisposable
{
    private readonly TemporaryDirectory _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task It_says_what_runs_and_where_and_loads_nothing_for_terminals()
    {
        await using var daemon = Start();
        await daemon.Prints("[daemon] http listening on 127.0.0.1:");

        var loaded = File.Exists("/proc/self/maps") ? await File.ReadAllTextAsync($"/proc/{daemon.Id}/maps") : "Donmai.Silo.dll";
        loaded.ShouldContain("Donmai.Silo.dll");
        loaded.ShouldNotContain("Spectre.Console");

        daemon.Signal("TERM");
        var outcome = await daemon.Ended();
        outcome.ExitCode.ShouldBe(0, outcome.ToString());
        outcome.Output.ShouldStartWith("[daemon] donmai ");
    }

    [Fact]
    public async Task A_configuration_that_cannot_be_used_is_named_with_every_violation()
    {
        var path = _home.File("daemon.yaml");
        await File.WriteAllTextAsync(path, "machine: {}\ncapacity: { maxConcurrentSessions: -1 }\n");
        await using var daemon = Start("--config", path);

        var outcome = await daemon.Ended();

        outcome.ExitCode.ShouldBe(78, outcome.ToString());
        outcome.Error.ShouldBe($"""
            donmai: {path} cannot be used:
              line 1: machine.id is required
              line 1: orchestrator.url is required
              line 2: capacity.maxConcurrentSessions is -1; it must be at least 0

            """);
        outcome.Output.ShouldBeEmpty();
        Directory.Exists(_home.File("state")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_configuration_that_is_not_there_is_named()
    {
        await using var daemon = Start("--config", _home.File("nowhere.yaml"));

        (await daemon.Ended()).Error.ShouldBe($"donmai: There is no configuration file {_home.File("nowhere.yaml")}; --skip-wizard makes one.\n");
    }

    [Fact]
    public async Task A_first_start_writes_the_configuration_that_it_runs_with()
    {
        await using (var daemon = Start())
        {
            await daemon.Prints("[daemon] http listening on 127.0.0.1:");
            daemon.Signal("TERM");
            (await daemon.Ended()).ExitCode.ShouldBe(0);
        }

        var text = await File.ReadAllTextAsync(_home.File("state/daemon.yaml"));
        text.ShouldContain($"url: file://{_home.File("state")}/queue\n");
        File.GetUnixFileMode(_home.File("state/daemon.yaml")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await File.ReadAllTextAsync(_home.File("state/machine.json"))).ShouldContain("\"hostname\"");
    }

    [Theory]
    [InlineData("DONMAI_DAEMON_CONFIG", false)]
    [InlineData("RENSEI_DAEMON_CONFIG", true)]
    public async Task The_environment_names_the_configuration(string variable, bool isFormer)
    {
        await File.WriteAllTextAsync(_home.File("named.yaml"), "machine: [");
        await using var daemon = DonmaiProcess.StartIn(
            _home, new Dictionary<string, string?> { [variable] = _home.File("named.yaml") }, "daemon", "run", "--port", "0");

        var outcome = await daemon.Ended();

        outcome.ExitCode.ShouldBe(78, outcome.ToString());
        outcome.Error.ShouldContain($"donmai: {_home.File("named.yaml")} cannot be used:\n  line 1: ");
        outcome.Error.Contains("set DONMAI_DAEMON_CONFIG in its place", StringComparison.Ordinal).ShouldBe(isFormer);
    }

    [Fact]
    public async Task The_state_of_the_former_product_is_taken_over()
    {
        Directory.CreateDirectory(_home.File(".rensei/worktrees/s1"));
        await File.WriteAllTextAsync(_home.File(".rensei/daemon.yaml"), "machine: { id: old-box }\norchestrator: { url: \"file:///q\" }\n");
        await using var daemon = DonmaiProcess.StartIn(
            _home, new Dictionary<string, string?> { ["DONMAI_STATE_HOME"] = null }, "daemon", "run", "--port", "0", "--grain-port", "0", "--silo-port", "0");
        await daemon.Prints("[daemon] http listening on 127.0.0.1:");
        daemon.Signal("TERM");

        (await daemon.Ended()).Error.ShouldContain($"copied from {_home.File(".rensei")} to {_home.File(".donmai")}");
        (await File.ReadAllTextAsync(_home.File(".donmai/daemon.yaml"))).ShouldContain("old-box");
        Directory.Exists(_home.File(".donmai/worktrees/s1")).ShouldBeTrue();
    }

    [Fact, Trait("spec", "DR-15")]
    public async Task A_configuration_that_is_not_there_is_made_where_it_is_said_that_nothing_is_to_be_asked()
    {
        var path = _home.File("new.yaml");
        await using var daemon = Start("--config", path, "--skip-wizard");

        await daemon.Prints("[daemon] http listening on");

        (await File.ReadAllTextAsync(path)).ShouldContain("orchestrator:");
    }

    [Fact]
    public async Task A_state_directory_that_cannot_be_used_is_named()
    {
        await File.WriteAllTextAsync(_home.File("state"), "a file");
        await using var daemon = Start();

        var outcome = await daemon.Ended();

        outcome.ExitCode.ShouldBe(1, outcome.ToString());
        outcome.Error.ShouldContain(_home.File("state"));
        outcome.Error.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Another_machine_s_address_is_refused_unless_it_is_meant()
    {
        await using var daemon = Start("--host", "0.0.0.0");

        var outcome = await daemon.Ended();

        outcome.ExitCode.ShouldBe(1, outcome.ToString());
        outcome.Error.ShouldContain("--allow-remote");
    }

    private DonmaiProcess Start(params string[] arguments) =>
        DonmaiProcess.Start(_home, ["daemon", "run", "--port", "0", "--grain-port", "0", "--silo-port", "0", .. arguments]);
}
