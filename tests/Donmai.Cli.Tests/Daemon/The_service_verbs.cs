using System.Text.Json;

namespace Donmai.Cli.Tests.Daemon;

/// <summary>The real program, the real daemon, and a service manager that says what it was asked.</summary>
public sealed class The_service_verbs : IDisposable
{
    private readonly FakeServices _services = new();

    public void Dispose() => _services.Dispose();

    [Fact, Trait("spec", "DR-56")]
    public async Task A_service_lives_from_its_installation_to_its_removal()
    {
        Directory.CreateDirectory(_services.Home.File("state"));
        await File.WriteAllTextAsync(_services.Registration, "{}");

        var installed = await _services.Daemon("install");
        installed.ExitCode.ShouldBe(0, installed.ToString());
        installed.Output.ShouldContain("ready, process ");
        installed.Output.ShouldContain("It ends when you log out");
        (await File.ReadAllTextAsync(_services.Unit)).ShouldContain($"Environment=DONMAI_STATE_HOME={_services.Home.File("state")}\n");
        File.Exists(_services.Registration).ShouldBeFalse();

        (await _services.Daemon("start")).Output.ShouldStartWith("runs already: ready");
        var restarted = await _services.Daemon("restart", "--json");
        restarted.ExitCode.ShouldBe(0, restarted.ToString());
        JsonDocument.Parse(restarted.Output).RootElement.GetProperty("active").GetBoolean().ShouldBeTrue();

        (await _services.Daemon("stop", "--keep-sessions")).Error.ShouldContain("install --keep-sessions");
        (await _services.Daemon("stop")).Output.ShouldBe("stopped\n");
        (await _services.Daemon("start", "--no-wait")).Output.ShouldBe("started\n");

        await File.WriteAllTextAsync(_services.Registration, "{}");
        (await _services.Daemon("uninstall")).Output.ShouldBe($"removed {_services.Unit}\n");
        File.Exists(_services.Unit).ShouldBeFalse();
        File.Exists(_services.Registration).ShouldBeFalse();
        var again = await _services.Daemon("uninstall");
        (again.ExitCode, again.Output).ShouldBe((0, "not registered\n"));

        _services.Orders.ShouldBe(
        [
            "systemctl --user daemon-reload",
            "systemctl --user enable --now donmai-daemon.service",
            "systemctl --user restart donmai-daemon.service",
            "systemctl --user stop --no-block donmai-daemon.service",
            "systemctl --user reset-failed donmai-daemon.service",
            "systemctl --user start donmai-daemon.service",
            "systemctl --user disable --now donmai-daemon.service",
            "systemctl --user daemon-reload",
        ]);
    }

    [Fact]
    public async Task Install_stops_the_daemon_that_runs_and_leaves_its_place_to_the_service()
    {
        await using var former = _services.Start("daemon", "run", "--port", "0", "--grain-port", "0", "--silo-port", "0");
        await former.Prints("[daemon] http listening on ");

        var installed = await _services.Daemon("install", "--keep-sessions", "--linger", "--json");

        installed.ExitCode.ShouldBe(0, installed.ToString());
        (await former.Ended()).ExitCode.ShouldBe(0);
        JsonDocument.Parse(installed.Output).RootElement.GetProperty("keepsSessions").GetBoolean().ShouldBeTrue();
        _services.Orders.ShouldContain(static order => order.StartsWith("loginctl enable-linger ", StringComparison.Ordinal));
        (await _services.Daemon("stop", "--json")).Output.ShouldContain("\"ended\":true");
    }

    [Fact]
    public async Task A_dry_run_prints_the_unit_and_touches_nothing()
    {
        var outcome = await _services.Daemon("install", "--dry-run", "--binary", "/bin/true", "--state-dir", _services.Home.File("a b"));

        outcome.ExitCode.ShouldBe(0, outcome.ToString());
        outcome.Output.ShouldStartWith("[Unit]\n");
        outcome.Output.ShouldContain("ExecStart=\"/bin/true\" daemon run\n");
        outcome.Output.ShouldContain($"Environment=\"DONMAI_STATE_HOME={_services.Home.File("a b")}\"\n");
        outcome.Output.ShouldNotContain("DONMAI_DAEMON_CONFIG");
        _services.Orders.ShouldBeEmpty();
        Directory.Exists(_services.Home.File(".config")).ShouldBeFalse();
        JsonDocument.Parse((await _services.Daemon("install", "--dry-run", "--json")).Output).RootElement.GetProperty("path").GetString().ShouldBe(_services.Unit);
    }

    [Fact]
    public async Task What_the_service_could_not_use_is_not_installed()
    {
        var path = _services.Home.File("daemon.yaml");
        await File.WriteAllTextAsync(path, "machine: {}\n");

        (await _services.Daemon("install", "--config", path)).ShouldSatisfyAllConditions(
            outcome => outcome.ExitCode.ShouldBe(78),
            outcome => outcome.Error.ShouldContain("machine.id"));
        (await _services.Daemon("install", "--config", path + "x")).Error.ShouldBe($"donmai: There is no configuration file {path}x.\n");
        (await _services.Daemon("install", "--binary", path)).Error.ShouldBe($"donmai: {path} is not a program that can be run.\n");
        File.Exists(_services.Unit).ShouldBeFalse();
    }

    [Fact]
    public async Task A_daemon_that_does_not_come_up_is_said()
    {
        _services.Program("systemctl", "[ \"$2\" = is-active ] && { echo failed; exit 3; }; exit 0");

        var outcome = await _services.Daemon("install");

        outcome.ExitCode.ShouldBe(1, outcome.ToString());
        outcome.Error.ShouldBe("donmai: The daemon did not start (systemd says 'failed'); 'donmai daemon logs' says why.\n");
    }

    [Theory]
    [InlineData("start")]
    [InlineData("restart")]
    public async Task Without_a_service_it_is_said_what_to_do(string verb)
    {
        var outcome = await _services.Daemon(verb);

        outcome.ExitCode.ShouldBe(1, outcome.ToString());
        outcome.Error.ShouldBe("donmai: The daemon is not installed as a service: 'donmai daemon install' does that; 'donmai daemon run' runs it in the foreground.\n");
    }

    [Fact]
    public async Task Both_ends_of_sessions_cannot_be_meant()
    {
        var outcome = await _services.Daemon("stop", "--now", "--keep-sessions");

        outcome.ExitCode.ShouldBe(2);
        outcome.Error.ShouldContain("only one of them can be meant");
    }
}
