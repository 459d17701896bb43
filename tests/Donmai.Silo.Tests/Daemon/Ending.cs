using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Donmai.Core.Daemon;
using Donmai.Daemon;
using Donmai.Silo.Daemon;

namespace Donmai.Silo.Tests.Daemon;

/// <summary>control-api.md §5, daemon-runtime.md §6.4, §6.5, §15.3: how a daemon ends, and what is known of it afterwards.</summary>
public sealed class Ending
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact, Trait("spec", "CA-21")]
    public async Task A_stop_over_http_is_answered_before_the_daemon_ends_with_code_0()
    {
        await using var daemon = await RunningDaemon.Start();
        var port = daemon.Host.Address.Port;

        var (status, answer) = await daemon.Post("/api/daemon/stop", "");

        status.ShouldBe(HttpStatusCode.OK);
        answer.ToString().ShouldBe("""{"ok":true,"message":"stopping"}""");
        (await daemon.Host.Finished.WaitAsync(Limit)).ShouldBe(0);
        await Should.ThrowAsync<HttpRequestException>(() => daemon.Get("/api/daemon/status"));
        using var next = new TcpListener(IPAddress.Loopback, port);
        next.Start();
        next.Stop();
        await daemon.Resume();
    }

    [Fact, Trait("spec", "CA-21"), Trait("spec", "CA-7")]
    public async Task It_waits_for_its_sessions_with_the_control_api_up()
    {
        await using var daemon = await RunningDaemon.Start(GrainStore.Journal);
        await daemon.Accept("s1");
        await daemon.WorkerVariable("s1", "PATH");

        await daemon.Host.BeginStop(new DaemonStopRequest());

        (await daemon.Get("/api/daemon/status")).Json.GetProperty("status").GetString().ShouldBe("draining");
        (await daemon.Accept("s2")).Json.GetProperty("error").GetString().ShouldBe("daemon is not running (state \"draining\")");
        var following = daemon.End("s1");
        daemon.LetEnd("s1");
        await following;
        (await daemon.Host.Finished.WaitAsync(Limit)).ShouldBe(0);
        await daemon.Resume();
        (await daemon.Get("/api/daemon/sessions/s1/inspect")).Json.GetProperty("state").GetString().ShouldBe("completed");
    }

    [Fact]
    public async Task A_wait_that_is_ended_ends_the_sessions()
    {
        await using var daemon = await RunningDaemon.Start(GrainStore.Journal);
        await daemon.Accept("s1");
        await daemon.WorkerVariable("s1", "PATH");
        await daemon.Host.BeginStop(new DaemonStopRequest());

        await daemon.Host.BeginStop(new DaemonStopRequest { Immediately = true });

        (await daemon.Host.Finished.WaitAsync(Limit)).ShouldBe(0);
        await daemon.Resume();
        var ended = (await daemon.Get("/api/daemon/sessions/s1/inspect")).Json;
        (ended.GetProperty("state").GetString(), ended.GetProperty("stopMode").GetString()).ShouldBe(("terminated", "drained"));
    }

    [Theory]
    [InlineData("GET /healthz HTTP/1.1\r\nHost: ")]
    [InlineData("GET")]
    public async Task A_request_that_is_never_sent_whole_does_not_hold_it_up(string half)
    {
        await using var daemon = await RunningDaemon.Start();
        using var caller = new TcpClient();
        await caller.ConnectAsync(daemon.Host.Address.Host, daemon.Host.Address.Port);
        await caller.GetStream().WriteAsync(Encoding.ASCII.GetBytes(half));
        (await daemon.Get("/api/daemon/status")).Status.ShouldBe(HttpStatusCode.OK);

        await daemon.Host.Stop().WaitAsync(TimeSpan.FromSeconds(20));

        await daemon.Resume();
    }

    [Fact]
    public async Task A_daemon_that_cannot_be_reached_any_more_waits_for_its_sessions_and_ends_with_code_1()
    {
        await using var daemon = await RunningDaemon.Start(GrainStore.Journal);
        await daemon.Accept("s1");
        await daemon.WorkerVariable("s1", "PATH");

        daemon.Host.Gateway.Listeners.Dispose();
        daemon.Host.Finished.IsCompleted.ShouldBeFalse();
        daemon.LetEnd("s1");

        (await daemon.Host.Finished.WaitAsync(Limit)).ShouldBe(1);
        LastExit(daemon).GetProperty("reason").GetString()!.ShouldStartWith("the control API was lost: the listener on ");
        await daemon.Resume();
        (await daemon.Get("/api/daemon/sessions/s1/inspect")).Json.GetProperty("state").GetString().ShouldBe("completed");
    }

    [Fact]
    public async Task What_is_known_of_the_end_is_for_its_user_alone_and_open_while_it_runs()
    {
        await using var daemon = await RunningDaemon.Start();
        LastExit(daemon).GetProperty("endedAt").ValueKind.ShouldBe(JsonValueKind.Null);

        await daemon.Host.BeginStop(new DaemonStopRequest { Reason = "enough for today" });
        await daemon.Host.Finished.WaitAsync(Limit);

        var exit = LastExit(daemon);
        (exit.GetProperty("exitCode").GetInt32(), exit.GetProperty("reason").GetString(), exit.GetProperty("pid").GetInt32())
            .ShouldBe((0, "enough for today", Environment.ProcessId));
        File.GetUnixFileMode(daemon.Options.State.LastExit).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await daemon.Resume();
    }

    [Theory]
    [InlineData("""{"schema":1,"pid":77,"version":"1.0","startedAt":"2026-05-07T12:34:56Z","endedAt":null,"exitCode":null}""", false, "process 77 (version 1.0), started at 2026-05-07T12:34:56Z, ended without a word: it was killed, or the machine went down; its log says more (donmai daemon logs)")]
    [InlineData("""{"schema":1,"pid":77,"version":"1.0","startedAt":"2026-05-07T12:34:56Z","endedAt":"2026-05-08T00:00:00Z","exitCode":3,"reason":"a new version was installed"}""", true, "process 77 (version 1.0) ended at 2026-05-08T00:00:00Z with code 3: a new version was installed")]
    [InlineData("garbage", true, "no daemon ran here before")]
    public async Task The_doctor_tells_how_the_daemon_before_ended(string file, bool isWell, string detail)
    {
        await using var daemon = await RunningDaemon.Start();
        await daemon.Host.Stop();
        await File.WriteAllTextAsync(daemon.Options.State.LastExit, file);

        await daemon.Resume();

        var check = (await daemon.Get("/api/daemon/doctor")).Json.GetProperty("hostChecks").EnumerateArray()
            .Single(static check => check.GetProperty("name").GetString() == "last-exit");
        (check.GetProperty("ok").GetBoolean(), check.GetProperty("detail").GetString()).ShouldBe((isWell, detail));
    }

    [Fact]
    public async Task A_start_that_fails_says_so_too()
    {
        await using var first = await RunningDaemon.Start();
        using var directory = new TemporaryDirectory();
        var options = first.Options with { State = new StateDirectory(directory.Path), Port = first.Host.Address.Port };

        await Should.ThrowAsync<DaemonStartException>(() => DaemonHost.Start(options));

        using var exit = JsonDocument.Parse(await File.ReadAllTextAsync(options.State.LastExit));
        exit.RootElement.GetProperty("exitCode").GetInt32().ShouldBe(1);
        exit.RootElement.GetProperty("reason").GetString()!.ShouldContain("is taken");
    }

    private static JsonElement LastExit(RunningDaemon daemon) => JsonDocument.Parse(File.ReadAllText(daemon.Options.State.LastExit)).RootElement;
}
