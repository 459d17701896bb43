using System.Diagnostics;

namespace Donmai.EndToEnd.Tests.Daemon;

/// <summary>Starts that cannot work end with one clear sentence and leave the others alone.</summary>
public sealed class Starting_the_daemon : IDisposable
{
    private readonly Installation _installation = new();

    public void Dispose() => _installation.Dispose();

    [Fact]
    [Trait("spec", "CA-1")]
    public async Task It_listens_on_loopback_and_says_where()
    {
        await using var daemon = await RunningDaemon.Start(_installation);

        daemon.Address.Host.ShouldBe("127.0.0.1");
        (await daemon.Http.GetStringAsync("/healthz")).ShouldBe("ok");
    }

    [Fact]
    public async Task A_second_daemon_on_the_same_state_directory_is_refused()
    {
        await using var daemon = await RunningDaemon.Start(_installation);

        var second = await _installation.Run("daemon", "run", "--port", "0", "--silo-port", "0", "--grain-port", "0");

        second.ExitCode.ShouldBe(1, second.ToString());
        second.Error.ShouldContain(_installation.State);
        second.Error.ShouldContain(daemon.Program.Pid.ToString(System.Globalization.CultureInfo.InvariantCulture));
        second.Error.ShouldNotContain("   at ");
        (await daemon.Http.GetStringAsync("/healthz")).ShouldBe("ok");
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        await using var daemon = await RunningDaemon.Start(_installation);
        using var other = new Installation();

        var second = await other.Run(
            "daemon", "run", "--port", daemon.Address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), "--silo-port", "0", "--grain-port", "0");

        second.ExitCode.ShouldBe(1, second.ToString());
        second.Error.ShouldContain($"Port {daemon.Address.Port} on 127.0.0.1 is taken");
        second.Error.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task A_state_directory_that_cannot_be_made_is_named()
    {
        var file = Path.Combine(_installation.Directory, "a-file");
        await File.WriteAllTextAsync(file, "");
        _installation.Environment["DONMAI_STATE_HOME"] = Path.Combine(file, "state");

        var outcome = await _installation.Run("daemon", "run", "--port", "0", "--silo-port", "0", "--grain-port", "0");

        outcome.ExitCode.ShouldBe(1, outcome.ToString());
        outcome.Error.ShouldContain(Path.Combine(file, "state"));
        outcome.Error.ShouldNotContain("   at ");
    }

    [SkippableOnDiskFact]
    public async Task A_full_disk_is_said_and_leaves_nothing_half_done()
    {
        using var disk = SmallDisk.Mount(_installation.Directory, kilobytes: 256);
        disk.Fill();
        _installation.Environment["DONMAI_STATE_HOME"] = Path.Combine(disk.Path, "state");

        var outcome = await _installation.Run("daemon", "run", "--port", "0", "--silo-port", "0", "--grain-port", "0");

        outcome.ExitCode.ShouldBe(1, outcome.ToString());
        outcome.Error.ShouldContain("disk", Case.Insensitive);
        outcome.Error.ShouldNotContain("   at ");
    }

    [Fact]
    [Trait("spec", "CA-22")]
    public async Task A_terminate_signal_ends_an_idle_daemon_with_code_0_and_frees_the_port()
    {
        await using var daemon = await RunningDaemon.Start(_installation);
        var sinceSignal = Stopwatch.StartNew();

        daemon.Program.Signal("TERM");
        var outcome = await daemon.Program.Ended();

        outcome.ExitCode.ShouldBe(0, outcome.ToString());
        sinceSignal.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
        await using var next = await RunningDaemon.Start(_installation);
    }

    [Fact]
    public async Task Every_file_it_makes_is_for_its_user_alone()
    {
        await using var daemon = await RunningDaemon.Start(_installation);

        foreach (var path in Directory.EnumerateFileSystemEntries(_installation.State, "*", SearchOption.AllDirectories).Append(_installation.State))
            (File.GetUnixFileMode(path) & (UnixFileMode)0b000_111_111).ShouldBe(UnixFileMode.None, path);
    }
}
