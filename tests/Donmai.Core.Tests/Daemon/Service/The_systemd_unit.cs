using Donmai.Core.Daemon.Service;

namespace Donmai.Core.Tests.Daemon.Service;

[Trait("spec", "DR-55")]
public sealed class The_systemd_unit
{
    private static readonly ServiceDefinition Usual = new()
    {
        Scope = ServiceScope.User,
        Account = new ServiceAccount("anna", "/home/anna", 1000),
        Program = new HostProgram(["/opt/donmai/bin/donmai"]),
    };

    [Fact]
    public void Of_a_user() => SystemdUnit.Compose(Usual, systemd: 252).ShouldBe(
        """
        [Unit]
        Description=Donmai local daemon
        Wants=network-online.target
        After=network-online.target
        StartLimitIntervalSec=300
        StartLimitBurst=10

        [Service]
        Type=simple
        ExecStart="/opt/donmai/bin/donmai" daemon run
        Restart=on-failure
        RestartSec=5s
        RestartForceExitStatus=3
        RestartPreventExitStatus=78
        SuccessExitStatus=3
        KillMode=mixed
        TimeoutStopSec=660
        Delegate=yes
        OOMPolicy=continue
        Environment=PATH=/home/anna/.local/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin
        StandardOutput=journal
        StandardError=journal
        SyslogIdentifier=donmai-daemon

        [Install]
        WantedBy=default.target

        """);

    [Fact]
    public void Of_the_machine_runs_as_its_user_and_starts_with_the_machine()
    {
        var lines = Lines(Usual with { Scope = ServiceScope.System });

        lines.ShouldContain("User=anna");
        lines.ShouldContain("WantedBy=multi-user.target");
        lines.Except(Lines(Usual)).Count().ShouldBe(2);
    }

    [Fact]
    public void Names_the_configuration_and_the_state_directory_only_if_given()
    {
        var lines = Lines(Usual with { ConfigurationPath = "/etc/donmai.yaml", StateHome = "/srv/donmai state", RuntimeHome = "/opt/dotnet" });

        lines.ShouldContain("Environment=DONMAI_DAEMON_CONFIG=/etc/donmai.yaml");
        lines.ShouldContain("Environment=\"DONMAI_STATE_HOME=/srv/donmai state\"");
        lines.ShouldContain("Environment=DOTNET_ROOT=/opt/dotnet");
        Lines(Usual).Count(static line => line.StartsWith("Environment=", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Theory]
    [InlineData(600, "TimeoutStopSec=660")]
    [InlineData(0.5, "TimeoutStopSec=61")]
    [InlineData(86400, "TimeoutStopSec=86460")]
    public void Gives_a_stop_the_time_of_the_drain_and_a_minute(double drain, string line) =>
        Lines(Usual with { DrainTimeout = TimeSpan.FromSeconds(drain) }).ShouldContain(line);

    [Fact]
    public void Leaves_the_sessions_alone_when_they_are_kept()
    {
        var lines = Lines(Usual with { KeepSessions = true });

        lines.ShouldContain("ExecStart=\"/opt/donmai/bin/donmai\" daemon run --keep-sessions");
        lines.ShouldContain("KillMode=process");
        lines.ShouldNotContain("KillMode=mixed");
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(253, false)]
    [InlineData(254, true)]
    public void Puts_the_daemon_beside_its_sessions_where_systemd_can(int systemd, bool subgroup) =>
        Lines(Usual, systemd).Contains("DelegateSubgroup=daemon").ShouldBe(subgroup);

    [Theory]
    [InlineData("/opt/my tools/donmai", "ExecStart=\"/opt/my tools/donmai\" daemon run")]
    [InlineData("/opt/100%/donmai", "ExecStart=\"/opt/100%%/donmai\" daemon run")]
    [InlineData("/opt/$HOME/donmai", "ExecStart=\"/opt/$HOME/donmai\" daemon run")]
    [InlineData("/opt/dönmai", "ExecStart=\"/opt/dönmai\" daemon run")]
    public void Escapes_the_program(string program, string line) =>
        Lines(Usual with { Program = new HostProgram([program]) }).ShouldContain(line);

    [Theory]
    [InlineData("/opt/donmai.dll", "/opt/donmai.dll")]
    [InlineData("/opt/a b.dll", "\"/opt/a b.dll\"")]
    [InlineData("/opt/$a%b.dll", "/opt/$$a%%b.dll")]
    [InlineData("/opt/it's\\\"x\".dll", "\"/opt/it's\\\\\\\"x\\\".dll\"")]
    public void Escapes_the_assembly_behind_dotnet(string assembly, string written) =>
        Lines(Usual with { Program = new HostProgram(["/usr/bin/dotnet", assembly]) })
            .ShouldContain($"ExecStart=\"/usr/bin/dotnet\" {written} daemon run");

    [Fact]
    public void Cannot_gain_a_line_through_a_path() =>
        Lines(Usual with { ConfigurationPath = "/etc/x\nExecStartPre=/bin/false" })
            .ShouldContain("Environment=\"DONMAI_DAEMON_CONFIG=/etc/x\\x0aExecStartPre=/bin/false\"");

    [Theory]
    [InlineData("/opt/it's/donmai")]
    [InlineData("/opt/\"x\"/donmai")]
    [InlineData("/opt/a\\b/donmai")]
    [InlineData("/opt/a\nb/donmai")]
    public void Is_not_written_for_a_program_that_systemd_refuses(string program) =>
        Should.Throw<ServiceException>(() => SystemdUnit.Compose(Usual with { Program = new HostProgram([program]) }, 252))
            .Message.ShouldContain("--binary");

    [Fact]
    public void Ends_with_one_line_feed_and_has_no_gaps()
    {
        var text = SystemdUnit.Compose(Usual with { Scope = ServiceScope.System, KeepSessions = true }, 254);

        text.ShouldEndWith("target\n");
        text.ShouldNotContain("\n\n\n");
    }

    private static string[] Lines(ServiceDefinition service, int systemd = 252) => SystemdUnit.Compose(service, systemd).Split('\n');
}
