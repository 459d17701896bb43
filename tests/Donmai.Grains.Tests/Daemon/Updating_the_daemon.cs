using Donmai.Core.Daemon;
using Donmai.Daemon;
using Donmai.Grains.Tests.Machines;

namespace Donmai.Grains.Tests.Daemon;

public sealed class Updating_the_daemon
{
    [Fact, Trait("spec", "CA-26")]
    public async Task Of_many_requests_at_once_exactly_one_is_accepted()
    {
        await using var machine = await TestMachine.Running();
        var release = Eventually.Signal();
        machine.Updates.Doing = async (_, _) =>
        {
            await release.Task;
            return FakeUpdates.Nothing;
        };

        var requests = Enumerable.Range(0, 20).Select(_ => Try(machine)).ToList();
        var answers = await Task.WhenAll(requests).InTime();

        answers.Count(static answer => answer == "update initiated").ShouldBe(1);
        answers.Count(static answer => answer == "update already in progress").ShouldBe(19);
        await machine.Updates.Begin();
        machine.Updates.Begun.Count.ShouldBe(1);
        (await machine.Daemon.State()).ShouldBe(DaemonState.Running); // as long as there is nothing to install
        release.SetResult();
        await Ended(machine, FakeUpdates.Nothing.Reason);
        await Until(async () => await Try(machine) == "update initiated");
    }

    [Fact]
    public async Task How_the_last_one_ended_is_remembered_over_restarts()
    {
        await using var machine = await TestMachine.Running();
        (await machine.Update.Last()).ShouldBeNull();
        machine.Updates.Doing = static (_, _) => Task.FromResult(new UpdateOutcome { Version = "1.2.3", Reason = "sig-rejected: nobody knows them" });
        await machine.Update.Begin();
        await Ended(machine, "sig-rejected: nobody knows them");

        await machine.Restart();

        var last = (await machine.Update.Last()).ShouldNotBeNull();
        (last.Updated, last.Version, last.Reason).ShouldBe((false, "1.2.3", "sig-rejected: nobody knows them"));
        last.FinishedAt.ShouldBe(machine.Clock.GetUtcNow(), TimeSpan.FromMinutes(5));
    }

    [Theory, Trait("spec", "DR-26")]
    [InlineData(false, "ready")]
    [InlineData(true, "paused")]
    public async Task What_could_not_be_installed_leaves_the_daemon_as_it_was(bool paused, string status)
    {
        await using var machine = await TestMachine.Running();
        if (paused)
            await machine.Daemon.Pause();
        var drained = Eventually.Signal();
        var release = Eventually.Signal();
        machine.Updates.Doing = async (drain, cancellationToken) =>
        {
            await drain(cancellationToken);
            drained.SetResult();
            await release.Task;
            return new UpdateOutcome { Version = "1.2.3", Reason = "swap-failed: disk full" };
        };

        await machine.Update.Begin();
        await drained.Task.InTime();
        (await machine.Daemon.Status()).Status.ShouldBe("updating");
        (await Should.ThrowAsync<DaemonActionRefusedException>(machine.Update.Begin())).Message.ShouldBe("update already in progress");
        release.SetResult();

        await Ended(machine, "swap-failed: disk full");
        await Until(async () => (await machine.Daemon.Status()).Status == status);
    }

    [Fact, Trait("spec", "DR-54")]
    public async Task What_was_installed_is_remembered_and_the_program_is_to_be_started_again()
    {
        await using var machine = await TestMachine.Running();
        machine.Updates.Doing = static async (drain, cancellationToken) =>
        {
            await drain(cancellationToken);
            return FakeUpdates.Applied;
        };

        await machine.Update.Begin();

        var ending = await machine.Ending.Stopped.InTime();
        ending.ExitCode.ShouldBe(3);
        (await machine.Update.Last())!.Reason.ShouldBe("update-applied");
    }

    [Fact]
    public async Task An_update_that_breaks_is_over_and_the_daemon_goes_on()
    {
        await using var machine = await TestMachine.Running();
        machine.Updates.Doing = static async (drain, cancellationToken) =>
        {
            await drain(cancellationToken);
            throw new NotSupportedException("a defect");
        };

        await machine.Update.Begin();

        await Ended(machine, "update-failed: a defect");
        await Until(async () => (await machine.Daemon.Status()).Status == "ready");
    }

    [Fact]
    public async Task A_daemon_that_does_not_run_is_not_updated()
    {
        await using var machine = await TestMachine.Booted();

        (await Should.ThrowAsync<DaemonActionRefusedException>(machine.Update.Begin())).Message.ShouldBe("cannot update while stopped");
    }

