using Donmai.Daemon;
using Donmai.Grains.Tests.Machines;
using Donmai.Sessions;

namespace Donmai.Grains.Tests.Daemon;

public sealed class Pausing
{
    [Fact, Trait("spec", "DR-42"), Trait("spec", "CA-6")]
    public async Task A_paused_daemon_refuses_work_and_a_resumed_one_takes_it()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a");

        (await machine.Daemon.Pause()).ShouldBe(new DaemonActionAnswer { Ok = true, Message = "paused" });

        (await machine.Daemon.Status()).Status.ShouldBe("paused");
        (await Should.ThrowAsync<SessionRefusedException>(machine.Accept("b"))).Message.ShouldBe("daemon is not running (state \"paused\")");
        (await machine.Spawner.Live()).ShouldHaveSingleItem().State.ShouldBe(SessionState.Running);
        machine.Processes.Stops.ShouldBeEmpty();

        (await machine.Daemon.Resume()).ShouldBe(new DaemonActionAnswer { Ok = true, Message = "resumed" });

        (await machine.Daemon.Status()).Status.ShouldBe("ready");
        await machine.Accept("b");
    }

    [Fact]
    public async Task Pausing_and_resuming_can_be_repeated()
    {
        await using var machine = await TestMachine.Running();

        await machine.Daemon.Resume();
        await machine.Daemon.Pause();
        await machine.Daemon.Pause();

        (await machine.Daemon.State()).ShouldBe(DaemonState.Paused);
    }

    [Fact]
    public async Task A_daemon_that_was_not_started_can_be_neither_paused_nor_resumed_nor_drained()
    {
        await using var machine = await TestMachine.Booted();

        (await Should.ThrowAsync<DaemonActionRefusedException>(machine.Daemon.Pause())).Message.ShouldBe("cannot pause while stopped");
        (await Should.ThrowAsync<DaemonActionRefusedException>(machine.Daemon.Resume())).Message.ShouldBe("cannot resume while stopped");
        (await Should.ThrowAsync<DaemonActionRefusedException>(machine.Daemon.Drain(new DrainRequest()))).Message.ShouldBe("cannot drain while stopped");
        (await Should.ThrowAsync<DaemonActionRefusedException>(machine.Daemon.BeginUpdate())).Message.ShouldBe("cannot update while stopped");
    }

    [Fact]
    public async Task A_pause_does_not_outlive_the_daemon()
    {
        await using var machine = await TestMachine.Running();
        await machine.Daemon.Pause();

        await machine.Restart();

        (await machine.Daemon.Status()).Status.ShouldBe("ready");
    }
}
