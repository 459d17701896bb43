using Donmai.Daemon;
using Donmai.Grains.Tests.Machines;
using Donmai.Sessions;

namespace Donmai.Grains.Tests.Daemon;

public sealed class Draining
{
    [Fact, Trait("spec", "CA-7")]
    public async Task An_idle_daemon_is_paused_at_once_until_it_is_resumed()
    {
        await using var machine = await TestMachine.Running();

        (await machine.Daemon.Drain(new DrainRequest())).Message.ShouldBe("drain initiated (timeout 10m0s)");

        (await machine.Daemon.Status()).Status.ShouldBe("paused");
        (await machine.Daemon.Stats(new StatsRequest())).Registration.Status.ShouldBe("paused");
        await machine.Daemon.Resume();
        (await machine.Daemon.Status()).Status.ShouldBe("ready");
    }

    [Fact, Trait("spec", "CA-7")]
    public async Task It_is_draining_until_the_last_session_has_ended_by_itself()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a");
        await machine.Accept("b");

        (await machine.Daemon.Drain(new DrainRequest { TimeoutSeconds = 45, Then = "pause" })).Message.ShouldBe("drain initiated (timeout 45s)");

        (await machine.Daemon.Status()).Status.ShouldBe("draining");
        (await machine.Daemon.Stats(new StatsRequest())).Registration.Status.ShouldBe("draining");
        (await Should.ThrowAsync<SessionRefusedException>(machine.Accept("c"))).Message.ShouldBe("daemon is not running (state \"draining\")");
        await machine.Exit("a");
        (await machine.Daemon.Status()).Status.ShouldBe("draining");
        await machine.Exit("b");
        await machine.Becomes("paused");
        machine.Processes.Stops.ShouldBeEmpty();
        (await machine.Spawner.Ended(10)).ShouldAllBe(static session => session.State == SessionState.Completed);
    }

    [Fact, Trait("spec", "DR-39"), Trait("spec", "DR-41"), Trait("spec", "DR-59")]
    public async Task At_the_deadline_the_rest_is_ended_with_grace_and_counts_as_terminated()
    {
        await using var machine = await TestMachine.Running();
        machine.Configure(static configuration => configuration with { StopGraceSeconds = 7 });
        machine.EndProcessesWhenStopped();
        await machine.Accept("a");
        await machine.Accept("b");

        await machine.Daemon.Drain(new DrainRequest { TimeoutSeconds = 30 });
        machine.Clock.Advance(TimeSpan.FromSeconds(31));

        await machine.Becomes("paused");
        machine.Processes.Stops.Order().ShouldBe([("a", TimeSpan.FromSeconds(7)), ("b", TimeSpan.FromSeconds(7))]);
        foreach (var id in (string[])["a", "b"])
        {
            var ended = await machine.Session(id).Inspect();
            (ended.State, ended.StopMode, ended.Reason).ShouldBe((SessionState.Terminated, SessionStopMode.Drained, "drained"));
        }
    }

    [Fact]
    public async Task A_session_that_cannot_be_ended_is_left_behind_in_the_end()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a");

        await machine.Daemon.Drain(new DrainRequest { TimeoutSeconds = 30 });
        var asked = machine.NextStop();
        machine.Clock.Advance(TimeSpan.FromSeconds(31));
        await asked;
        (await machine.Daemon.Status()).Status.ShouldBe("draining");
        machine.Clock.Advance(TimeSpan.FromMinutes(2));

        await machine.Becomes("paused");
        (await machine.Spawner.Live()).ShouldHaveSingleItem();
        machine.Processes.Stops.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_session_that_could_not_be_asked_to_end_is_asked_again()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a");
        var refused = Eventually.Signal();
        machine.Processes.Stopping = (_, _) =>
        {
            machine.EndProcessesWhenStopped();
            refused.TrySetResult();
            throw new IOException("too many open files");
        };

        await machine.Daemon.Drain(new DrainRequest { TimeoutSeconds = 30 });
        machine.Clock.Advance(TimeSpan.FromSeconds(31));
        await refused.Task.InTime();
        machine.Clock.Advance(TimeSpan.FromSeconds(2));

        await machine.Becomes("paused");
        machine.Processes.Stops.Count.ShouldBe(2);
    }

    [Theory, InlineData(-36), InlineData(36)]
    public async Task A_clock_that_is_set_makes_the_wait_neither_longer_nor_shorter(int hours)
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a");

        await machine.Daemon.Drain(new DrainRequest { TimeoutSeconds = 60 });
        machine.Clock.Set(TimeSpan.FromHours(hours));
        machine.Clock.Advance(TimeSpan.FromSeconds(30));
        (await machine.Daemon.Status()).Status.ShouldBe("draining");
        machine.Processes.Stops.ShouldBeEmpty();
        var asked = machine.NextStop();
        machine.Clock.Advance(TimeSpan.FromSeconds(31));
        await asked;
        machine.Clock.Set(TimeSpan.FromHours(hours));
        machine.Clock.Advance(TimeSpan.FromMinutes(2));

        await machine.Becomes("paused");
    }

    [Fact]
    public async Task A_session_that_was_being_started_at_the_deadline_is_ended_too()
    {
        await using var machine = await TestMachine.Running();
        machine.EndProcessesWhenStopped();
        var launching = Eventually.Signal();
        using var release = new ManualResetEventSlim();
        machine.Processes.Launching = _ =>
        {
            launching.TrySetResult();
            release.Wait(Eventually.Deadline);
        };
        var accepting = machine.Accept("a");
        await launching.Task.InTime();

        await machine.Daemon.Drain(new DrainRequest { TimeoutSeconds = 30 });
        machine.Clock.Advance(TimeSpan.FromSeconds(31));
        release.Set();
        await accepting.InTime();
        machine.Clock.Advance(TimeSpan.FromSeconds(2));

        await machine.Becomes("paused");
        (await machine.Session("a").Inspect()).State.ShouldBe(SessionState.Terminated);
    }

    [Fact, Trait("spec", "CA-7")]
    public async Task It_can_be_resumed_while_it_waits_and_nothing_is_ended_later()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a");
        await machine.Daemon.Drain(new DrainRequest { TimeoutSeconds = 30 });

        await machine.Daemon.Resume();
        machine.Clock.Advance(TimeSpan.FromMinutes(5));

        (await machine.Daemon.Status()).Status.ShouldBe("ready");
        await machine.Accept("b");
        machine.Processes.Stops.ShouldBeEmpty();
        await machine.Exit("a");
        (await machine.Daemon.Status()).Status.ShouldBe("ready");
    }

    [Fact]
    public async Task A_pause_while_it_waits_lets_the_sessions_go_on()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a");
        await machine.Daemon.Drain(new DrainRequest { TimeoutSeconds = 30, Then = "none" });

        await machine.Daemon.Pause();
        machine.Clock.Advance(TimeSpan.FromMinutes(5));
        await machine.Exit("a");

        (await machine.Daemon.Status()).Status.ShouldBe("paused");
        machine.Processes.Stops.ShouldBeEmpty();
    }

    [Fact]
    public async Task With_none_after_it_work_is_accepted_again()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a");

        await machine.Daemon.Drain(new DrainRequest { Then = "none" });
        (await machine.Daemon.Status()).Status.ShouldBe("draining");
        await machine.Exit("a");

        await machine.Becomes("ready");
        await machine.Accept("b");
    }

    [Fact]
    public async Task With_stop_after_it_the_daemon_stops_and_cannot_be_resumed_meanwhile()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a");

        (await machine.Daemon.Drain(new DrainRequest { Then = "stop", TimeoutSeconds = 90 })).Message.ShouldBe("drain initiated (timeout 1m30s)");
        (await Should.ThrowAsync<DaemonActionRefusedException>(machine.Daemon.Resume())).Message.ShouldBe("cannot resume while draining");
        machine.Ending.Stopped.IsCompleted.ShouldBeFalse();
        await machine.Exit("a");

        (await machine.Ending.Stopped.InTime()).ExitCode.ShouldBe(0);
        (await machine.Daemon.State()).ShouldBe(DaemonState.Stopped);
    }

    [Fact]
    public async Task A_second_drain_takes_the_place_of_the_first()
    {
        await using var machine = await TestMachine.Running();
        machine.EndProcessesWhenStopped();
        await machine.Accept("a");
        await machine.Daemon.Drain(new DrainRequest { TimeoutSeconds = 30 });

        await machine.Daemon.Drain(new DrainRequest { TimeoutSeconds = 300, Then = "none" });
        machine.Clock.Advance(TimeSpan.FromSeconds(60));
        (await machine.Daemon.Status()).Status.ShouldBe("draining");
        machine.Processes.Stops.ShouldBeEmpty();
        machine.Clock.Advance(TimeSpan.FromSeconds(300));

        await machine.Becomes("ready");
    }

    [Theory]
    [InlineData(-1, null, "timeoutSeconds must be >= 0")]
    [InlineData(-1, "later", "timeoutSeconds must be >= 0")]
    [InlineData(5, "later", "unknown then \"later\"; it can be pause, stop or none")]
    [InlineData(5, "", "unknown then \"\"; it can be pause, stop or none")]
    public async Task A_request_that_is_not_usable_changes_nothing(int timeout, string? then, string refusal)
    {
        await using var machine = await TestMachine.Running();

        (await Should.ThrowAsync<InvalidDaemonActionException>(machine.Daemon.Drain(new DrainRequest { TimeoutSeconds = timeout, Then = then })))
            .Message.ShouldBe(refusal);

        (await machine.Daemon.Status()).Status.ShouldBe("ready");
    }

    [Fact]
    public async Task Zero_and_nothing_mean_the_configured_time()
    {
        await using var machine = await TestMachine.Running();
        machine.Configure(static configuration => configuration with { Update = configuration.Update with { DrainTimeout = TimeSpan.FromSeconds(3600) } });

        (await machine.Daemon.Drain(new DrainRequest { TimeoutSeconds = 0 })).Message.ShouldBe("drain initiated (timeout 1h0m0s)");
        (await machine.Daemon.Drain(new DrainRequest())).Message.ShouldBe("drain initiated (timeout 1h0m0s)");
    }
}
