using System.Diagnostics;

namespace Donmai.Cli.Tests.Daemon;

/// <summary>The wizard of the built program, on a pseudo-terminal.</summary>
public sealed class Setting_up : IDisposable
{
    private readonly TemporaryDirectory _home = new();

    private string Configuration => _home.File("state/daemon.yaml");

    public void Dispose() => _home.Dispose();

    [TerminalFact, Trait("spec", "DR-20")]
    public async Task A_person_is_asked_and_the_rest_of_the_file_stays()
    {
        Directory.CreateDirectory(_home.File("state"));
        await File.WriteAllTextAsync(Configuration, "machine: { id: left }\norchestrator: { url: \"file:///q\" }\ntrust: { mode: attested } # strict\n");
        await Git("init", "--quiet");
        await Git("remote", "add", "origin", "git@github.com:acme/shop.git");
        await using var setup = TerminalProgram.Start(_home, _home.Path, "daemon setup");

        await setup.Answer("machine id [left]: ", "");
        await setup.Answer("region [home-network]: ", "attic");
        await setup.Answer("Continue? [Y/n]: ", "");
        await setup.Answer("processors left to the system", "");
        await setup.Answer("memory left to the system", "");
        await setup.Answer("sessions at the same time", "3");
        await setup.Answer("Continue? [Y/n]: ", "y");
        await setup.Answer("choice [3]: ", "");
        await setup.Answer("Continue? [Y/n]: ", "");
        await setup.Answer("Add the repository of this directory (github.com/acme/shop)? [Y/n]: ", "");
        await setup.Answer("git credentials of shop", "");
        await setup.Answer("Add another project? [y/N]: ", "");
        await setup.Answer("Continue? [Y/n]: ", "");
        await setup.Answer("channel (stable, beta, main) [stable]: ", "nightly");
        await setup.Answer("Please write one of stable, beta, main.", "beta");
        await setup.Answer("schedule", "");
        await setup.Answer("longest wait", "");
        (await setup.Ended()).ShouldBe(0, setup.Screen);

        var written = await File.ReadAllTextAsync(Configuration);
        written.ShouldContain("trust: { mode: attested } # strict");
        written.ShouldContain("github.com/acme/shop");
        (await CommandOutcome.Of("config", "get", "capacity.maxConcurrentSessions", "--config", Configuration)).Output.ShouldBe("3\n");
        (await CommandOutcome.Of("config", "get", "machine.region", "--config", Configuration)).Output.ShouldBe("attic\n");
        (await CommandOutcome.Of("config", "get", "orchestrator.url", "--config", Configuration)).Output.ShouldBe("file:///q\n");
        (await CommandOutcome.Of("config", "get", "autoUpdate.channel", "--config", Configuration)).Output.ShouldBe("beta\n");
    }

    [TerminalFact, Trait("spec", "DR-17")]
    public async Task A_no_leaves_no_file()
    {
        await using var setup = TerminalProgram.Start(_home, _home.Path, "daemon setup");

        await setup.Answer("machine id", "");
        await setup.Answer("region", "");
        await setup.Answer("Continue? [Y/n]: ", "n");

        (await setup.Ended()).ShouldBe(1, setup.Screen);
        setup.Screen.ShouldContain("nothing was written");
        File.Exists(Configuration).ShouldBeFalse();
    }

    [TerminalFact]
    public async Task The_first_start_on_a_terminal_asks_and_then_runs()
    {
        await using var daemon = TerminalProgram.Start(_home, _home.Path, "daemon run --port 0 --grain-port 0 --silo-port 0");

        await daemon.Answer("machine id", "studio");
        foreach (var question in new[] { "region", "Continue?", "processors left", "memory left", "sessions at", "Continue?" })
            await daemon.Answer(question, "");
        await daemon.Answer("choice [1]: ", "3");
        foreach (var question in new[] { "Continue?", "Add another", "Continue?", "channel", "schedule", "longest wait" })
            await daemon.Answer(question, "");

        await daemon.Prints("http listening on");
        (await CommandOutcome.Of("config", "get", "machine.id", "--config", Configuration)).Output.ShouldBe("studio\n");
    }

    [Fact, Trait("spec", "DR-15")]
    public async Task Without_a_terminal_nothing_is_asked()
    {
        await using var setup = DonmaiProcess.Start(_home, "daemon", "setup");

        var outcome = await setup.Ended();

        outcome.ExitCode.ShouldBe(0, outcome.ToString());
        outcome.Output.ShouldStartWith($"Wrote {Configuration}");
        (await CommandOutcome.Of("config", "get", "orchestrator.url", "--config", Configuration)).Output.ShouldStartWith("file:///");
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Configuration).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task What_to_do_next_names_the_state_directory_that_was_named()
    {
        await using var setup = DonmaiProcess.Start(_home, "daemon", "setup", "--state-dir", _home.File("other"));

        var outcome = await setup.Ended();

        outcome.ExitCode.ShouldBe(0, outcome.ToString());
        outcome.Output.ShouldContain($"donmai daemon run --state-dir {_home.File("other")}, or");
        outcome.Output.ShouldContain($"donmai daemon stop --state-dir {_home.File("other")}\n");
    }

    [TerminalFact, Trait("spec", "DR-15")]
    public async Task On_a_terminal_it_can_be_left_out()
    {
        await using var byOption = TerminalProgram.Start(_home, _home.Path, "daemon setup --skip-wizard");
        (await byOption.Ended()).ShouldBe(0, byOption.Screen);
        byOption.Screen.ShouldNotContain("machine id");

        await using var byVariable = TerminalProgram.Start(_home, _home.Path, "daemon setup", ("DONMAI_DAEMON_SKIP_WIZARD", "1"));
        (await byVariable.Ended()).ShouldBe(0, byVariable.Screen);
        byVariable.Screen.ShouldContain("is usable as it is");
    }

    private async Task Git(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = _home.Path })!;
        await git.WaitForExitAsync();
        git.ExitCode.ShouldBe(0);
    }
}
