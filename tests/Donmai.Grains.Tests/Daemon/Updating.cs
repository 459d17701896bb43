using Donmai.Daemon;
using Donmai.Grains.Tests.Machines;
using Donmai.Sessions;

namespace Donmai.Grains.Tests.Daemon;

public sealed class Updating
{
    [Fact, Trait("spec", "DR-54")]
    public async Task A_new_version_is_installed_when_no_session_is_left_and_the_program_asks_to_be_started_again()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a");

        var ready = machine.Daemon.BeginUpdate();
        await machine.Becomes("updating");
        (await Should.ThrowAsync<SessionRefusedException>(machine.Accept("b"))).Message.ShouldBe("daemon is not running (state \"updating\")");
        ready.IsCompleted.ShouldBeFalse();
        await machine.Exit("a");
        await ready.InTime();
        (await machine.Daemon.Status()).Status.ShouldBe("updating");
        await machine.Daemon.EndUpdate(applied: true);

        (await machine.Ending.Stopped.InTime()).ExitCode.ShouldBe(3);
        (await machine.Daemon.State()).ShouldBe(DaemonState.Stopped);
    }

    [Theory, Trait("spec", "DR-26")]
    [InlineData(false, "ready")]
    [InlineData(true, "paused")]
    public async Task When_nothing_was_installed_it_is_as_it_was(bool paused, string after)
    {
        await using var machine = await TestMachine.Running();
        if (paused)
            await machine.Daemon.Pause();

        await machine.Daemon.BeginUpdate().InTime();
        await machine.Daemon.EndUpdate(applied: false);

        (await machine.Daemon.Status()).Status.ShouldBe(after);
        machine.Ending.Stopped.IsCompleted.ShouldBeFalse();
        if (!paused)
            await machine.Accept("a");
    }

    [Fact]
    public async Task An_update_that_is_given_up_while_it_waits_ends_no_session()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a");
        var waiting = machine.Daemon.BeginUpdate();
        await machine.Becomes("updating");

        await machine.Daemon.EndUpdate(applied: false);

        await Should.ThrowAsync<DaemonActionRefusedException>(waiting.InTime());
        machine.Clock.Advance(TimeSpan.FromHours(1));
        (await machine.Daemon.Status()).Status.ShouldBe("ready");
        machine.Processes.Stops.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_else_can_be_asked_for_meanwhile_but_a_stop()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a");
        var waiting = machine.Daemon.BeginUpdate();
        await machine.Becomes("updating");

        (await Should.ThrowAsync<DaemonActionRefusedException>(machine.Daemon.Pause())).Message.ShouldBe("cannot pause while updating");
        (await Should.ThrowAsync<DaemonActionRefusedException>(machine.Daemon.Resume())).Message.ShouldBe("cannot resume while updating");
        (await Should.ThrowAsync<DaemonActionRefusedException>(machine.Daemon.Drain(new()))).Message.ShouldBe("cannot drain while updating");
        (await Should.ThrowAsync<DaemonActionRefusedException>(machine.Daemon.BeginUpdate())).Message.ShouldBe("cannot update while updating");
        await machine.Daemon.Stop(new());

        (await Should.ThrowAsync<DaemonActionRefusedException>(waiting.InTime())).Message.ShouldBe("cannot update while stopping");
        await machine.Daemon.EndUpdate(applied: false);
        (await machine.Daemon.Status()).Status.ShouldBe("draining");
        await machine.Exit("a");
        (await machine.Ending.Stopped.InTime()).ExitCode.ShouldBe(0);
    }
}
