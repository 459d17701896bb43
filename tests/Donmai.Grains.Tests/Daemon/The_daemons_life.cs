using Donmai.Daemon;
using Donmai.Grains.Tests.Machines;
using Donmai.Sessions;

namespace Donmai.Grains.Tests.Daemon;

public sealed class The_daemons_life
{
    [Fact]
    public async Task Status_tells_what_runs_where()
    {
        await using var machine = await TestMachine.Running();
        machine.Clock.Advance(TimeSpan.FromSeconds(90));
        await machine.Accept("a");

        var status = await machine.Daemon.Status();

        status.Status.ShouldBe("ready");
        (status.Version, status.Engine, status.MachineId, status.Pid).ShouldBe(("1.2.3", "test engine", TestMachine.Name, Environment.ProcessId));
        (status.ActiveSessions, status.MaxSessions, status.ProjectsAllowed).ShouldBe((1, 4, 1));
        status.UptimeSeconds.ShouldBeInRange(90, 120);
    }

    [Fact, Trait("spec", "DR-22")]
    public async Task Starting_a_daemon_that_runs_fails_and_changes_nothing()
    {
        await using var machine = await TestMachine.Running();

        (await Should.ThrowAsync<InvalidOperationException>(machine.Daemon.Start())).Message.ShouldContain("running");

        (await machine.Daemon.Status()).Status.ShouldBe("ready");
    }

    [Fact, Trait("spec", "DR-24")]
    public async Task Status_is_never_ready_while_work_is_refused()
    {
        await using var machine = await TestMachine.Booted();
        (await machine.Daemon.Status()).Status.ShouldBe("stopped");
        (await machine.Daemon.Status()).UptimeSeconds.ShouldBe(0);

        await machine.Daemon.Start();
        (await machine.Daemon.Status()).Status.ShouldBe("ready");

        await machine.Spawner.SetAccepting(false);
        (await machine.Daemon.Status()).Status.ShouldBe("paused");

        await machine.Daemon.Stop(new() { KeepSessions = true });
        (await machine.Daemon.Status()).Status.ShouldBe("stopped");
    }

    [Fact]
    public async Task While_sessions_are_found_again_it_is_recovering_and_refuses_work()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a");
        await machine.Kill();
        var archiving = Eventually.Signal();
        var release = Eventually.Signal();
        machine.Archives.Making = _ =>
        {
            archiving.TrySetResult();
            return release.Task;
        };
        await machine.Processes.End("a", new ProcessExit { ExitCode = 0 });
        await machine.Boot();

        var starting = machine.Daemon.Start();
        await archiving.Task.InTime();

        (await machine.Daemon.State()).ShouldBe(DaemonState.Recovering);
        (await machine.Daemon.Status()).Status.ShouldBe("recovering");
        (await Should.ThrowAsync<SessionRefusedException>(machine.Accept("b"))).Message.ShouldBe("daemon is not running (state \"recovering\")");
        release.SetResult();
        await starting.InTime();
        (await machine.Daemon.Status()).Status.ShouldBe("ready");
    }
}
