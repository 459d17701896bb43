using System.Net;
using System.Net.Sockets;
using Donmai.Core.Daemon;
using Donmai.Silo.Daemon;
using Donmai.Silo.Tests.Storage;

namespace Donmai.Silo.Tests.Daemon;

/// <summary>daemon-runtime.md §6.3, §6.4, control-api.md §5: how a daemon starts, refuses to, stops, and comes back.</summary>
public sealed class StartAndStop
{
    [Fact]
    [Trait("spec", "CA-1")]
    [Trait("spec", "CA-6")]
    public async Task A_fresh_daemon_is_ready_and_says_where_and_what_it_is()
    {
        await using var daemon = await RunningDaemon.Start(GrainStore.Journal);

        var (_, status) = await daemon.Get("/api/daemon/status");

        status.GetProperty("status").GetString().ShouldBe("ready");
        status.GetProperty("machineId").GetString().ShouldBe(RunningDaemon.Machine);
        status.GetProperty("pid").GetInt32().ShouldBe(Environment.ProcessId);
        status.GetProperty("maxSessions").GetInt32().ShouldBe(2);
        status.GetProperty("projectsAllowed").GetInt32().ShouldBe(1);
        status.GetProperty("engine").GetString()!.ShouldContain("Orleans");
        daemon.Announced.ToString().Split(Environment.NewLine).ShouldBe(
        [
            $"[daemon] donmai {status.GetProperty("version").GetString()}, engine {status.GetProperty("engine").GetString()}",
            $"[daemon] http listening on 127.0.0.1:{daemon.Host.Address.Port}",
            "",
        ]);
    }

    [Fact]
    [Trait("spec", "CA-20")]
    public async Task The_embedding_program_names_the_version()
    {
        await using var first = await RunningDaemon.Start();
        using var directory = new TemporaryDirectory();
        await using var daemon = await DaemonHost.Start(first.Options with { State = new StateDirectory(directory.Path), Version = "9.8.7" });
        using var http = new HttpClient { BaseAddress = daemon.Address };

        (await http.GetStringAsync("/api/daemon/status")).ShouldContain("\"version\":\"9.8.7\"");
    }

    [Fact]
    public async Task A_second_daemon_on_the_same_state_directory_is_told_who_has_it()
    {
        await using var first = await RunningDaemon.Start();

        var refusal = await Should.ThrowAsync<DaemonStartException>(() => DaemonHost.Start(first.Options));

        refusal.Message.ShouldContain($"Another daemon (process {Environment.ProcessId}) uses the state directory {first.Options.State.Root}");
        (await first.Get("/api/daemon/status")).Status.ShouldBe(HttpStatusCode.OK);
        File.Exists(first.Options.State.Socket).ShouldBeTrue();
    }

    [Fact]
    public async Task A_taken_port_is_one_sentence_and_leaves_the_state_directory_free()
    {
        await using var first = await RunningDaemon.Start();
        using var directory = new TemporaryDirectory();
        var options = first.Options with { State = new StateDirectory(directory.Path), Port = first.Host.Address.Port };

        var refusal = await Should.ThrowAsync<DaemonStartException>(() => DaemonHost.Start(options));

        refusal.Message.ShouldContain($"Port {first.Host.Address.Port} on 127.0.0.1 is taken");
        await using var elsewhere = await DaemonHost.Start(options with { Port = 0 });
    }

    [Theory]
    [InlineData("--silo-port")]
    [InlineData("--grain-port")]
    public async Task A_taken_port_of_the_silo_is_one_sentence(string option)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        await using var first = await RunningDaemon.Start();
        using var directory = new TemporaryDirectory();
        var options = first.Options with { State = new StateDirectory(directory.Path) };
        options = option is "--silo-port" ? options with { SiloPort = port } : options with { GrainPort = port };

        var refusal = await Should.ThrowAsync<DaemonStartException>(() => DaemonHost.Start(options));

        refusal.Message.ShouldContain($"Port {port} on 127.0.0.1 is taken");
        refusal.Message.ShouldContain(option);
    }

    [Theory]
    [InlineData("/proc/donmai")]
    [InlineData("/dev/null/state")]
    public async Task A_state_directory_that_cannot_be_is_one_sentence(string path)
    {
        await using var first = await RunningDaemon.Start();

        var refusal = await Should.ThrowAsync<DaemonStartException>(() => DaemonHost.Start(first.Options with { State = new StateDirectory(path) }));

        refusal.Message.ShouldStartWith($"The state directory {path} cannot be used: ");
        refusal.Message.ShouldNotContain("\n");
    }

    [SmallDiskFact]
    public async Task A_full_disk_is_one_sentence()
    {
        using var disk = SmallDisk.TryMount(64)!;
        await File.WriteAllBytesAsync(Path.Combine(disk.Path, "filler"), new byte[60 * 1024]);
        await using var first = await RunningDaemon.Start(GrainStore.Journal);

        var refusal = await Should.ThrowAsync<DaemonStartException>(
            () => DaemonHost.Start(first.Options with { State = new StateDirectory(Path.Combine(disk.Path, "s")) }));

        refusal.Message.ShouldNotContain("\n");
        refusal.Message.ShouldContain(disk.Path);
    }

    [Fact]
    public async Task After_a_stop_port_socket_and_directory_are_free()
    {
        var daemon = await RunningDaemon.Start();
        var port = daemon.Host.Address.Port;
        await daemon.Host.Stop();

        File.Exists(daemon.Options.State.Socket).ShouldBeFalse();
        await using var next = await DaemonHost.Start(daemon.Options with { Port = port });
        next.Address.Port.ShouldBe(port);
    }

    [Fact]
    public async Task Sessions_outlive_the_daemon_and_the_next_one_hears_of_their_ends()
    {
        await using var daemon = await RunningDaemon.Start(GrainStore.Journal);
        await daemon.Accept("s1");
        await daemon.Accept("s2");
        var before = (await daemon.Get("/api/daemon/sessions")).Json.ToString();

        await daemon.Restart();

        (await daemon.Get("/api/daemon/sessions")).Json.ToString().ShouldBe(before);
        (await daemon.Get("/api/daemon/status")).Json.GetProperty("activeSessions").GetInt32().ShouldBe(2);
        daemon.LetEnd("s1");
        await daemon.End("s1");
        (await daemon.Get("/api/daemon/sessions/s1/inspect")).Json.GetProperty("state").GetString().ShouldBe("completed");
    }

    [Fact]
    public async Task A_session_that_ended_while_no_daemon_ran_is_completed_by_the_next()
    {
        await using var daemon = await RunningDaemon.Start(GrainStore.Journal);
        await daemon.Accept("s1");
        await daemon.WorkerVariable("s1", "PATH");
        await daemon.Host.Stop();
        daemon.LetEnd("s1");

        await daemon.Resume();
        await daemon.End("s1");

        var ended = (await daemon.Get("/api/daemon/sessions/s1/inspect")).Json;
        ended.GetProperty("state").GetString().ShouldBe("completed", ended.ToString());
    }

    [Fact]
    public void A_daemon_s_own_worker_is_this_program()
    {
        var state = new StateDirectory("/var/lib/donmai");

        var words = WorkerCommands.Own(state).Words;

        words[0].ShouldBe(Environment.ProcessPath);
        words.ShouldContain("agent");
        words.SkipWhile(static word => word != "--record-dir").Skip(1).First().ShouldBe(state.Records);
        WorkerCommands.Shell("exit 3").Words.ShouldBe(["/bin/sh", "-c", "exit 3"]);
    }
}
