using System.Net;
using Donmai.Daemon;
using Donmai.Sessions;

namespace Donmai.EndToEnd.Tests.Daemon;

/// <summary>control-api.md §4.6 with a real file and restarts.</summary>
public sealed class Changing_the_capacity : IDisposable
{
    private readonly Installation _installation = new();

    public void Dispose() => _installation.Dispose();

    [Fact, Trait("spec", "CA-10"), Trait("spec", "CA-23")]
    public async Task What_was_set_counts_at_once_and_after_a_restart_and_changes_nothing_else_in_the_file()
    {
        _installation.Configure(3, ("shop", "https://git.example.invalid/acme/shop"));
        var file = Path.Combine(_installation.State, "daemon.yaml");
        await File.AppendAllTextAsync(file, "# kept by hand\n");
        var before = await File.ReadAllTextAsync(file);
        await using (var daemon = await RunningDaemon.Start(_installation, "--worker-command", "exec sleep 300"))
        {
            await Set(daemon, "capacity.maxConcurrentSessions", "2");

            (await daemon.Get<DaemonStatus>("/api/daemon/status")).MaxSessions.ShouldBe(2);
            (await Submit(daemon, "s1")).ShouldBe(HttpStatusCode.Accepted);
            (await Submit(daemon, "s2")).ShouldBe(HttpStatusCode.Accepted);
            (await Submit(daemon, "s3")).ShouldBe(HttpStatusCode.BadRequest);
            await Set(daemon, "capacity.maxConcurrentSessions", "0");
            await daemon.Program.KillHard();
        }

        (await File.ReadAllTextAsync(file)).ShouldBe(before.Replace("maxConcurrentSessions: 3", "maxConcurrentSessions: 0", StringComparison.Ordinal));
        File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await using var next = await RunningDaemon.Start(_installation, "--worker-command", "exec sleep 300");
        var status = await next.Get<DaemonStatus>("/api/daemon/status");
        (status.MaxSessions, status.ActiveSessions).ShouldBe((0, 2));
        next.Program.Signal("TERM");
        next.Program.Signal("INT");
        (await next.Program.Ended()).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_daemon_without_a_file_makes_one()
    {
        var file = Path.Combine(_installation.State, "daemon.yaml");
        await using (var daemon = await RunningDaemon.Start(_installation))
        {
            File.Delete(file);
            await Set(daemon, "capacity.poolMaxDiskGb", "7");
            daemon.Program.Signal("TERM");
            (await daemon.Program.Ended()).ExitCode.ShouldBe(0);
        }

        File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await using var next = await RunningDaemon.Start(_installation);
        (await next.Get<CapacityReport>("/api/daemon/capacity")).PoolMaxDiskGb.ShouldBe(7);
    }

    private static async Task Set(RunningDaemon daemon, string key, string value)
    {
        var (status, body) = await daemon.Post("/api/daemon/capacity", $$"""{"key":"{{key}}","value":"{{value}}"}""");
        (status, body.TrimEnd()).ShouldBe((HttpStatusCode.OK, $$"""{"ok":true,"key":"{{key}}","value":"{{value}}","message":"applied"}"""));
    }

    private static async Task<HttpStatusCode> Submit(RunningDaemon daemon, string id) =>
        (await daemon.Submit(new SessionSpec { SessionId = id, Repository = "shop" })).Status;
}
