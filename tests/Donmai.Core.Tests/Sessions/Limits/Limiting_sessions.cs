using Donmai.Core.Daemon;
using Donmai.Core.Sessions;
using Donmai.Core.Sessions.Limits;
using Donmai.Core.Tests.Sessions.Processes;
using Donmai.Sessions;
using Microsoft.Extensions.Logging;

namespace Donmai.Core.Tests.Sessions.Limits;

public sealed class Limiting_sessions
{
    [Theory]
    [InlineData(null, null, 1000, 4)]
    [InlineData(0, 0, 1000, 4)]
    [InlineData(300, 2, 300, 2)]
    [InlineData(3000, 20, 1000, 4)]
    public void A_session_gets_what_it_asks_for_and_never_more_than_the_most(int? memory, int? cpu, int memoryGiven, int cpuGiven)
    {
        var configuration = new DaemonConfiguration { MachineId = "box", ArchiveRoot = "/", MaxMemoryMbPerSession = 1000, MaxVCpuPerSession = 4 };
        var asked = memory is null ? null : new SessionResources { MemoryMb = memory.Value, VCpu = cpu!.Value };

        ResourceLimit.Of(asked, configuration).ShouldBe(new ResourceLimit(memoryGiven, cpuGiven));
    }

    [Fact]
    public void A_group_gets_memory_without_swap_and_its_share_of_processor_time()
    {
        var root = Directory.CreateTempSubdirectory("donmai-groups-");
        try
        {
            var group = root.CreateSubdirectory("s-acme:1").FullName;
            File.WriteAllText(Path.Combine(group, "memory.swap.max"), "max");

            new ControlGroups(root.FullName, hasMemory: true, hasCpu: true).Create("acme:1", new ResourceLimit(256, 2)).ShouldBe(Path.Combine(group, "cgroup.procs"));

            File.ReadAllText(Path.Combine(group, "memory.max")).ShouldBe("268435456");
            File.ReadAllText(Path.Combine(group, "memory.swap.max")).ShouldBe("0");
            File.ReadAllText(Path.Combine(group, "cpu.max")).ShouldBe("200000 100000");
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    [ControlGroupFact]
    public async Task A_session_runs_in_its_group_from_the_first_and_takes_it_along_at_the_end()
    {
        await using var bed = new ProcessBed();
        var root = Directory.CreateDirectory(Path.Combine(ControlGroupFactAttribute.Root!, $"donmai-test-{Guid.NewGuid():N}"));
        try
        {
            bed.Enforced = new SessionLimits(new ControlGroups(root.FullName, hasMemory: false, hasCpu: false), "no controllers", TimeProvider.System, new Logger<SessionLimits>(bed.Log));
            var exits = new ReportedExits();
            var daemon = bed.AnotherDaemon(exits);

            // It leaves session, parents and the mark behind; only the group still knows it.
            daemon.Start(bed.Shell("a:1", $"cat /proc/self/cgroup; (cd / && setsid env -i /bin/sh -c 'echo $$ >{bed.Root}/stray; exec sleep 600' &) ; until [ -s {bed.Root}/stray ]; do sleep 0.01; done")
                with
            { Limit = new ResourceLimit(256, 1) });
            await exits.Of("a:1");

            File.ReadAllText(bed.Logs.PathOf("a:1")).ShouldContain($"/{root.Name}/s-a:1\n");
            bed.IsAlive(await bed.WrittenPid("stray")).ShouldBeFalse();
            root.EnumerateDirectories().ShouldBeEmpty();
        }
        finally
        {
            root.Delete();
        }
    }

    [ControlGroupFact]
    public async Task A_group_left_by_a_daemon_that_died_is_ended_with_its_session()
    {
        await using var bed = new ProcessBed();
        var root = Directory.CreateDirectory(Path.Combine(ControlGroupFactAttribute.Root!, $"donmai-test-{Guid.NewGuid():N}"));
        try
        {
            var groups = new ControlGroups(root.FullName, hasMemory: false, hasCpu: false);
            bed.Enforced = new SessionLimits(groups, "no controllers", TimeProvider.System, new Logger<SessionLimits>(bed.Log));
            var daemon = bed.AnotherDaemon(new ReportedExits());
            var identity = daemon.Start(bed.Shell("s", "sleep 600 & sleep 600") with { Limit = new ResourceLimit(256, 1) });
            await daemon.DisposeAsync();
            await ProcessBed.Until(() => File.ReadAllText(Path.Combine(root.FullName, "s-s", ControlGroups.Members)).Length > 0, "the session did not join its group");
            bed.Enforced.Kill("s");
            await ProcessBed.Until(() => !bed.IsAlive(identity.Pid), "the session did not end");

            bed.AnotherDaemon(new ReportedExits()).Find("s", bed.RecordPath("s"), identity).ShouldBeOfType<ProcessFinding.Ended>();

            await ProcessBed.Until(() => groups.TryRemove("s"), "the group is still there");
            root.EnumerateDirectories().ShouldBeEmpty();
        }
        finally
        {
            root.Delete();
        }
    }

    [Fact]
    public async Task Without_groups_a_session_is_confined_to_as_many_processors_and_nobody_else()
    {
        await using var bed = new ProcessBed();

        bed.Processes.Start(bed.Shell("s", "grep Cpus_allowed_list /proc/self/status") with { Limit = new ResourceLimit(256, 1) });
        await bed.Exits.Of("s");
        bed.Processes.Start(bed.Shell("t", "grep Cpus_allowed_list /proc/self/status"));
        await bed.Exits.Of("t");

        File.ReadAllText(bed.Logs.PathOf("s")).ShouldMatch(@"stdout Cpus_allowed_list:\t\d+\n$");
        File.ReadAllText(bed.Logs.PathOf("t")).Split('\t')[1].ShouldBe(
            File.ReadLines("/proc/self/status").First(static line => line.StartsWith("Cpus_allowed_list", StringComparison.Ordinal)).Split('\t')[1] + "\n");
    }

    [Fact]
    public async Task Without_groups_a_session_above_its_memory_loses_its_largest_process_and_goes_on()
    {
        await using var bed = new ProcessBed();

        bed.Processes.Start(bed.Shell("s", $"head -c 300000000 /dev/zero | tail -c 290000000 | {{ until [ -e {bed.Root}/go ]; do sleep 0.02; done; }}; echo survived") with { Limit = new ResourceLimit(64, 1) });
        await ProcessBed.Until(() => bed.Log.Lines.Any(static line => line.Text.Contains("its largest process", StringComparison.Ordinal)), "nothing was killed");

        bed.Log.Lines.Single(static line => line.Text.Contains("its largest process", StringComparison.Ordinal)).Text
            .ShouldMatch("^Session s uses [0-9]+ MiB of memory, 64 are its limit: its largest process, [0-9]+, is killed$");
        await File.WriteAllTextAsync($"{bed.Root}/go", "");
        (await bed.Exits.Of("s")).ExitCode.ShouldBe(0);
        File.ReadAllText(bed.Logs.PathOf("s")).ShouldContain("survived");
    }

    [Fact]
    public async Task Core_files_are_written_only_for_who_asks()
    {
        await using var bed = new ProcessBed();

        bed.Start("s", "ulimit -c; ulimit -S -c unlimited 2>/dev/null; echo asked");
        await bed.Exits.Of("s");

        File.ReadAllLines(bed.Logs.PathOf("s")).Select(static line => line[25..]).ShouldBe(["stdout 0", "stdout asked"]);
    }

    [Fact]
    public void What_this_machine_can_do_is_found_out_without_harm()
    {
        using var log = new LoggedLines();

        var found = new SessionLimits(new StateDirectory("/no/state"), TimeProvider.System, new Logger<SessionLimits>(log)).Enforcement;

        found.Memory.ShouldNotBe(ResourceEnforcement.None);
        found.Cpu.ShouldNotBe(ResourceEnforcement.None);
        found.IsExact.ShouldBe(found.Memory.Contains("control group", StringComparison.Ordinal) && found.Cpu.Contains("control group", StringComparison.Ordinal));
    }

    [Fact]
    public void It_is_told_what_is_enforced()
    {
        using var log = new LoggedLines();
        var limits = new SessionLimits(null, "the service manager keeps them", TimeProvider.System, new Logger<SessionLimits>(log));
        var exact = new SessionLimits(new ControlGroups("/none", hasMemory: true, hasCpu: true), null, TimeProvider.System, new Logger<SessionLimits>(log));

        limits.Enforcement.ShouldBe(new ResourceEnforcement(
            "by looking every 2 s: a session above its limit loses its largest process",
            "by confining each session to as many processors (affinity)",
            "the service manager keeps them"));
        exact.Enforcement.IsExact.ShouldBeTrue();
        exact.Enforcement.Memory.ShouldContain("memory.max");
    }
}
