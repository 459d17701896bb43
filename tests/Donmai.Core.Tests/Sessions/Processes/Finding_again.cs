using System.Diagnostics;
using System.Text.Json;
using Donmai.Core.Sessions;
using Donmai.Sessions;

namespace Donmai.Core.Tests.Sessions.Processes;

/// <summary>What a daemon finds after its predecessor was killed (daemon-runtime.md §15.2).</summary>
public sealed class Finding_again
{
    private const string WaitForGo = "echo $$ >ready; while [ ! -e go ]; do sleep 0.02; done; ";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_live_session_is_adopted_and_its_end_is_reported(bool isRecorded)
    {
        await using var bed = new ProcessBed();
        var identity = bed.Start("s", WaitForGo + "exit 7");
        await bed.Written("ready");
        await bed.Processes.DisposeAsync();
        var exits = new ReportedExits();
        var next = bed.AnotherDaemon(exits);

        var found = next.Find("s", bed.RecordPath("s"), isRecorded ? identity : null).ShouldBeOfType<ProcessFinding.Alive>();

        found.Identity.Pid.ShouldBe(identity.Pid);
        found.Identity.StartMark.ShouldBe(identity.StartMark);
        next.Find("s", bed.RecordPath("s"), identity).ShouldBeOfType<ProcessFinding.Alive>();
        await File.WriteAllTextAsync(Path.Join(bed.Root, "go"), "");
        (await exits.Of("s")).ExitCode.ShouldBe(7);
        exits.All.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_end_of_a_session_that_ends_while_it_is_looked_for_is_known()
    {
        await using var bed = new ProcessBed();
        var identity = bed.Start("s", WaitForGo + "exit 7");
        await bed.Written("ready");
        await bed.Processes.DisposeAsync();
        var next = bed.AnotherDaemon(new ReportedExits());
        bed.BeforeLook = pid =>
        {
            if (pid != identity.Pid)
                return;
            File.WriteAllText(Path.Join(bed.Root, "go"), "");
            SpinWait.SpinUntil(() => !bed.IsAlive(pid), TimeSpan.FromSeconds(20)).ShouldBeTrue();
        };

        next.Find("s", bed.RecordPath("s"), identity).ShouldBeOfType<ProcessFinding.Ended>().Exit.ExitCode.ShouldBe(7);
    }

    [Fact]
    public async Task A_live_session_is_found_by_its_mark_when_its_record_directory_is_gone()
    {
        await using var bed = new ProcessBed();
        var identity = bed.Start("s", WaitForGo + "exit 7");
        await bed.Written("ready");
        await bed.Processes.DisposeAsync();
        Directory.Delete(bed.RecordPath("s"), recursive: true);
        var exits = new ReportedExits();
        var next = bed.AnotherDaemon(exits);

        next.Find("s", bed.RecordPath("s"), null).ShouldBeOfType<ProcessFinding.Alive>().Identity.StartMark.ShouldBe(identity.StartMark);

        await next.Stop("s", identity, TimeSpan.Zero);
        (await exits.Of("s")).Signal.ShouldBeOneOf(9, 15);
    }

    [Fact]
    public async Task A_session_ended_while_nobody_was_there_is_read_from_the_disk()
    {
        await using var bed = new ProcessBed();
        var identity = await RunUnderAnotherParent(bed, "s", "exit 7");
        var killed = await RunUnderAnotherParent(bed, "k", "exec sh -c 'kill -9 $$'");

        var ended = bed.Processes.Find("s", bed.RecordPath("s"), identity).ShouldBeOfType<ProcessFinding.Ended>();
        var signalled = bed.Processes.Find("k", bed.RecordPath("k"), null).ShouldBeOfType<ProcessFinding.Ended>();

        ended.Exit.ExitCode.ShouldBe(7);
        ended.Exit.OutcomeUnknown.ShouldBeFalse();
        ended.Exit.EndedAt.ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
        signalled.Exit.Signal.ShouldBe(9);
        killed.Pid.ShouldBeGreaterThan(0);
        bed.Exits.All.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_session_terminated_while_nobody_was_there_is_not_taken_for_a_success(bool supervised)
    {
        await using var bed = new ProcessBed();
        var identity = await RunUnderAnotherParent(bed, "s", "echo $$ >ready; sleep 60; echo not reached" + (supervised ? "\n: exec" : ""));
        await bed.Written("ready");
        using (var kill = Process.Start("/bin/kill", ["-TERM", "--", $"-{identity.Pid}"]))
            await kill.WaitForExitAsync();
        await ProcessBed.Until(() => !bed.IsAlive(identity.Pid), "the session lives");

        var exit = bed.Processes.Find("s", bed.RecordPath("s"), identity).ShouldBeOfType<ProcessFinding.Ended>().Exit;

        exit.ExitCode.ShouldBeNull();
        (exit.Signal == 15 || (exit.OutcomeUnknown && !supervised)).ShouldBeTrue("a shell that runs the text itself may die silently");
    }

    [Fact]
    public async Task A_session_outlives_the_process_that_started_it_and_is_adopted()
    {
        await using var bed = new ProcessBed();
        var identity = await RunUnderAnotherParent(bed, "s", WaitForGo + "exit 9");
        await bed.Written("ready");

        bed.Processes.Find("s", bed.RecordPath("s"), null).ShouldBeOfType<ProcessFinding.Alive>().Identity.Pid.ShouldBe(identity.Pid);

        await File.WriteAllTextAsync(Path.Join(bed.Root, "go"), "");
        (await bed.Exits.Of("s")).ExitCode.ShouldBe(9);
    }

    [Fact]
    public async Task An_adopted_tree_is_stopped_whole()
    {
        await using var bed = new ProcessBed();
        await RunUnderAnotherParent(
            bed, "s", "trap '' TERM; (setsid sh -c 'trap \"\" TERM; echo $$ >stubborn; sleep 60' &); echo $$ >ready; while :; do sleep 1; done");
        await bed.Written("ready");
        var stubborn = await bed.WrittenPid("stubborn");
        var found = bed.Processes.Find("s", bed.RecordPath("s"), null).ShouldBeOfType<ProcessFinding.Alive>();

        await bed.Processes.Stop("s", found.Identity, TimeSpan.FromMilliseconds(50));

        bed.IsAlive(stubborn).ShouldBeFalse();
        bed.IsAlive(found.Identity.Pid).ShouldBeFalse();
        (await bed.Exits.Of("s")).OutcomeUnknown.ShouldBeFalse();
    }

    [Fact]
    public async Task A_killed_supervisor_leaves_an_unknown_outcome_and_its_leftovers_are_ended()
    {
        await using var bed = new ProcessBed();
        var identity = await RunUnderAnotherParent(bed, "s", "(setsid sh -c 'echo $$ >left; sleep 60' &); echo $$ >ready; sleep 60");
        await bed.Written("ready");
        var left = await bed.WrittenPid("left");
        Process.GetProcessById(identity.Pid).Kill();
        await ProcessBed.Until(() => !bed.IsAlive(identity.Pid), "the supervisor lives");

        var ended = bed.Processes.Find("s", bed.RecordPath("s"), identity).ShouldBeOfType<ProcessFinding.Ended>();

        ended.Exit.OutcomeUnknown.ShouldBeTrue();
        ended.Exit.ExitCode.ShouldBeNull();
        await ProcessBed.Until(() => !bed.IsAlive(left), "the leftover lives");
    }

    [Fact]
    public async Task The_workers_own_exit_record_decides_when_nothing_else_is_known()
    {
        await using var bed = new ProcessBed();
        Directory.CreateDirectory(bed.RecordPath("s"));
        var record = new WorkerExitRecord { SessionId = "s", ExitCode = 1, Status = "failed", EndedAt = DateTimeOffset.UnixEpoch };
        await File.WriteAllTextAsync(
            Path.Join(bed.RecordPath("s"), SessionRecordFiles.Exit), JsonSerializer.Serialize(record, ControlApiJson.Default.WorkerExitRecord));

        var ended = bed.Processes.Find("s", bed.RecordPath("s"), Gone()).ShouldBeOfType<ProcessFinding.Ended>();

        ended.Exit.ExitCode.ShouldBe(1);
        ended.Exit.Record.ShouldBe(record);
        ended.Exit.EndedAt.ShouldBe(DateTimeOffset.UnixEpoch);
    }

    [Fact]
    public async Task The_exit_record_comes_with_the_end()
    {
        await using var bed = new ProcessBed();
        bed.Start("s", "echo '{\"schema\":1,\"sessionId\":\"s\",\"exitCode\":5,\"status\":\"stopped\"}' >\"$DONMAI_RECORD_DIR/exit.json\"; exit 5");
        bed.Start("garbage", "echo '{' >\"$DONMAI_RECORD_DIR/exit.json\"; exit 6");

        (await bed.Exits.Of("s")).Record!.Status.ShouldBe("stopped");
        var garbage = await bed.Exits.Of("garbage");
        garbage.Record.ShouldBeNull();
        garbage.ExitCode.ShouldBe(6);
    }

    [Theory]
    [InlineData("another-boot:1")]
    [InlineData("")]
    public async Task A_process_number_given_to_somebody_else_is_not_the_session(string mark)
    {
        await using var bed = new ProcessBed();
        var other = new ProcessIdentity { Pid = Environment.ProcessId, StartMark = mark };

        bed.Processes.Find("s", bed.RecordPath("s"), other).ShouldBeOfType<ProcessFinding.Ended>().Exit.OutcomeUnknown.ShouldBeTrue();
    }

    [Fact]
    public async Task A_pid_file_that_names_somebody_else_is_not_believed()
    {
        await using var bed = new ProcessBed();
        Directory.CreateDirectory(bed.RecordPath("s"));
        await File.WriteAllTextAsync(Path.Join(bed.RecordPath("s"), "process"), $"pid {Environment.ProcessId}\n");

        bed.Processes.Find("s", bed.RecordPath("s"), null).ShouldBeOfType<ProcessFinding.Ended>().Exit.OutcomeUnknown.ShouldBeTrue();
    }

    [Fact]
    public async Task A_session_of_which_there_is_no_trace_was_never_started()
    {
        await using var bed = new ProcessBed();
        Directory.CreateDirectory(bed.RecordPath("empty"));

        bed.Processes.Find("empty", bed.RecordPath("empty"), null).ShouldBeOfType<ProcessFinding.NeverStarted>();
        bed.Processes.Find("none", bed.RecordPath("none"), null).ShouldBeOfType<ProcessFinding.NeverStarted>();
    }

    private static ProcessIdentity Gone() => new() { Pid = int.MaxValue, StartMark = "gone:1" };

    /// <summary>Starts a session as a daemon does that is killed right after: the parent is a process of its own, and is gone on return.</summary>
    private static async Task<ProcessIdentity> RunUnderAnotherParent(ProcessBed bed, string sessionId, string text)
    {
        var launch = bed.Shell(sessionId, text);
        var words = Core.Sessions.Processes.Supervisor.Around(launch.Command, Path.Join(launch.RecordPath, "process"), joinFile: null);
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = bed.Root };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"setsid \"$@\" </dev/null >{launch.RecordPath}/stdout.log 2>{launch.RecordPath}/stderr.log & kill -9 $$");
        foreach (var word in words.Prepend("parent"))
            start.ArgumentList.Add(word);
        start.Environment.Clear();
        foreach (var (name, value) in launch.Environment.Append(new(WorkerEnvironment.RecordDirectory, launch.RecordPath)))
            start.Environment[name] = value;
        using var parent = Process.Start(start)!;
        await parent.WaitForExitAsync();
        parent.ExitCode.ShouldBe(128 + 9);
        await bed.Written($"{sessionId}/process");
        var pid = int.Parse(File.ReadLines(Path.Join(launch.RecordPath, "process")).First()["pid ".Length..]);
        await ProcessBed.Until(
            () => text.Contains("ready", StringComparison.Ordinal) || !bed.IsAlive(pid), "the session did not end");
        return new Core.Sessions.Processes.LinuxProcesses() is var system && system.Look(pid) is { } sight
            ? new ProcessIdentity { Pid = pid, StartMark = $"{system.BootId}:{sight.Start}" }
            : new ProcessIdentity { Pid = pid, StartMark = $"{system.BootId}:0" };
    }
}
