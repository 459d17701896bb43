using Donmai.Grains.Tests.Machines;
using Donmai.Sessions;
using Donmai.Sessions.Events;

namespace Donmai.Grains.Tests.Sessions;

public sealed class Ending_sessions
{
    [Theory, Trait("spec", "DR-39"), Trait("spec", "CA-15")]
    [InlineData(0, SessionState.Completed, null)]
    [InlineData(7, SessionState.Failed, "the worker exited with code 7")]
    public async Task When_its_worker_exits_a_session_leaves_the_list_with_its_state(int code, SessionState state, string? reason)
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a");

        await machine.Exit("a", code);

        (await machine.Spawner.Live()).ShouldBeEmpty();
        (await machine.Spawner.Ended(10)).ShouldHaveSingleItem().State.ShouldBe(state);
        (await Should.ThrowAsync<SessionNotFoundException>(machine.Session("a").Detail())).SessionId.ShouldBe("a");
        var inspection = await machine.Session("a").Inspect();
        (inspection.State, inspection.Reason, inspection.ExitCode).ShouldBe((state, reason, code));
    }

    [Fact]
    public async Task Whoever_reads_of_an_ended_session_is_not_cut_off_by_others_who_do()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a");
        await machine.Exit("a");
        var log = Directory.CreateDirectory(machine.State.SessionLogs).FullName;
        await File.WriteAllTextAsync(Path.Combine(log, "a.log"), new SessionLogLine { At = machine.Clock.GetUtcNow(), Stream = "stdout", Text = "one" } + "\n");
        var session = machine.Session("a");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(reader => Task.Run(async () =>
        {
            for (var time = 0; time < 200; time++)
            {
                if (reader % 4 == 3)
                    (await session.Stop(new SessionStopRequest())).Stopped.ShouldBeFalse();
                else if (reader % 2 == 0)
                    await foreach (var _ in session.Events(0))
                        Assert.Fail("it did nothing");
                else
                    await foreach (var lines in session.Logs(new SessionLogRequest { Follow = true }))
                        lines.ShouldEndWith("one\n");
            }
        })));
    }

    [Fact, Trait("spec", "CA-16")]
    public async Task A_session_nobody_knows_is_not_found()
    {
        await using var machine = await TestMachine.Running();

        (await Should.ThrowAsync<SessionNotFoundException>(machine.Session("x").Detail())).SessionId.ShouldBe("x");
        await Should.ThrowAsync<SessionNotFoundException>(machine.Session("x").Handle());
        await Should.ThrowAsync<SessionNotFoundException>(async () => await machine.Session("x").Events(0).GetAsyncEnumerator().MoveNextAsync());
    }

    [Fact, Trait("spec", "DR-45")]
    public async Task The_detail_can_be_read_before_the_process_runs_and_until_it_has_ended()
    {
        await using var machine = await TestMachine.Running();
        Task<SessionDetail>? early = null;
        machine.Processes.Launching = _ => early = machine.Session("a").Detail();

        await machine.Spawner.Accept(TestMachine.Spec("a") with
        {
            Ref = "main",
            PromptContext = "do it",
            Title = "t",
            Branch = "b",
            WorkType = "qa",
            ProviderSessionId = "p",
            MaxDurationSeconds = 60,
        });

        var detail = await early!.InTime();
        (detail.SessionId, detail.Ref, detail.PromptContext, detail.Title, detail.Branch, detail.WorkType, detail.ProviderSessionId, detail.MaxDurationSeconds)
            .ShouldBe(("a", "main", "do it", "t", "b", "qa", "p", 60));
        (detail.ProjectName, detail.ResolvedProfile!.Provider, detail.PlatformUrl, detail.Stop).ShouldBe(("billing", "claude", null, false));
        await machine.Exit("a");
        await Should.ThrowAsync<SessionNotFoundException>(machine.Session("a").Detail());
    }

    [Fact, Trait("spec", "DR-40")]
    public async Task An_end_that_is_told_twice_is_one_end()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a");

        await machine.Exit("a");
        await machine.Session("a").Exited(new ProcessExit { ExitCode = 1, EndedAt = machine.Clock.GetUtcNow() });

        (await machine.Session("a").Inspect()).State.ShouldBe(SessionState.Completed);
        (await machine.Spawner.Ended(10)).ShouldHaveSingleItem();
        machine.Archives.Made.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_worker_that_ends_before_its_start_was_recorded_ends_its_session()
    {
        await using var machine = await TestMachine.Running();
        Task? ending = null;
        machine.Processes.Launching = launch => ending = machine.Session(launch.SessionId).Exited(new ProcessExit { ExitCode = 0, EndedAt = machine.Clock.GetUtcNow() });

        await machine.Accept("a");
        await ending!.InTime();

        (await machine.Spawner.Live()).ShouldBeEmpty();
        (await machine.Spawner.Admission()).Active.ShouldBe(0);
        (await machine.Session("a").Inspect()).State.ShouldBe(SessionState.Completed);
    }

    [Fact]
    public async Task The_tree_is_archived_under_an_id_that_says_when()
    {
        await using var machine = await TestMachine.Running();
        await machine.Spawner.Accept(TestMachine.Spec("a") with { Ref = "main" });
        var at = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);

        await machine.Processes.End("a", new ProcessExit { ExitCode = 3, EndedAt = at });

        var (id, order) = machine.Archives.Orders.ShouldHaveSingleItem();
        id.ShouldBe("wa-a-1800000000");
        (order.SessionId, order.ProjectId, order.Repository, order.Ref, order.Disposition).ShouldBe(("a", "billing", "billing", "main", "failed"));
        (order.WorktreePath, order.RecordPath).ShouldBe((Path.Combine(machine.State.Worktrees, "a"), Path.Combine(machine.State.Records, "a")));
        var inspection = await machine.Session("a").Inspect();
        (inspection.ArchiveId, inspection.WorktreePath).ShouldBe((id, null));
    }

    [Fact]
    public async Task A_tree_that_cannot_be_archived_stays_where_it_is()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a");
        machine.Archives.Making = static _ => throw new IOException("device is gone");

        await machine.Exit("a");

        var inspection = await machine.Session("a").Inspect();
        (inspection.State, inspection.ArchiveId).ShouldBe((SessionState.Completed, null));
        inspection.WorktreePath.ShouldBe(Path.Combine(machine.State.Worktrees, "a"));
        (await machine.Spawner.Live()).ShouldBeEmpty();
    }

    [Fact, Trait("spec", "DR-59")]
    public async Task A_stopped_session_is_terminated_however_its_worker_ends()
    {
        await using var machine = await TestMachine.Running();
        foreach (var exit in new[] { new ProcessExit { ExitCode = 0 }, new() { ExitCode = 1 }, new() { Signal = 9 } })
        {
            await machine.Accept("a");
            var stopped = await machine.Session("a").Stop(new SessionStopRequest());
            stopped.ShouldBe(new SessionStopOutcome { SessionId = "a", Stopped = true, Mode = "operator-cancelled" });
            (await machine.Session("a").Detail()).StopMode.ShouldBe("operator-cancelled");

            await machine.Processes.End("a", exit with { EndedAt = machine.Clock.GetUtcNow() });

            (await machine.Session("a").Inspect()).State.ShouldBe(SessionState.Terminated);
            machine.Archives.Orders.Last().Order.Disposition.ShouldBe("operator-cancelled");
        }
    }

    [Fact]
    public async Task The_intent_is_durable_before_any_signal_and_a_repeated_stop_gives_none()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a");
        var durable = Eventually.Signal<bool>();
        machine.Processes.Stopping = (_, _) =>
        {
            durable.TrySetResult(machine.Storage.Json("session", "a").Contains("operator-cancelled", StringComparison.Ordinal));
            return Task.CompletedTask;
        };

        await machine.Session("a").Stop(new SessionStopRequest());
        await machine.Session("a").Stop(new SessionStopRequest());

        (await durable.Task.InTime()).ShouldBeTrue();
        machine.Processes.Stops.ShouldBe([("a", TimeSpan.FromSeconds(20))]);
    }

    [Fact]
    public async Task A_second_stop_that_asks_for_it_skips_the_grace_period()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a");

        await machine.Session("a").Stop(new SessionStopRequest { Reason = "enough" });
        await machine.Session("a").Stop(new SessionStopRequest { Immediately = true });

        machine.Processes.Stops.ShouldBe([("a", TimeSpan.FromSeconds(20)), ("a", TimeSpan.Zero)]);
        await machine.Processes.End("a", new ProcessExit { Signal = 9 });
        (await machine.Session("a").Inspect()).Reason.ShouldBe("enough");
    }

    [Fact]
    public async Task A_session_can_be_stopped_when_the_disk_is_full()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a");
        machine.Storage.Refuses = static _ => true;

        (await machine.Session("a").Stop(new SessionStopRequest())).Stopped.ShouldBeTrue();

        machine.Processes.Stops.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Stopping_what_does_not_run_changes_nothing()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a");
        await machine.Exit("a");

        foreach (var id in new[] { "a", "unknown" })
            (await machine.Session(id).Stop(new SessionStopRequest())).ShouldBe(new SessionStopOutcome { SessionId = id, Stopped = false, Reason = "not-found" });
        (await machine.Session("a").Inspect()).State.ShouldBe(SessionState.Completed);
    }

    [Fact, Trait("spec", "DR-43")]
    public async Task A_session_that_lives_too_long_is_terminated_as_timeout()
    {
        await using var machine = await TestMachine.Running();
        var stopping = Eventually.Signal();
        machine.Processes.Stopping = (_, _) =>
        {
            stopping.TrySetResult();
            return Task.CompletedTask;
        };
        await machine.Spawner.Accept(TestMachine.Spec("a") with { MaxDurationSeconds = 3600 });
        await machine.Accept("b");

        machine.Clock.Advance(TimeSpan.FromMinutes(59));
        machine.Processes.Stops.ShouldBeEmpty();
        machine.Clock.Advance(TimeSpan.FromMinutes(1));
        await stopping.Task.InTime();
        await machine.Processes.End("a", new ProcessExit { Signal = 15, EndedAt = machine.Clock.GetUtcNow() });

        var inspection = await machine.Session("a").Inspect();
        (inspection.State, inspection.Reason, inspection.StopMode).ShouldBe((SessionState.Terminated, "timeout", "timeout"));
        machine.Processes.Stops.ShouldHaveSingleItem().SessionId.ShouldBe("a");
    }

    [Fact]
    public async Task An_end_that_cannot_be_recorded_is_recorded_when_it_is_told_again()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a");
        machine.Storage.Refuses = static _ => true;
        var exit = new ProcessExit { ExitCode = 0, EndedAt = machine.Clock.GetUtcNow() };

        await Should.ThrowAsync<Exception>(machine.Processes.End("a", exit));
        (await machine.Spawner.Admission()).Active.ShouldBe(1);
        machine.Storage.Refuses = static _ => false;
        await machine.Session("a").Exited(exit);

        (await machine.Spawner.Live()).ShouldBeEmpty();
        (await machine.Session("a").Inspect()).State.ShouldBe(SessionState.Completed);
        machine.Storage.Json("session", "a").ShouldContain("completed");
    }

    [Fact]
    public async Task Events_are_followed_live_to_the_end_by_everybody()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a");
        var log = Path.Combine(machine.State.Records, "a", "events.jsonl");
        var seen = Eventually.Signal();
        await File.AppendAllTextAsync(log, """{"kind":"assistant_text","seq":1,"text":"one"}""" + "\n");
        var all = Follow(0, () => seen.TrySetResult());
        var late = Follow(1, static () => { });

        await seen.Task.InTime();
        all.IsCompleted.ShouldBeFalse();
        await File.AppendAllTextAsync(log, """{"kind":"assistant_text","seq":2,"text":"two"}""" + "\n");
        await machine.Exit("a");

        (await all.InTime()).ShouldBe([1, 2]);
        (await late.InTime()).ShouldBe([2]);
        (await Follow(0, static () => { }).InTime()).ShouldBe([1, 2]);
        (await machine.Session("a").Inspect()).LastEventSeq.ShouldBe(2);

        async Task<List<long>> Follow(long after, Action first)
        {
            var events = new List<long>();
            await foreach (AgentEvent next in machine.Session("a").Events(after))
            {
                events.Add(next.Seq);
                first();
            }

            return events;
        }
    }

    [Fact]
    public async Task Events_come_from_the_archive_once_the_record_is_gone()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a");
        await machine.Exit("a");
        var archived = machine.Archives.EventLogPath(machine.Archives.Made.Keys.Single());
        Directory.CreateDirectory(Path.GetDirectoryName(archived)!);
        await File.WriteAllTextAsync(archived, """{"kind":"assistant_text","seq":1,"text":"one"}""" + "\n");
        Directory.Delete(Path.Combine(machine.State.Records, "a"), recursive: true);

        var events = new List<AgentEvent>();
        await foreach (var next in machine.Session("a").Events(0))
            events.Add(next);

        events.ShouldHaveSingleItem().ShouldBeOfType<AssistantTextEvent>().Text.ShouldBe("one");
    }

    [Fact]
    public async Task A_late_word_of_a_former_process_does_not_end_the_session_that_has_its_id_now()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a");
        var former = new ProcessExit { ExitCode = 1, EndedAt = machine.Clock.GetUtcNow(), Process = machine.Processes.Of("a") };
        await machine.Processes.End("a", former);
        await machine.Accept("a");

        await machine.Session("a").Exited(former);

        (await machine.Session("a").Inspect()).State.ShouldBe(SessionState.Running);
        await machine.Processes.End("a", new ProcessExit { ExitCode = 0, EndedAt = machine.Clock.GetUtcNow(), Process = machine.Processes.Of("a") });
        (await machine.Session("a").Inspect()).State.ShouldBe(SessionState.Completed);
    }

    [Fact]
    public async Task Two_hundred_sessions_leave_no_slot_and_no_activation_behind()
    {
        await using var machine = await TestMachine.Running();
        machine.Configure(static current => current with { MaxConcurrentSessions = 200 });
        var ids = Enumerable.Range(0, 200).Select(static number => $"s{number:000}").ToList();

        await Task.WhenAll(ids.Select(async id =>
        {
            await machine.Accept(id);
            await machine.Exit(id);
        }));

        (await machine.Spawner.Admission()).Active.ShouldBe(0);
        var ended = await machine.Spawner.Ended(1000);
        ended.Select(static session => session.SessionId).Order().ShouldBe(ids);
        ended.ShouldAllBe(static session => session.State == SessionState.Completed);
        (await machine.Spawner.Ended(10)).ShouldBe(ended.Take(10));
        await machine.Restart();
        (await machine.Spawner.Ended(1000)).Select(static session => session.SessionId).Order().ShouldBe(ids);
        (await machine.Spawner.Admission()).Active.ShouldBe(0);
    }
}
