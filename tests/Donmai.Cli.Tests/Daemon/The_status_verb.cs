using Donmai.Client.Tests;
using Donmai.Daemon;

namespace Donmai.Cli.Tests.Daemon;

public sealed class The_status_verb
{
    private static readonly DaemonStatus Status = new()
    {
        Status = "ready",
        Version = "1.4.0",
        MachineId = "studio-7",
        Pid = 48211,
        UptimeSeconds = 7385,
        ActiveSessions = 2,
        MaxSessions = 6,
        ProjectsAllowed = 3,
        Engine = "an engine",
    };

    [Fact]
    public async Task Shows_the_daemon_at_a_glance()
    {
        await using var daemon = await DaemonAnswers.Get("/api/daemon/status", Status);

        var outcome = await CommandOutcome.Of("status", "--daemon-url", daemon.Address);

        outcome.ShouldBe(new CommandOutcome(
            0,
            $"""
            status    ready
            sessions  2 of 6
            projects  3 allowed
            machine   studio-7
            address   {daemon.Address}
            process   48211, up 2 h 03 min
            version   1.4.0
            engine    an engine

            """,
            ""));
    }

    [Fact]
    public async Task Gives_programs_what_the_daemon_said()
    {
        await using var daemon = await DaemonAnswers.Get("/api/daemon/status", Status);

        var outcome = await CommandOutcome.Of("status", "--daemon-url", daemon.Address, "--json");

        outcome.ShouldBe(new CommandOutcome(0, FakeDaemon.Json(Status) + "\n", ""));
    }

    [Fact]
    public async Task Says_when_there_is_no_daemon()
    {
        var daemon = await FakeDaemon.Start(static _ => { });
        await daemon.DisposeAsync();

        var outcome = await CommandOutcome.Of("status", "--daemon-url", daemon.Address, "--json");

        outcome.ExitCode.ShouldBe(1);
        outcome.Error.ShouldBe($"donmai: No daemon answers at {daemon.Address} (Connection refused). Start one with 'donmai daemon run'.\n");
        outcome.Output.ShouldStartWith("""{"error":"No daemon answers""");
    }

    [Fact]
    public async Task The_daemon_of_this_user_is_found_by_its_socket()
    {
        using var home = new TemporaryDirectory();
        await using var daemon = DonmaiProcess.Start(home, "daemon", "run", "--port", "0", "--grain-port", "0", "--silo-port", "0");
        await daemon.Prints("[daemon] http listening on ");

        foreach (var words in (string[][])[["status"], ["daemon", "status"]])
        {
            await using var status = DonmaiProcess.Start(home, words);
            var outcome = await status.Ended();
            outcome.ExitCode.ShouldBe(0, outcome.ToString());
            // How far the values are from their names depends on what else a daemon that has just started can say.
            outcome.Output.ShouldMatch($"address +unix://{home.File("state")}/daemon.sock\n");
            outcome.Output.ShouldMatch($"process +{daemon.Id}, up ");
        }

        await using var json = DonmaiProcess.Start(home, "status", "--json");
        using var document = System.Text.Json.JsonDocument.Parse((await json.Ended()).Output);
        document.RootElement.GetProperty("pid").GetInt32().ShouldBe(daemon.Id);
    }
}
