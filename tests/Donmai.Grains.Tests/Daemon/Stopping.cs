using Donmai.Core.Daemon;
using Donmai.Daemon;
using Donmai.Grains.Tests.Machines;
using Donmai.Sessions;

namespace Donmai.Grains.Tests.Daemon;

public sealed class Stopping
{
    [Fact]
    public async Task An_idle_daemon_is_stopped_at_once_and_tells_its_host()
    {
        await using var machine = await TestMachine.Running();

        (await machine.Daemon.Stop(new DaemonStopRequest { Reason = "enough" })).ShouldBe(new DaemonActionAnswer { Ok = true, Message = "stopping" });

        (await machine.Ending.Stopped.InTime()).ShouldBe(new DaemonEnding(0, "enough"));
        (await machine.Daemon.Status()).Status.ShouldBe("stopped");
        (await Should.ThrowAsync<SessionRefusedException>(machine.Accept("a"))).Message.ShouldBe("daemon is not running (state \"stopped\")");
    }

    [Fact, Trait("spec", "DR-23"), Trait("spec", "DR-28")]
    public async Task Stopping_twice_at_once_waits_for_the_sessions_once()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a");

        var answers = await Task.WhenAll(machine.Daemon.Stop(new()), machine.Daemon.Stop(new()), machine.Daemon.Stop(new()));

        answers.ShouldAllBe(static answer => answer.Ok && answer.Message == "stopping");
        (await machine.Daemon.Status()).Status.ShouldBe("draining");
        (await machine.Daemon.Status()).ActiveSessions.ShouldBe(1);
        (await Should.ThrowAsync<DaemonActionRefusedException>(machine.Daemon.Pause())).Message.ShouldBe("cannot pause while draining");
        (await Should.ThrowAsync<DaemonActionRefusedException>(machine.Daemon.Resume())).Message.ShouldBe("cannot resume while draining");
        (await Should.ThrowAsync<DaemonActionRefusedException>(machine.Daemon.Drain(new()))).Message.ShouldBe("cannot drain while stopping");
        machine.Ending.Stopped.IsCompleted.ShouldBeFalse();
        await machine.Exit("a");
        (await machine.Ending.Stopped.InTime()).ExitCode.ShouldBe(0);
        (await machine.Daemon.State()).ShouldBe(DaemonState.Stopped);
        (await machine.Session("a").Inspect()).State.ShouldBe(SessionState.Completed);
        (await machine.Daemon.Stop(new())).Ok.ShouldBeTrue();
    }

    [Fact]
    public async Task The_configured_time_is_what_sessions_get()
    {
        await using var machine = await TestMachine.Running();
        machine.EndProcessesWhenStopped();
        machine.Configure(static configuration => configuration with { Update = configuration.Update with { DrainTimeout = TimeSpan.FromSeconds(100) } });
        await machine.Accept("a");

        await machine.Daemon.Stop(new());
        machine.Clock.Advance(TimeSpan.FromSeconds(90));
        machine.Processes.Stops.ShouldBeEmpty();
        machine.Clock.Advance(TimeSpan.FromSeconds(11));

        await machine.Ending.Stopped.InTime();
        (await machine.Session("a").Inspect()).StopMode.ShouldBe(SessionStopMode.Drained);
    }

    [Fact]
    public async Task The_second_request_ends_the_wait_when_it_says_so()
    {
        await using var machine = await TestMachine.Running();
        machine.EndProcessesWhenStopped();
        await machine.Accept("a");
        await machine.Daemon.Stop(new());

        await machine.Daemon.Stop(new DaemonStopRequest { Immediately = true });

        (await machine.Ending.Stopped.InTime()).ExitCode.ShouldBe(0);
        machine.Processes.Stops.ShouldBe([("a", TimeSpan.Zero)]);
        (await machine.Session("a").Inspect()).State.ShouldBe(SessionState.Terminated);
    }

    [Fact]
    public async Task The_first_request_can_say_so_too()
    {
        await using var machine = await TestMachine.Running();
        machine.EndProcessesWhenStopped();
        await machine.Accept("a");

        await machine.Daemon.Stop(new DaemonStopRequest { Immediately = true });

        await machine.Ending.Stopped.InTime();
        machine.Processes.Stops.ShouldBe([("a", TimeSpan.Zero)]);
    }

    [Fact]
    public async Task A_session_that_resists_does_not_hold_up_who_is_in_haste()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a");
        await machine.Daemon.Stop(new());
        var asked = machine.NextStop();
        await machine.Daemon.Stop(new DaemonStopRequest { Immediately = true });
        await asked;

        machine.Clock.Advance(TimeSpan.FromSeconds(11));

        (await machine.Ending.Stopped.InTime()).ExitCode.ShouldBe(0);
    }

    [Fact, Trait("spec", "DR-57")]
    public async Task Sessions_that_are_to_be_kept_go_on_and_are_found_again()
    {
        await using var machine = await TestMachine.Running();
        var accepted = await machine.Accept("a");

        await machine.Daemon.Stop(new DaemonStopRequest { KeepSessions = true });

        (await machine.Ending.Stopped.InTime()).ExitCode.ShouldBe(0);
        machine.Processes.Stops.ShouldBeEmpty();
        await machine.Restart();
        var found = (await machine.Spawner.Live()).ShouldHaveSingleItem();
        (found.SessionId, found.AcceptedAt, found.State).ShouldBe(("a", accepted.AcceptedAt, SessionState.Running));
    }

    [Fact]
    public async Task A_wait_can_be_given_up_for_the_sake_of_the_sessions()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a");
        await machine.Daemon.Stop(new());

        await machine.Daemon.Stop(new DaemonStopRequest { KeepSessions = true });

        await machine.Ending.Stopped.InTime();
        machine.Clock.Advance(TimeSpan.FromHours(1));
        machine.Processes.Stops.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_daemon_that_recovers_can_be_stopped()
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

        await machine.Daemon.Stop(new()).InTime();

        (await machine.Daemon.Status()).Status.ShouldBe("draining");
        release.SetResult();
        await starting.InTime();
        await machine.Ending.Stopped.InTime();
        (await machine.Session("a").Inspect()).State.ShouldBe(SessionState.Completed);
    }
}