    [Fact]
    public async Task A_stop_gives_up_an_update_that_waits_for_its_sessions()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a");
        var refusal = Eventually.Signal<Exception>();
        machine.Updates.Doing = async (drain, cancellationToken) =>
        {
            refusal.SetResult(await Should.ThrowAsync<DaemonActionRefusedException>(drain(cancellationToken)));
            return new UpdateOutcome { Version = "1.2.3", Reason = "swap-failed: it stops" };
        };
        await machine.Update.Begin();
        await Until(async () => await machine.Daemon.State() == DaemonState.Updating);

        await machine.Daemon.Stop(new DaemonStopRequest { KeepSessions = true });

        (await refusal.Task.InTime()).Message.ShouldBe("cannot update while stopping");
        (await machine.Ending.Stopped.InTime()).ExitCode.ShouldBe(0);
        await Ended(machine, "swap-failed: it stops");
    }

    [Fact]
    public async Task On_release_looks_at_once_and_then_every_quarter_of_an_hour()
    {
        await using var machine = await TestMachine.Running();
        Schedule(machine, "on-release");
        await machine.Update.Watch();
        await machine.Update.Watch(); // harmless
        await machine.Updates.Begin();
        await Ended(machine, FakeUpdates.Nothing.Reason);

        machine.Clock.Advance(TimeSpan.FromMinutes(16));
        await machine.Updates.Begin();

        machine.Updates.Begun.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Nightly_looks_at_night()
    {
        await using var machine = await TestMachine.Running();
        Schedule(machine, "nightly");
        await machine.Update.Watch();

        machine.Clock.Advance(UntilTheNightIsOver(machine));
        await machine.Updates.Begin();

        await Ended(machine, FakeUpdates.Nothing.Reason);
        machine.Updates.Begun.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Another_schedule_in_the_configuration_counts_at_once()
    {
        await using var machine = await TestMachine.Running();
        Schedule(machine, "manual");
        await machine.Update.Watch();
        machine.Clock.Advance(TimeSpan.FromDays(3));
        machine.Updates.Begun.ShouldBeEmpty();

        Schedule(machine, "on-release");
        machine.Clock.Advance(TimeSpan.FromMinutes(2));

        await machine.Updates.Begin();
    }

    [Fact]
    public async Task A_paused_daemon_is_left_alone_until_it_runs_again()
    {
        await using var machine = await TestMachine.Running();
        await machine.Daemon.Pause();
        Schedule(machine, "on-release");
        await machine.Update.Watch();
        for (var minute = 0; minute < 5; minute++)
        {
            machine.Clock.Advance(TimeSpan.FromMinutes(1));
            await machine.Update.Last();
        }

        machine.Updates.Begun.ShouldBeEmpty();
        await machine.Daemon.Resume();
        machine.Clock.Advance(TimeSpan.FromMinutes(2));
        await machine.Updates.Begin();
    }

    [Fact]
    public async Task Nothing_is_looked_for_where_there_is_nothing_to_find()
    {
        await using var machine = await TestMachine.Running();
        machine.Updates.IsPossible = false;
        Schedule(machine, "on-release");
        await machine.Update.Watch();
        machine.Clock.Advance(TimeSpan.FromMinutes(20));
        await machine.Update.Last();
        machine.Updates.Begun.ShouldBeEmpty();

        machine.Updates.IsPossible = true;
        machine.Clock.Advance(TimeSpan.FromMinutes(2));
        await machine.Updates.Begin();
    }

    /// <summary>From now to half past three, local time, of the next night.</summary>
    private static TimeSpan UntilTheNightIsOver(TestMachine machine)
    {
        var local = TimeZoneInfo.ConvertTime(machine.Clock.GetUtcNow(), machine.Clock.LocalTimeZone);
        var end = local.Date + TimeSpan.FromMinutes((3 * 60) + 31);
        return (local.DateTime < local.Date + TimeSpan.FromHours(3) ? end : end.AddDays(1)) - local.DateTime;
    }

    private static void Schedule(TestMachine machine, string schedule) =>
        machine.Configure(configuration => configuration with { Update = new UpdateConfiguration { Schedule = schedule } });

    private static Task Ended(TestMachine machine, string reason) =>
        Until(async () => (await machine.Update.Last())?.Reason == reason);

    private static async Task Until(Func<Task<bool>> condition)
    {
        using var deadline = new CancellationTokenSource(Eventually.Deadline);
        while (!await condition())
            await Task.Delay(5, deadline.Token);
    }

    private static async Task<string> Try(TestMachine machine)
    {
        try
        {
            return (await machine.Update.Begin()).Message;
        }
        catch (DaemonActionRefusedException refusal)
        {
            return refusal.Message;
        }
    }
}
