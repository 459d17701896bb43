using System.Diagnostics;
using Donmai.Core.Sessions.Processes;

namespace Donmai.Core.Tests.Sessions.Processes;

public sealed class Ending_trees
{
    private static readonly TimeSpan LongGrace = TimeSpan.FromSeconds(30);

    // A grandchild that ignores TERM and has left session, group and parent.
    private const string Stubborn =
        "(setsid sh -c 'trap \"\" TERM HUP; echo $$ >stubborn; while :; do sleep 1; done' >/dev/null 2>&1 &)\n";

    [Theory]
    [Trait("spec", "DR-39")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stop_ends_a_cooperative_worker_long_before_the_grace_period_is_over(bool supervised)
    {
        await using var bed = new ProcessBed();
        var identity = bed.Start("s", "echo $$ >ready; sleep 60; exit 0", supervised);
        await bed.Written("ready");
        var start = Stopwatch.GetTimestamp();

        await bed.Processes.Stop("s", identity, LongGrace);

        Stopwatch.GetElapsedTime(start).ShouldBeLessThan(TimeSpan.FromSeconds(10));
        (await bed.Exits.Of("s")).Signal.ShouldBe(15);
        bed.Marked().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_worker_that_handles_TERM_decides_its_own_exit_code()
    {
        await using var bed = new ProcessBed();
        var identity = bed.Start("s", "trap 'exit 5' TERM; echo $$ >ready; while :; do sleep 0.05; done");
        await bed.Written("ready");

        await bed.Processes.Stop("s", identity, LongGrace);

        (await bed.Exits.Of("s")).ExitCode.ShouldBe(5);
    }

    [Theory]
    [Trait("spec", "WK-29")]
    [Trait("spec", "DR-41")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_tree_that_ignores_TERM_is_killed_whole_after_the_grace_period(bool supervised)
    {
        await using var bed = new ProcessBed();
        var identity = bed.Start("s", $"trap '' TERM\n{Stubborn}sh -c 'echo $$ >child; while :; do sleep 1; done'", supervised);
        var pids = new[] { identity.Pid, await bed.WrittenPid("stubborn"), await bed.WrittenPid("child") };
        var start = Stopwatch.GetTimestamp();

        await bed.Processes.Stop("s", identity, TimeSpan.FromMilliseconds(150));

        pids.ShouldAllBe(pid => !bed.IsAlive(pid));
        bed.Marked().ShouldBeEmpty();
        Stopwatch.GetElapsedTime(start).ShouldBeInRange(TimeSpan.FromMilliseconds(140), TimeSpan.FromSeconds(5));
        (await bed.Exits.Of("s")).Signal.ShouldBe(9);
    }

    [Fact]
    [Trait("spec", "WK-29")]
    public async Task What_a_worker_leaves_behind_is_ended_before_its_end_is_reported()
    {
        await using var bed = new ProcessBed();
        var aliveAtReport = true;
        bed.Exits.Before = _ => aliveAtReport = bed.Marked().Count > 0;

        bed.Start("s", $"{Stubborn}sh -c 'trap \"\" TERM; echo $$ >child; sleep 60' & while [ ! -s stubborn ] || [ ! -s child ]; do sleep 0.01; done; exit 6");

        (await bed.Exits.Of("s")).ExitCode.ShouldBe(6);
        aliveAtReport.ShouldBeFalse();
        bed.IsAlive(await bed.WrittenPid("stubborn")).ShouldBeFalse();
        bed.IsAlive(await bed.WrittenPid("child")).ShouldBeFalse();
    }

    [Fact]
    [Trait("spec", "WK-29")]
    public async Task A_leftover_without_the_mark_is_known_by_its_family()
    {
        await using var bed = new ProcessBed();

        bed.Start("s", "env -i /bin/sh -c 'echo $$ >bare; sleep 60' & while [ ! -s bare ]; do sleep 0.01; done; exit 0");

        (await bed.Exits.Of("s")).ExitCode.ShouldBe(0);
        bed.IsAlive(await bed.WrittenPid("bare")).ShouldBeFalse();
    }

    [Fact]
    [Trait("spec", "WK-29")]
    public async Task Leftovers_are_known_when_ends_follow_each_other_closely()
    {
        await using var bed = new ProcessBed();
        for (var round = 0; round < 5; round++)
        {
            bed.Start($"before{round}", "exit 0");
            await bed.Exits.Of($"before{round}");
            bed.Start($"s{round}", $"env -i /bin/sh -c 'echo $$ >bare{round}; sleep 60' & while [ ! -s bare{round} ]; do :; done; exit 0");

            (await bed.Exits.Of($"s{round}")).ExitCode.ShouldBe(0);
            bed.IsAlive(await bed.WrittenPid($"bare{round}")).ShouldBeFalse();
        }
    }

    [Fact]
    public async Task Stopping_one_session_leaves_the_others_alone()
    {
        await using var bed = new ProcessBed();
        var one = bed.Start("one", "sleep 60");
        var other = bed.Start("other", $"{Stubborn}echo $$ >ready; sleep 60");
        await bed.Written("ready");
        var stubborn = await bed.WrittenPid("stubborn");

        await bed.Processes.Stop("one", one, TimeSpan.Zero);

        bed.IsAlive(other.Pid).ShouldBeTrue();
        bed.IsAlive(stubborn).ShouldBeTrue();
        await bed.Processes.Stop("other", other, TimeSpan.Zero);
        bed.IsAlive(stubborn).ShouldBeFalse();
    }

    [Fact]
    public async Task Stopping_twice_at_once_joins_and_the_shorter_grace_period_wins()
    {
        await using var bed = new ProcessBed();
        var identity = bed.Start("s", "trap 'echo term >>terms' TERM; echo $$ >ready; while :; do sleep 0.02; done");
        await bed.Written("ready");

        var patient = bed.Processes.Stop("s", identity, LongGrace);
        var second = bed.Processes.Stop("s", identity, LongGrace);
        await bed.Written("terms");
        patient.IsCompleted.ShouldBeFalse();
        await bed.Processes.Stop("s", identity, TimeSpan.Zero);

        await Task.WhenAll(patient, second).WaitAsync(TimeSpan.FromSeconds(5));
        (await bed.Exits.Of("s")).Signal.ShouldBe(9);
        (await File.ReadAllTextAsync(Path.Join(bed.Root, "terms"))).ShouldBe("term\n", "one signal for three calls");
    }

    [Fact]
    public async Task Stopping_what_has_ended_or_was_never_there_does_nothing()
    {
        await using var bed = new ProcessBed();
        var identity = bed.Start("s", "exit 0");
        await bed.Exits.Of("s");

        await bed.Processes.Stop("s", identity, LongGrace);
        await bed.Processes.Stop("unknown", identity, LongGrace);

        bed.Exits.All.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_stopped_process_number_of_somebody_else_is_not_touched()
    {
        await using var bed = new ProcessBed();
        var identity = bed.Start("s", "sleep 60");

        await bed.Processes.Stop("s", identity with { StartMark = "another:1" }, TimeSpan.Zero);

        bed.IsAlive(identity.Pid).ShouldBeTrue();
        await bed.Processes.Stop("s", identity, TimeSpan.Zero);
    }

    [Fact]
    public async Task Ends_are_noticed_by_looking_where_the_system_has_no_process_descriptors()
    {
        await using var bed = new ProcessBed();
        var ended = new TaskCompletionSource<SessionProcess>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watch = new PollingExitWatch(new LinuxProcesses(), TimeProvider.System, all => ended.TrySetResult(all.Single()));
        var identity = bed.Start("s", "while [ ! -e go ]; do sleep 0.01; done; exit 0");
        var process = new SessionProcess("s", bed.RecordPath("s"));
        process.Started(identity);
        watch.Watch(process);
        ended.Task.IsCompleted.ShouldBeFalse();

        await File.WriteAllTextAsync(Path.Join(bed.Root, "go"), "");

        (await ended.Task.WaitAsync(TimeSpan.FromSeconds(20))).ShouldBeSameAs(process);
    }
}
