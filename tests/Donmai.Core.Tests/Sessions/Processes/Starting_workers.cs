using System.Diagnostics;
using System.Globalization;
using Donmai.Core.Sessions;
using Donmai.Sessions;
using Microsoft.Extensions.Logging;

namespace Donmai.Core.Tests.Sessions.Processes;

public sealed class Starting_workers
{
    [Theory]
    [Trait("spec", "DR-39")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_exit_code_of_a_worker_is_reported(bool supervised)
    {
        await using var bed = new ProcessBed();

        bed.Start("s0", "exit 0", supervised);
        bed.Start("s7", "exit 7", supervised);

        (await bed.Exits.Of("s0")).ShouldSatisfyAllConditions(exit => exit.ExitCode.ShouldBe(0), exit => exit.Signal.ShouldBeNull());
        (await bed.Exits.Of("s7")).ExitCode.ShouldBe(7);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_signal_that_ended_a_worker_is_reported(bool supervised)
    {
        await using var bed = new ProcessBed();
        var text = supervised ? "exec sh -c 'kill -9 $$'" : "kill -9 $$";

        bed.Start("s", text);

        var exit = await bed.Exits.Of("s");
        exit.Signal.ShouldBe(9);
        exit.ExitCode.ShouldBeNull();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_records_of_a_worker_are_for_their_owner_and_its_own_files_as_its_user_wants_them(bool supervised)
    {
        await using var bed = new ProcessBed();

        bed.Start("s", "umask >mask", supervised);

        await bed.Exits.Of("s");
        foreach (var record in (string[])[SessionRecordFiles.Process, SessionRecordFiles.StandardOutput])
            File.GetUnixFileMode(Path.Join(bed.RecordPath("s"), record)).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, record);
        (await File.ReadAllTextAsync(Path.Join(bed.Root, "mask"))).Trim().ShouldBe(OwnMask());
    }

    private static string OwnMask() =>
        File.ReadLines("/proc/self/status").Single(static line => line.StartsWith("Umask:", StringComparison.Ordinal)).Split('\t')[1];

    [Fact]
    public async Task A_worker_program_gets_its_arguments_environment_and_directory()
    {
        await using var bed = new ProcessBed();
        var script = Path.Join(bed.Root, "worker");
        ProgramOnDisk.Write(script, "#!/bin/sh\nprintf '%s|' \"$@\" \"$DONMAI_SESSION_ID\" \"$DONMAI_RECORD_DIR\" \"$PWD\"\n");

        bed.Processes.Start(bed.Launch("s", script, "a b", "", "c'\"$d"));

        (await bed.Exits.Of("s")).ExitCode.ShouldBe(0);
        (await File.ReadAllTextAsync(Path.Join(bed.RecordPath("s"), SessionRecordFiles.StandardOutput)))
            .ShouldBe($"a b||c'\"$d|s|{bed.RecordPath("s")}|{bed.Root}|");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_worker_leads_a_session_of_its_own_and_inherits_nothing(bool supervised)
    {
        await using var bed = new ProcessBed();
        // Something inheritable that the worker must not see.
        using var inheritable = new FileStream(Path.Join(bed.Root, "secret"), FileMode.Create, FileAccess.Write, FileShare.Inheritable);

        var identity = bed.Start(
            "s",
            "cat /proc/self/stat; grep -E 'Sig(Ign|Blk)' /proc/self/status; ls /proc/self/fd; read line; echo \"read $?\"",
            supervised);

        (await bed.Exits.Of("s")).ExitCode.ShouldBe(0);
        var lines = await File.ReadAllLinesAsync(Path.Join(bed.RecordPath("s"), SessionRecordFiles.StandardOutput));
        lines[0].Split(' ')[4..6].ShouldBe([identity.Pid.ToString(), identity.Pid.ToString()], "process group and session");
        Mask(lines, "SigIgn:").ShouldBe(0u);
        Mask(lines, "SigBlk:").ShouldBe(0u);
        lines.SkipWhile(static line => line != "0").TakeWhile(static line => line != "read 1").ShouldBe(["0", "1", "2", "3"], "3 is ls's own");
        lines[^1].ShouldBe("read 1", "standard input is empty");
    }

    [Fact]
    public async Task Output_files_belong_to_the_user_alone()
    {
        await using var bed = new ProcessBed();

        bed.Start("s", "echo out; echo err >&2");
        await bed.Exits.Of("s");

        foreach (var name in new[] { SessionRecordFiles.StandardOutput, SessionRecordFiles.StandardError })
            File.GetUnixFileMode(Path.Join(bed.RecordPath("s"), name)).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_refused_and_leaves_nothing()
    {
        await using var bed = new ProcessBed();

        Should.Throw<WorkerStartException>(() => bed.Processes.Start(bed.Launch("s", "/no/such/worker"))).Message.ShouldContain("/no/such/worker");
        Should.Throw<WorkerStartException>(() => bed.Processes.Start(bed.Shell("s", "exit 0") with { WorkingDirectory = "/no/such/place" }))
            .Message.ShouldContain("/no/such/place");

        bed.Start("s", "exit 3");
        (await bed.Exits.Of("s")).ExitCode.ShouldBe(3);
        bed.Exits.All.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_session_has_one_process_at_a_time()
    {
        await using var bed = new ProcessBed();
        var identity = bed.Start("s", "sleep 60");

        Should.Throw<WorkerStartException>(() => bed.Start("s", "exit 0"));

        await bed.Processes.Stop("s", identity, TimeSpan.FromSeconds(10));
        (await bed.Exits.Of("s")).Signal.ShouldBe(15);
    }

    [Fact]
    public async Task An_id_can_be_used_again_as_soon_as_the_end_is_reported()
    {
        await using var bed = new ProcessBed();
        ProcessIdentity? again = null;
        var ends = 0;
        bed.Exits.Before = id =>
        {
            if (Interlocked.Increment(ref ends) == 1)
                again = bed.Start(id, "exit 7"); // who is told of the end does not wait until the telling is over
        };

        var first = bed.Start("s", "exit 0");
        await ProcessBed.Until(() => bed.Exits.All.Count == 2, "the second end was not reported");

        bed.Exits.All.Select(static told => (told.Exit.ExitCode, told.Exit.Process)).ShouldBe([(0, first), (7, again)], ignoreOrder: true);
    }

    [Fact]
    public async Task An_end_that_nobody_can_be_told_any_more_does_not_spoil_the_stop()
    {
        var exits = new ReportedExits();
        await using var bed = new ProcessBed(exits);
        var told = new TaskCompletionSource();
        using var stopped = new ManualResetEventSlim();
        exits.Before = _ =>
        {
            told.TrySetResult();
            stopped.Wait(TimeSpan.FromSeconds(20));
            throw new InvalidOperationException("the silo has stopped");
        };
        bed.Start("s", "exit 0");
        await told.Task.WaitAsync(TimeSpan.FromSeconds(20));

        var stopping = bed.Processes.DisposeAsync();
        stopped.Set();

        await stopping;
    }

    [Fact]
    [Trait("spec", "DR-40")]
    public async Task Every_end_is_reported_once_even_when_the_first_report_fails()
    {
        var exits = new ReportedExits(refusals: 2);
        await using var bed = new ProcessBed(exits);

        bed.Start("s", "exit 4");

        (await exits.Of("s")).ExitCode.ShouldBe(4);
        await bed.Processes.DisposeAsync();
        exits.All.Count.ShouldBe(1);
        bed.Log.Lines.Count(static line => line.Level == LogLevel.Error).ShouldBe(2);
    }

    [Fact]
    [Trait("spec", "DR-40")]
    public async Task Two_hundred_sessions_leave_no_zombie_and_no_descriptor()
    {
        await using var bed = new ProcessBed();
        bed.Start("warm", "exit 0");
        await bed.Exits.Of("warm");
        var sessions = Enumerable.Range(0, 200).Select(static number => $"s{number}").ToList();

        await Parallel.ForEachAsync(sessions, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (session, _) =>
        {
            bed.Start(session, "echo hello; exit 5", supervised: session.EndsWith('0'));
            (await bed.Exits.Of(session)).ExitCode.ShouldBe(5);
        });

        bed.Exits.All.Select(static one => one.SessionId).Order().ShouldBe(sessions.Append("warm").Order());
        bed.Marked().ShouldBeEmpty("no process is left");
        OpenIn(bed.Root).ShouldBeEmpty("no descriptor is left");
        foreach (var session in sessions)
            bed.Log.Lines.Count(line => line.Text == $"[child stdout sessionID={session}] hello").ShouldBe(1);
    }

    [Fact]
    public async Task Starting_a_worker_does_not_wait_for_it()
    {
        await using var bed = new ProcessBed();
        var launches = Enumerable.Range(0, 10).Select(number => bed.Shell($"s{number}", "sleep 0.3")).ToList();

        var times = launches.Select(launch =>
        {
            var start = Stopwatch.GetTimestamp();
            bed.Processes.Start(launch);
            return Stopwatch.GetElapsedTime(start);
        }).ToList();

        foreach (var launch in launches)
            await bed.Exits.Of(launch.SessionId);
        times.Min().ShouldBeLessThan(TimeSpan.FromMilliseconds(100), "the best of ten, on a machine that may be busy");
    }

    // Signals 1 to 31; the C library keeps 32 and 33 for itself.
    private static uint Mask(string[] lines, string key) =>
        uint.Parse(lines.Single(line => line.StartsWith(key, StringComparison.Ordinal))[^8..], NumberStyles.HexNumber) & 0x7fffffff;

    private static List<string> OpenIn(string root) =>
        [.. Directory.GetFileSystemEntries("/proc/self/fd").Select(Target).Where(target => target.StartsWith(root, StringComparison.Ordinal))];

    private static string Target(string descriptor)
    {
        try
        {
            return File.ResolveLinkTarget(descriptor, returnFinalTarget: false)?.FullName ?? "";
        }
        catch (IOException)
        {
            return ""; // another test closed it meanwhile
        }
    }
}
