namespace Donmai.Cli.Tests;

public sealed class Command_lines
{
    [Fact]
    public async Task Version_names_the_program_and_its_engine()
    {
        var outcome = await CommandOutcome.Of("--version");

        outcome.ExitCode.ShouldBe(0);
        outcome.Output.ShouldMatch(@"^donmai \d+\.\d+\.\d+ \(engine: .+\)\n$");
    }

    [Theory]
    [InlineData]
    [InlineData("--help")]
    public async Task Help_says_the_verbs_and_the_exit_codes(params string[] arguments)
    {
        var outcome = await CommandOutcome.Of(arguments);

        outcome.ExitCode.ShouldBe(0);
        foreach (var verb in (string[])["run", "daemon", "status", "session", "workarea", "routing", "agent", "completion"])
            outcome.Output.ShouldContain($"\n  {verb} ");
        outcome.Output.ShouldContain("Exit codes:");
    }

    [Fact]
    public async Task The_help_of_run_says_its_own_exit_codes()
    {
        var outcome = await CommandOutcome.Of("run", "--help");

        outcome.ExitCode.ShouldBe(0);
        outcome.Output.ShouldContain("5  the session was stopped");
        outcome.Output.ShouldContain("--prompt-file <FILE>");
    }

    [Theory]
    [InlineData("session", "events")]
    [InlineData("session", "show")]
    [InlineData("workarea", "show")]
    [InlineData("routing", "explain")]
    public async Task Help_does_not_ask_for_the_rest_of_the_command_line(params string[] verb)
    {
        var outcome = await CommandOutcome.Of([.. verb, "--help"]);

        outcome.ExitCode.ShouldBe(0, outcome.ToString());
        outcome.Output.ShouldContain($" {string.Join(' ', verb)} <");
        outcome.Error.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Sessions that run go on.", 40, "Sessions that run go on.")]
    [InlineData("Sessions that run go on.", 12, "Sessions\nthat run go\non.")]
    [InlineData("  0  every session goes on", 14, "  0  every\n  session goes\n  on")]
    [InlineData("Sessions that run\ngo on.\n\nExit codes:\n  0  all go", 12, "Sessions\nthat run go\non.\n\nExit codes:\n  0  all go")]
    [InlineData("Sessions\nrun.", 12, "Sessions\nrun.")]
    [InlineData("https://platform.example.com is far", 10, "https://platform.example.com is far")]
    public void Notes_are_broken_between_words(string notes, int width, string broken) => HelpWithNotes.Wrapped(notes, width).ShouldBe(broken);

    [Fact]
    public async Task A_daemon_is_named_by_its_state_directory()
    {
        using var home = new TemporaryDirectory();

        foreach (var verb in (string[][])[["status"], ["session", "list"], ["daemon", "stop"], ["daemon", "doctor"]])
        {
            var outcome = await CommandOutcome.Of([.. verb, "--state-dir", home.Path]);
            outcome.ExitCode.ShouldBe(1, outcome.ToString());
            outcome.Error.ShouldBe($"donmai: No daemon answers at unix://{home.File("daemon.sock")} (there is no such socket). Start one with 'donmai daemon run'.\n");
        }
    }

    [Fact]
    public async Task Whoever_chooses_a_state_directory_does_not_get_the_daemon_of_another()
    {
        using var home = new TemporaryDirectory();
        foreach (var arguments in (string[][])[["status"], ["session", "list"]])
        {
            await using var command = DonmaiProcess.Start(home, arguments);
            (await command.Ended()).Error.ShouldContain($"No daemon answers at unix://{home.File("state")}/daemon.sock");
        }
    }

    [Fact]
    public async Task A_group_alone_shows_its_verbs()
    {
        var outcome = await CommandOutcome.Of("session");

        outcome.ExitCode.ShouldBe(0);
        outcome.Output.ShouldContain("\n  list ");
    }

    [Theory]
    [InlineData("'nonsense' is not a command here. See 'donmai --help'.", "nonsense")]
    [InlineData("'--nope' is not an option here. See 'donmai run --help'.", "run", "--nope")]
    [InlineData("'extra' is not expected here. See 'donmai session show --help'.", "session", "show", "s1", "extra")]
    [InlineData("<id> is missing. See 'donmai session show --help'.", "session", "show")]
    [InlineData("<key> is missing. See 'donmai config set --help'.", "config", "set")]
    [InlineData("<value> is missing. See 'donmai config set --help'.", "config", "set", "machine.id")]
    [InlineData("'soon' is not the number of an event; write one from 0. See 'donmai session events --help'.", "session", "events", "s1", "--after", "soon")]
    [InlineData("'abc' is not a port; write a number from 0 to 65535. See 'donmai daemon run --help'.", "daemon", "run", "--port", "abc")]
    [InlineData("'70000' is not a port; write a number from 0 to 65535. See 'donmai daemon run --help'.", "daemon", "run", "--grain-port", "70000")]
    [InlineData("'soon' is not a duration; write it like 90s, 30m or 2h. See 'donmai run --help'.", "run", "--max-duration", "soon")]
    [InlineData("'0s' is not a duration; write it like 90s, 30m or 2h. See 'donmai run --help'.", "run", "--max-duration", "0s")]
    [InlineData("'maybe' is not a time to keep a tree; write always, on-failure or never. See 'donmai agent run --help'.", "agent", "run", "--keep-worktree", "maybe")]
    public async Task What_cannot_be_used_is_said_in_one_sentence_with_code_2(string sentence, params string[] arguments)
    {
        var outcome = await CommandOutcome.Of(arguments);

        outcome.ExitCode.ShouldBe(2, outcome.ToString());
        outcome.Error.ShouldBe($"donmai: {sentence}\n");
        outcome.Output.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("status", "--daemon-url", "localhost", "--json")]
    public async Task Output_that_cannot_be_written_is_one_sentence(params string[] arguments)
    {
        using var error = new StringWriter();

        (await CommandLine.Run(arguments, new FullDisk(), error)).ShouldBe(1);

        error.ToString().ShouldBe("donmai: No space left on device\n");
    }

    [Theory]
    [InlineData("unix:")]
    [InlineData("localhost")]
    public async Task An_address_that_is_none_is_said(string address)
    {
        var outcome = await CommandOutcome.Of("status", "--daemon-url", address);

        outcome.ExitCode.ShouldBe(1);
        outcome.Error.ShouldBe($"donmai: '{address}' is not the address of a daemon; write it like http://127.0.0.1:7734.\n");
    }
}
