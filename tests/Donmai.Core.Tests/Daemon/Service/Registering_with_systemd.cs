using Donmai.Core.Daemon.Service;

namespace Donmai.Core.Tests.Daemon.Service;

/// <summary>The commands systemd gets, seen by a <c>systemctl</c> on the <c>PATH</c> (daemon-runtime.md §14.2).</summary>
public sealed class Registering_with_systemd : IDisposable
{
    private const string Unit = "donmai-daemon.service";

    private readonly SystemBed _bed = new();

    public Registering_with_systemd() => Systemctl();

    private string UserUnit => Path.Combine(_bed.Home, ".config/systemd/user", Unit);

    public void Dispose() => _bed.Dispose();

    [Fact]
    public async Task Install_writes_the_unit_and_has_it_started_now_and_from_now_on()
    {
        await Service().Install(_bed.Definition(), CancellationToken.None);

        (await File.ReadAllTextAsync(UserUnit)).ShouldBe(SystemdUnit.Compose(_bed.Definition(), 252));
        File.GetUnixFileMode(UserUnit).ShouldBe(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        Directory.GetFiles(Path.GetDirectoryName(UserUnit)!).ShouldHaveSingleItem();
        _bed.Calls[^2..].ShouldBe(["systemctl --user daemon-reload", $"systemctl --user enable --now {Unit}"]);
    }

    [Fact]
    public async Task Install_for_the_machine_asks_the_machine_s_systemd()
    {
        var directory = _bed.In("etc/systemd/system");

        await Service(ServiceScope.System).Install(_bed.Definition(ServiceScope.System), CancellationToken.None);

        File.Exists(Path.Combine(directory, Unit)).ShouldBeTrue();
        _bed.Calls[^2..].ShouldBe(["systemctl daemon-reload", $"systemctl enable --now {Unit}"]);
    }

    [Fact]
    public async Task Uninstall_stops_the_service_before_its_unit_goes()
    {
        await Service().Install(_bed.Definition(), CancellationToken.None);
        Systemctl("[ \"$2\" = disable ] && [ ! -f \"$UNIT\" ] && echo 'disabled without a unit' >> \"$CALLS\"; exit 0");
        _bed.Environment["UNIT"] = UserUnit;

        (await Service().Uninstall(CancellationToken.None)).ShouldBeTrue();

        File.Exists(UserUnit).ShouldBeFalse();
        _bed.Calls[^2..].ShouldBe([$"systemctl --user disable --now {Unit}", "systemctl --user daemon-reload"]);
    }

    [Fact]
    public async Task Uninstall_of_what_is_not_there_is_no_error_and_asks_nobody()
    {
        (await Service().Uninstall(CancellationToken.None)).ShouldBeFalse();

        _bed.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Uninstall_goes_on_when_systemd_refuses()
    {
        await Service().Install(_bed.Definition(), CancellationToken.None);
        Systemctl("echo 'no such thing' >&2; exit 1");

        (await Service().Uninstall(CancellationToken.None)).ShouldBeTrue();

        File.Exists(UserUnit).ShouldBeFalse();
    }

    [Fact]
    public async Task A_unit_that_systemd_refuses_is_taken_back()
    {
        Systemctl("[ \"$2\" = enable ] && { echo 'Unit is masked.' >&2; exit 1; }; exit 0");

        var refusal = await Should.ThrowAsync<ServiceException>(Service().Install(_bed.Definition(), CancellationToken.None));

        refusal.Message.ShouldBe($"'systemctl --user enable --now {Unit}' failed (exit code 1): Unit is masked.");
        File.Exists(UserUnit).ShouldBeFalse();
    }

    [Theory]
    [InlineData("Failed to connect to bus: No medium found", "XDG_RUNTIME_DIR")]
    [InlineData("System has not been booted with systemd as init system (PID 1). Can't operate.", "donmai daemon run")]
    public async Task Nothing_is_written_where_systemd_cannot_be_reached(string complaint, string advice)
    {
        Systemctl($"[ \"$1\" = --version ] || {{ echo \"{complaint}\" >&2; exit 1; }}");

        var refusal = await Should.ThrowAsync<ServiceException>(Service().Install(_bed.Definition(), CancellationToken.None));

        refusal.Message.ShouldContain(advice);
        File.Exists(UserUnit).ShouldBeFalse();
    }

    [Fact]
    public async Task Without_systemctl_it_says_so()
    {
        File.Delete(Path.Combine(_bed.Bin, "systemctl"));

        (await Should.ThrowAsync<ServiceException>(Service().Install(_bed.Definition(), CancellationToken.None))).Message.ShouldContain("no systemd");
        (await Should.ThrowAsync<ServiceException>(Service().Start(CancellationToken.None))).Message.ShouldContain("no systemd");
        (await Service().State(CancellationToken.None)).Problem!.ShouldContain("no systemd");
    }

    [Theory]
    [InlineData("Failed to start unit: Access denied")]
    [InlineData("Failed to start unit: Interactive authentication required.")]
    public async Task What_only_root_may_do_is_said(string complaint)
    {
        Systemctl($"echo '{complaint}' >&2; exit 4");

        (await Should.ThrowAsync<ServiceException>(Service(ServiceScope.System).Start(CancellationToken.None))).Message.ShouldEndWith("use sudo.");
    }

    [Theory]
    [InlineData("active", true)]
    [InlineData("activating", true)]
    [InlineData("inactive", false)]
    [InlineData("failed", false)]
    public async Task Its_state_is_systemd_s(string word, bool active)
    {
        await Service().Install(_bed.Definition() with { KeepSessions = true }, CancellationToken.None);
        Systemctl($"[ \"$2\" = is-active ] && {{ echo {word}; exit 3; }}; [ \"$2\" = is-enabled ] && exit 0; exit 1");

        (await Service().State(CancellationToken.None)).ShouldBe(new ServiceState
        {
            Keeper = "systemd",
            Scope = ServiceScope.User,
            Path = UserUnit,
            Installed = true,
            Active = active,
            Enabled = true,
            KeepsSessions = true,
            Word = word,
        });
    }

    [Fact]
    public async Task Start_stop_and_restart_are_systemd_s()
    {
        await Service().Start(CancellationToken.None);
        await Service().Stop(wait: true, CancellationToken.None);
        await Service().Stop(wait: false, CancellationToken.None);
        await Service().Restart(wait: true, CancellationToken.None);

        _bed.Calls.ShouldBe(
        [
            $"systemctl --user reset-failed {Unit}",
            $"systemctl --user start {Unit}",
            $"systemctl --user stop {Unit}",
            $"systemctl --user stop --no-block {Unit}",
            $"systemctl --user restart {Unit}",
        ]);
    }

    [Fact]
    public async Task The_version_of_systemd_decides_about_subgroups()
    {
        Systemctl(version: "systemd 257 (257.9-1)");

        (await Service().Compose(_bed.Definition(), CancellationToken.None)).ShouldContain("\nDelegateSubgroup=daemon\n");
    }

    [Fact]
    public async Task The_machine_s_service_is_that_of_the_user_who_asked_root()
    {
        _bed.Program("getent", $"[ \"$2\" = bob ] && echo 'bob:x:1001:1001:Bob:{_bed.In("bob")}:/bin/sh' || exit 2");
        _bed.Environment["SUDO_USER"] = "bob";

        (await ServiceAccount.Of(ServiceScope.System, _bed.Programs, CancellationToken.None)).ShouldBe(new ServiceAccount("bob", _bed.In("bob"), 1001));
        (await ServiceAccount.Of(ServiceScope.User, _bed.Programs, CancellationToken.None)).Name.ShouldBe(Environment.UserName);

        _bed.Environment["SUDO_USER"] = "nobody-here";
        (await Should.ThrowAsync<ServiceException>(ServiceAccount.Of(ServiceScope.System, _bed.Programs, CancellationToken.None)))
            .Message.ShouldContain("nobody-here");
    }

    [Fact]
    public async Task Lingering_is_loginctl_s()
    {
        _bed.Program("loginctl", "[ \"$1\" = show-user ] && echo Linger=no");
        var lingering = new Lingering(_bed.Account, _bed.Programs);

        (await lingering.EndsAtLogout(CancellationToken.None)).ShouldBe(true);
        await Should.ThrowAsync<ServiceException>(lingering.Enable(CancellationToken.None));
        _bed.Program("loginctl");
        await lingering.Enable(CancellationToken.None);

        _bed.Calls[^1].ShouldBe("loginctl enable-linger anna");
    }

    private SystemdService Service(ServiceScope scope = ServiceScope.User) =>
        new(scope, _bed.Account, _bed.Programs, _bed.In("etc/systemd/system"));

    private void Systemctl(string text = "exit 0", string version = "systemd 252 (252.38-1~deb12u1)") =>
        _bed.Program("systemctl", $"[ \"$1\" = --version ] && {{ echo '{version}'; exit 0; }}\n{text}");
}
