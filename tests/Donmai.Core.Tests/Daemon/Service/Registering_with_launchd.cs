using Donmai.Core.Daemon.Service;

namespace Donmai.Core.Tests.Daemon.Service;

/// <summary>The commands launchd gets, seen by a <c>launchctl</c> on the <c>PATH</c> (daemon-runtime.md §14.1).</summary>
public sealed class Registering_with_launchd : IDisposable
{
    private const string Job = "gui/501/dev.donmai.daemon";

    private readonly SystemBed _bed = new();

    public Registering_with_launchd() => _bed.Program("launchctl");

    private string Plist => Path.Combine(_bed.Home, "Library/LaunchAgents/dev.donmai.daemon.plist");

    private LaunchdService Service => new(_bed.Account, _bed.Programs, TimeProvider.System);

    private string[] Load =>
        [$"launchctl bootout {Job}", $"launchctl bootout gui/501 {Plist}", $"launchctl bootstrap gui/501 {Plist}"];

    public void Dispose() => _bed.Dispose();

    [Fact]
    public async Task Install_writes_the_list_makes_room_for_the_log_and_loads_it()
    {
        await Service.Install(_bed.Definition(), CancellationToken.None);

        (await File.ReadAllTextAsync(Plist)).ShouldBe(LaunchdPlist.Compose(_bed.Definition()));
        Directory.Exists(Path.Combine(_bed.Home, "Library/Logs/donmai")).ShouldBeTrue();
        _bed.Calls.ShouldBe(Load);
    }

    [Theory]
    [InlineData("Bootstrap failed: 5: Input/output error")]
    [InlineData("Operation already in progress")]
    public async Task A_job_that_is_still_going_is_loaded_a_second_time(string complaint)
    {
        _bed.Program("launchctl", $"[ \"$1\" = bootstrap ] && [ ! -f \"$CALLS.tried\" ] && {{ : > \"$CALLS.tried\"; echo '{complaint}' >&2; exit 5; }}; exit 0");

        await Service.Install(_bed.Definition(), CancellationToken.None);

        _bed.Calls.ShouldBe([.. Load, .. Load]);
    }

    [Fact]
    public async Task A_job_that_is_loaded_already_is_fine()
    {
        _bed.Program("launchctl", "[ \"$1\" = bootstrap ] && { echo 'service already loaded' >&2; exit 37; }; exit 0");

        await Service.Install(_bed.Definition(), CancellationToken.None);
    }

    [Fact]
    public async Task Another_refusal_is_said_with_what_to_do()
    {
        _bed.Program("launchctl", "[ \"$1\" = bootstrap ] && { echo 'Path had bad ownership' >&2; exit 122; }; exit 0");

        (await Should.ThrowAsync<ServiceException>(Service.Install(_bed.Definition(), CancellationToken.None)))
            .Message.ShouldBe($"launchd refused the service: Path had bad ownership Try 'launchctl bootout {Job}', then install it again.");
    }

    [Fact]
    public async Task Uninstall_takes_the_job_out_and_the_list_away_once()
    {
        await Service.Install(_bed.Definition(), CancellationToken.None);

        (await Service.Uninstall(CancellationToken.None)).ShouldBeTrue();
        (await Service.Uninstall(CancellationToken.None)).ShouldBeFalse();

        File.Exists(Plist).ShouldBeFalse();
        _bed.Calls[Load.Length..].ShouldBe([$"launchctl bootout {Job}"]);
    }

    [Theory]
    [InlineData("", 113, false, false)]
    [InlineData("\"Label\" = \"dev.donmai.daemon\";", 0, true, false)]
    [InlineData("\"PID\" = 0; \"Label\" = \"dev.donmai.daemon\";", 0, true, false)]
    [InlineData("\"PID\" = 4711; \"Label\" = \"dev.donmai.daemon\";", 0, true, true)]
    public async Task Its_state_is_launchd_s(string answer, int code, bool loaded, bool running)
    {
        _bed.Program("launchctl", $"echo '{answer}'; exit {code}");

        var state = await Service.State(CancellationToken.None);

        (state.Installed, state.Enabled, state.Active).ShouldBe((false, loaded, running));
    }

    [Fact]
    public async Task Start_loads_the_job_or_kicks_the_one_that_is_loaded()
    {
        await Service.Start(CancellationToken.None);
        _bed.Program("launchctl", "echo '\"Label\" = \"dev.donmai.daemon\";'");
        await Service.Start(CancellationToken.None);

        _bed.Calls.ShouldBe(["launchctl list dev.donmai.daemon", .. Load, "launchctl list dev.donmai.daemon", $"launchctl kickstart {Job}"]);
    }

    [Fact]
    public async Task Stop_waits_until_the_daemon_has_gone()
    {
        _bed.Program("launchctl", "[ \"$1\" = kill ] && exit 0; [ -f \"$CALLS.looked\" ] || { : > \"$CALLS.looked\"; echo '\"PID\" = 4711; \"Label\" = \"dev.donmai.daemon\";'; }");

        await Service.Stop(wait: true, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));

        _bed.Calls.ShouldBe([$"launchctl kill SIGTERM {Job}", "launchctl list dev.donmai.daemon", "launchctl list dev.donmai.daemon"]);
    }
}
