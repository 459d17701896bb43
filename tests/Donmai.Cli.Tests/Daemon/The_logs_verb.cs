namespace Donmai.Cli.Tests.Daemon;

public sealed class The_logs_verb : IDisposable
{
    private const string Old = "2026-05-07T12:00:00.000Z info: Donmai.X[1] one";
    private const string Grave = "2026-05-07T13:00:00.000Z fail: Donmai.X[2] two";
    private const string Json = """{"time":"2026-05-07T14:00:00.000Z","level":"warning","category":"Donmai.X","eventId":3,"message":"three"}""";

    private readonly FakeServices _services = new();

    public The_logs_verb()
    {
        Directory.CreateDirectory(_services.Home.File("state"));
        File.WriteAllText(Log + ".1", Old + "\n");
        File.WriteAllText(Log, $"{Grave}\n   at Some.Where()\n{Json}\n");
    }

    private string Log => _services.Home.File("state/daemon.log");

    public void Dispose() => _services.Dispose();

    [Theory]
    [InlineData($"{Old}\n{Grave}\n   at Some.Where()\n{Json}\n")]
    [InlineData($"{Json}\n", "--lines", "1")]
    [InlineData($"{Grave}\n   at Some.Where()\n{Json}\n", "--since", "2026-05-07T12:30Z")]
    [InlineData("", "--since", "1s")]
    public async Task Shows_the_file_of_the_state_directory(string text, params string[] options)
    {
        var outcome = await _services.Daemon(["logs", .. options]);

        outcome.ShouldBe(new CommandOutcome(0, text, ""));
    }

    [Fact]
    public async Task Gives_programs_an_object_a_line()
    {
        var outcome = await _services.Daemon("logs", "--json", "-n", "3");

        outcome.Output.ShouldBe(
            """
            {"time":"2026-05-07T13:00:00+00:00","level":"error","message":"Donmai.X[2] two"}
            {"message":"   at Some.Where()"}

            """ + Json + "\n");
    }

    [Fact]
    public async Task Shows_the_file_that_is_configured()
    {
        await File.WriteAllTextAsync(_services.Home.File("elsewhere.log"), "there\n");
        await File.WriteAllTextAsync(
            _services.Home.File("state/daemon.yaml"),
            $"machine: {{ id: m }}\norchestrator: {{ url: \"file:///q\" }}\nobservability: {{ logPath: \"{_services.Home.File("elsewhere.log")}\" }}\n");

        (await _services.Daemon("logs")).Output.ShouldBe("there\n");
    }

    [Fact]
    public async Task Follows_until_it_is_interrupted()
    {
        await using var following = _services.Start("daemon", "logs", "--follow", "-n", "1");
        await following.Prints("three");

        File.Move(Log, Log + ".2");
        await File.WriteAllTextAsync(Log, "2026-05-07T15:00:00.000Z info: Donmai.X[4] four\n");
        await following.Prints("four");
        following.Signal("INT");

        (await following.Ended()).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Shows_the_journal_of_a_service_and_the_file_where_that_has_nothing()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_services.Unit)!);
        await File.WriteAllTextAsync(_services.Unit, "[Service]\n");
        _services.Program("journalctl", """echo '{"__REALTIME_TIMESTAMP":"1778157296789000","PRIORITY":"4","MESSAGE":"[daemon] so"}'""");

        (await _services.Daemon("logs", "-n", "7")).Output.ShouldBe("2026-05-07T12:34:56.789Z [daemon] so\n");
        _services.Orders.ShouldBe(["journalctl --user -u donmai-daemon.service --no-pager --quiet --output=json --lines=7"]);

        _services.Program("journalctl", "exit 0");
        (await _services.Daemon("logs", "-n", "1")).Output.ShouldBe(Json + "\n");
    }

    [Fact]
    public async Task Says_when_there_is_none()
    {
        File.Delete(Log);

        (await _services.Daemon("logs")).Error.ShouldBe($"donmai: There is no log at {Log}: no daemon has written one there yet.\n");
    }

    [Theory]
    [InlineData("'soon' is not a time; write it like 90s, 30m, 2h, 3d or 2026-05-07T12:30.", "--since", "soon")]
    [InlineData("'0' is not a number of lines; write one from 1 on.", "--lines", "0")]
    public async Task What_cannot_be_used_is_said(string sentence, params string[] options)
    {
        var outcome = await CommandOutcome.Of(["daemon", "logs", .. options]);

        outcome.ExitCode.ShouldBe(2, outcome.ToString());
        outcome.Error.ShouldStartWith("donmai: " + sentence);
    }
}
