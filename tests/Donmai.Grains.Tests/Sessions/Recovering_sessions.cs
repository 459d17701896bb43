using Donmai.Grains.Tests.Machines;
using Donmai.Sessions;

namespace Donmai.Grains.Tests.Sessions;

public sealed class Recovering_sessions
{
    [Fact, Trait("spec", "DR-57")]
    public async Task Sessions_that_run_are_found_again_and_charged()
    {
        await using var machine = await TestMachine.Running();
        machine.Configure(static current => current with { MaxConcurrentSessions = 2 });
        var before = new[] { await machine.Accept("a"), await machine.Accept("b") };
        machine.Clock.Advance(TimeSpan.FromMinutes(5));

        await machine.Restart();

        (await machine.Spawner.Live()).ShouldBe(before);
        (await Should.ThrowAsync<SessionRefusedException>(machine.Accept("c"))).Message.ShouldBe("at capacity (2/2 sessions)");
        machine.Processes.Launches.Count.ShouldBe(2);
        (await machine.Session("a").Detail()).SessionId.ShouldBe("a");
        (await File.ReadAllTextAsync(Path.Combine(machine.State.Records, "a", "daemon.url"))).ShouldBe("http://127.0.0.1:7734");
        await machine.Exit("a");
        (await machine.Session("a").Inspect()).State.ShouldBe(SessionState.Completed);
    }

    [Fact]
    public async Task A_process_is_known_to_a_later_activation()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a");

        await machine.RecordProcess("a");
        await machine.Deactivate(machine.Session("a"));
        await machine.Session("a").Stop(new SessionStopRequest());

