using System.Net;
using System.Text.Json;
using Donmai.Daemon;
using Donmai.Sessions;

namespace Donmai.EndToEnd.Tests.Daemon;

/// <summary>control-api.md §5 with real processes and real signals.</summary>
public sealed class Ending_the_daemon : IDisposable
{
    private const string Repository = "https://git.example.invalid/acme/shop";

    private readonly Installation _installation = new();

    public Ending_the_daemon() => _installation.Configure(4, ("shop", Repository));

    public void Dispose() => _installation.Dispose();

    // It ends by itself when the file is there, and at once when it is asked to.
    private string Patient => $"until [ -e '{_installation.Directory}'/go ]; do sleep 0.02; done";

    [Fact]
    public async Task A_terminate_signal_waits_for_the_session_and_shows_draining_meanwhile()
    {
        await using var daemon = await RunningDaemon.Start(_installation, "--worker-command", Patient);
        await Submit(daemon, "s1");
        var following = daemon.Ended("s1");

        daemon.Program.Signal("TERM");

        await RunningDaemon.Until(async () => (await daemon.Get<DaemonStatus>("/api/daemon/status")).Status is "draining", "status draining");
        var (status, refusal) = await daemon.Submit(new SessionSpec { SessionId = "s2", Repository = "shop" });
        (status, JsonDocument.Parse(refusal).RootElement.GetProperty("error").GetString())
            .ShouldBe((HttpStatusCode.BadRequest, "daemon is not running (state \"draining\")"));
        await File.WriteAllTextAsync(Path.Combine(_installation.Directory, "go"), "");
        var outcome = await daemon.Program.Ended();
        outcome.ExitCode.ShouldBe(0, outcome.ToString());
        await Should.ThrowAsync<HttpRequestException>(() => daemon.Http.GetStringAsync("/healthz"));
        var exit = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_installation.State, "last-exit.json"))).RootElement;
        (exit.GetProperty("exitCode").GetInt32(), exit.GetProperty("reason").GetString()).ShouldBe((0, "a signal asked the daemon to end"));
        await Task.WhenAny(following); // it may have been answered, or cut while it asked for more
        await using var next = await RunningDaemon.Start(_installation, "--worker-command", Patient);
        (await next.Inspect("s1")).State.ShouldBe(SessionState.Completed);
    }

    [Fact]
    public async Task A_second_signal_ends_the_sessions_and_the_daemon()
    {
        await using var daemon = await RunningDaemon.Start(_installation, "--worker-command", $"trap '' TERM; {Patient}");
        var session = await Submit(daemon, "s1");
        daemon.Program.Signal("INT");
        await RunningDaemon.Until(async () => (await daemon.Get<DaemonStatus>("/api/daemon/status")).Status is "draining", "status draining");

        daemon.Program.Signal("TERM");

        var outcome = await daemon.Program.Ended();
        outcome.ExitCode.ShouldBe(0, outcome.ToString());
        RunningProgram.IsAlive(session.Pid).ShouldBeFalse();
        await using var next = await RunningDaemon.Start(_installation, "--worker-command", Patient);
        var ended = await next.Inspect("s1");
        (ended.State, ended.StopMode).ShouldBe((SessionState.Terminated, SessionStopMode.Drained));
    }

    [Fact, Trait("spec", "CA-21")]
    public async Task A_drain_over_http_with_a_deadline_ends_what_is_left_and_then_the_daemon()
    {
        await using var daemon = await RunningDaemon.Start(_installation, "--worker-command", Patient);
        var session = await Submit(daemon, "s1");

        var (status, body) = await daemon.Post("/api/daemon/drain", """{"timeoutSeconds":1,"then":"stop"}""");

        (status, body.TrimEnd()).ShouldBe((HttpStatusCode.OK, """{"ok":true,"message":"drain initiated (timeout 1s)"}"""));
        var outcome = await daemon.Program.Ended();
        outcome.ExitCode.ShouldBe(0, outcome.ToString());
        RunningProgram.IsAlive(session.Pid).ShouldBeFalse();
        outcome.Error.ShouldContain("1 sessions did not end in time and are being ended");
    }

    [Fact]
    public async Task A_signal_while_it_starts_ends_it_with_code_0()
    {
        await using var program = _installation.Start("daemon", "run", "--port", "0", "--silo-port", "0", "--grain-port", "0");
        await program.LineWith("[daemon] http listening on ");

        program.Signal("TERM");

        var outcome = await program.Ended();
        outcome.ExitCode.ShouldBe(0, outcome.ToString());
        outcome.Error.ShouldNotContain("   at ");
        await using var next = await RunningDaemon.Start(_installation);
    }

    [Fact]
    public async Task A_daemon_that_was_killed_is_told_of_by_the_next_one()
    {
        await using (var daemon = await RunningDaemon.Start(_installation))
            await daemon.Program.KillHard();

        await using var next = await RunningDaemon.Start(_installation);

        await next.Program.LineWith("ended without a word: it was killed, or the machine went down");
    }

    private static async Task<SessionInspection> Submit(RunningDaemon daemon, string id)
    {
        var (status, body) = await daemon.Submit(new SessionSpec { SessionId = id, Repository = "shop" });
        status.ShouldBe(HttpStatusCode.Accepted, body);
        return await daemon.Inspect(id);
    }
}