        machine.Processes.Stops.ShouldHaveSingleItem().SessionId.ShouldBe("a");
    }

    [Fact]
    public async Task A_session_that_ended_meanwhile_ends_once_with_its_outcome()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a");
        await machine.Kill();
        await machine.Processes.End("a", new ProcessExit { ExitCode = 0, EndedAt = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000) });
        await machine.Boot();
        await machine.Daemon.Start();
        await machine.Restart();

        (await machine.Spawner.Live()).ShouldBeEmpty();
        (await machine.Spawner.Ended(10)).ShouldHaveSingleItem().State.ShouldBe(SessionState.Completed);
        machine.Archives.Made.Keys.ShouldBe(["wa-a-1800000000"]);
        machine.Processes.Launches.Count.ShouldBe(1);
    }

    [Fact]
    public async Task While_sessions_are_found_again_those_that_live_are_listed_and_those_that_ended_are_not()
    {
        await using var machine = await TestMachine.Running();
        var before = await machine.Accept("a");
        await machine.Accept("b");
        await machine.Exit("b");
        await machine.RecordProcess("a");
        await machine.Kill();
        await machine.Boot();

        (await machine.Spawner.Live()).ShouldBe([before]);

        await machine.Daemon.Start();
        (await machine.Spawner.Live()).ShouldBe([before]);
    }

    [Fact]
    public async Task Ended_sessions_are_listed_newest_first_also_after_a_restart()
    {
        await using var machine = await TestMachine.Running();
        var ids = new[] { "d", "a", "c", "b" };
        foreach (var id in ids)
        {
            await machine.Accept(id);
            machine.Clock.Advance(TimeSpan.FromSeconds(10));
            await machine.Exit(id);
        }

        await machine.Restart();

        (await machine.Spawner.Ended(10)).Select(static session => session.SessionId).ShouldBe(ids.Reverse());
    }

    [Fact]
    public async Task An_end_that_nobody_recorded_is_a_failure_that_says_so()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a");
        machine.Processes.Vanish("a");

        await machine.Restart();

        var inspection = await machine.Session("a").Inspect();
        (inspection.State, inspection.Reason).ShouldBe((SessionState.Failed, "outcome unknown"));
        (await machine.Spawner.Admission()).Active.ShouldBe(0);
    }

    [Fact]
    public async Task A_session_that_was_recorded_but_not_started_is_started()
    {
        await using var machine = await Interrupted();

        await machine.Daemon.Start();

        (await machine.Spawner.Live()).ShouldHaveSingleItem().State.ShouldBe(SessionState.Running);
        machine.Processes.Launches.ShouldHaveSingleItem().SessionId.ShouldBe("a");
        await machine.Restart();
        machine.Processes.Launches.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_session_that_can_no_longer_be_started_fails_once()
    {
        await using var machine = await Interrupted();
        machine.Processes.Refusal = "no more processes";

        await machine.Daemon.Start();
        machine.Processes.Refusal = null;
        await machine.Restart();

        var inspection = await machine.Session("a").Inspect();
        (inspection.State, inspection.Reason).ShouldBe((SessionState.Failed, "start worker: no more processes"));
        machine.Processes.Launches.ShouldBeEmpty();
        (await machine.Spawner.Ended(10)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_session_that_was_to_get_variables_of_its_own_is_not_started_without_them()
    {
        await using var machine = await Interrupted(new Dictionary<string, string> { ["API_KEY"] = "hush" });

        await machine.Daemon.Start();

        var inspection = await machine.Session("a").Inspect();
        inspection.State.ShouldBe(SessionState.Failed);
        inspection.Reason.ShouldBe("start worker: the daemon ended before it had started the worker, and the variables of a request are not kept; ask for the session again");
        machine.Processes.Launches.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_session_that_is_found_again_on_a_full_disk_knows_its_daemon_and_its_time_limit()
    {
        await using var machine = await TestMachine.Running();
        await machine.Spawner.Accept(TestMachine.Spec("a") with { MaxDurationSeconds = 60 });
        var stopping = Eventually.Signal();
        machine.Processes.Stopping = (_, _) =>
        {
            stopping.TrySetResult();
            return Task.CompletedTask;
        };
        machine.Storage.Refuses = static _ => true;

        await machine.Restart();

        File.Exists(Path.Combine(machine.State.Records, "a", "daemon.url")).ShouldBeTrue();
        machine.Clock.Advance(TimeSpan.FromSeconds(61));
        await stopping.Task.InTime();
    }

    [Fact]
    public async Task An_end_that_a_full_disk_kept_from_being_finished_is_finished_when_there_is_room()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a");
        await machine.Kill();
        await machine.Processes.End("a", new ProcessExit { ExitCode = 0, EndedAt = machine.Clock.GetUtcNow() });
        await machine.Boot();
        machine.Storage.Refuses = static _ => true;
        await machine.Daemon.Start();
        (await machine.Spawner.Admission()).Active.ShouldBe(1);

        machine.Storage.Refuses = static _ => false;
        var archived = Eventually.Signal();
        machine.Archives.Making = _ =>
        {
            archived.TrySetResult();
            return Task.CompletedTask;
        };
        machine.Clock.Advance(TimeSpan.FromMinutes(1));
        await archived.Task.InTime();
        await machine.Session("a").Recover();

        (await machine.Spawner.Admission()).Active.ShouldBe(0);
        (await machine.Session("a").Inspect()).State.ShouldBe(SessionState.Completed);
    }

    [Fact]
    public async Task A_session_whose_record_directory_is_gone_is_not_started_again()
    {
        await using var machine = await Interrupted();
        Directory.Delete(Path.Combine(machine.State.Records, "a"), recursive: true);

        await machine.Daemon.Start();

        (await machine.Session("a").Inspect()).State.ShouldBe(SessionState.Failed);
        machine.Processes.Launches.ShouldBeEmpty();
    }

    [Fact]
    public async Task After_a_power_cut_that_left_no_trace_of_a_process_the_outcome_is_unknown_and_nothing_is_started_again()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a"); // its process is in the grain's state only a second later
        await machine.Kill();
        machine.Processes.CutPower();

        await machine.Boot();
        await machine.Daemon.Start();

        var inspection = await machine.Session("a").Inspect();
        (inspection.State, inspection.Reason).ShouldBe((SessionState.Failed, "outcome unknown"));
        machine.Processes.Launches.ShouldBeEmpty();
        (await machine.Spawner.Admission()).Active.ShouldBe(0);
    }

    [Fact]
    public async Task A_session_that_was_reserved_only_is_forgotten()
    {
        await using var machine = await TestMachine.Running();
        machine.Catalog.Known.Clear();
        await Should.ThrowAsync<SessionRefusedException>(machine.Accept("a"));

        await machine.Restart();

        (await machine.Spawner.Live()).ShouldBeEmpty();
        (await machine.Spawner.Ended(10)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stop_that_the_daemon_died_over_is_carried_out()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a");
        await machine.Session("a").Stop(new SessionStopRequest());
        machine.Processes.Stops.Clear();
        var stopping = Eventually.Signal();
        machine.Processes.Stopping = (_, _) =>
        {
            stopping.TrySetResult();
            return Task.CompletedTask;
        };

        await machine.Restart();
        await stopping.Task.InTime();
        await machine.Processes.End("a", new ProcessExit { ExitCode = 1, EndedAt = machine.Clock.GetUtcNow() });

        (await machine.Session("a").Inspect()).State.ShouldBe(SessionState.Terminated);
    }

    [Fact]
    public async Task A_time_limit_counts_from_the_acceptance_whatever_happens_to_the_daemon()
    {
        await using var machine = await TestMachine.Running();
        await machine.Spawner.Accept(TestMachine.Spec("a") with { MaxDurationSeconds = 60 });
        var stopping = Eventually.Signal();
        machine.Processes.Stopping = (_, _) =>
        {
            stopping.TrySetResult();
            return Task.CompletedTask;
        };
        await machine.Kill();
        machine.Clock.Advance(TimeSpan.FromSeconds(61));

        await machine.Boot();
        await machine.Daemon.Start();
        await stopping.Task.InTime();

        await machine.Processes.End("a", new ProcessExit { Signal = 15, EndedAt = machine.Clock.GetUtcNow() });
        (await machine.Session("a").Inspect()).Reason.ShouldBe("timeout");
    }

    [Fact]
    public async Task An_end_that_the_daemon_died_over_is_finished()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a");
        var archiving = Eventually.Signal();
        machine.Archives.Making = _ =>
        {
            archiving.TrySetResult();
            return Task.Delay(Timeout.Infinite);
        };
        var at = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
        _ = machine.Processes.End("a", new ProcessExit { ExitCode = 0, EndedAt = at });
        await archiving.Task.InTime();
        machine.Archives.Making = static _ => Task.CompletedTask;

        await machine.Restart();

        machine.Archives.Made.Keys.ShouldBe(["wa-a-1800000000"]);
        (await machine.Session("a").Inspect()).ArchiveId.ShouldBe("wa-a-1800000000");
        (await machine.Spawner.Ended(10)).ShouldHaveSingleItem().State.ShouldBe(SessionState.Completed);
    }

    /// <summary>A machine whose daemon died between recording session <c>a</c> and starting it; the next one is up but not started.</summary>
    private static async Task<TestMachine> Interrupted(Dictionary<string, string>? env = null)
    {
        var machine = await TestMachine.Running();
        var recorded = Eventually.Signal();
        machine.Storage.Acknowledges = name =>
        {
            if (machine.Storage.Has("session", "a") && machine.Storage.Has("spawner", TestMachine.Name))
                recorded.TrySetResult();
            return name != "session";
        };
        _ = machine.Spawner.Accept(TestMachine.Spec("a") with { Env = env });
        await recorded.Task.InTime();
        await machine.Kill();
        machine.Storage.Acknowledges = static _ => true;
        await machine.Boot();
        return machine;
    }
}
