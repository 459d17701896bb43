using Donmai.Core.Daemon;
using Donmai.Daemon;
using Donmai.Grains.Daemon;
using Donmai.Grains.Tests.Machines;
using Donmai.Platform;
using Donmai.Sessions;

namespace Donmai.Grains.Tests.Daemon;

public sealed class Capacity_and_stats
{
    [Fact, Trait("spec", "DR-29"), Trait("spec", "CA-10")]
    public async Task Raised_capacity_is_there_for_the_next_accept_and_lowered_capacity_stops_nobody()
    {
        await using var machine = await TestMachine.Running();
        machine.Configure(static configuration => configuration with { MaxConcurrentSessions = 1 });
        await machine.Accept("a");
        (await Should.ThrowAsync<SessionRefusedException>(machine.Accept("b"))).Message.ShouldBe("at capacity (1/1 sessions)");

        var answer = await machine.Daemon.SetCapacity(new CapacityChange { Key = "capacity.maxConcurrentSessions", Value = "2" });

        answer.ShouldBe(new CapacityChangeAnswer { Ok = true, Key = "capacity.maxConcurrentSessions", Value = "2", Message = "applied" });
        (await machine.Daemon.Status()).MaxSessions.ShouldBe(2);
        await machine.Accept("b");
        await machine.Daemon.SetCapacity(new CapacityChange { Key = "capacity.maxConcurrentSessions", Value = "0" });
        (await machine.Spawner.Live()).Count.ShouldBe(2);
        machine.Processes.Stops.ShouldBeEmpty();
        (await Should.ThrowAsync<SessionRefusedException>(machine.Accept("c"))).Message.ShouldBe("at capacity (2/0 sessions)");
    }

    [Fact]
    public async Task A_changed_file_counts_for_the_next_accept()
    {
        await using var machine = await TestMachine.Running();
        machine.Configure(static configuration => configuration with { MaxConcurrentSessions = 0 });
        (await Should.ThrowAsync<SessionRefusedException>(machine.Accept("a"))).Message.ShouldBe("at capacity (0/0 sessions)");

        machine.Configure(static configuration => configuration with { MaxConcurrentSessions = 1 });

        await machine.Accept("a");
    }

    [Fact]
    public async Task What_cannot_be_written_does_not_count()
    {
        await using var machine = await TestMachine.Running();
        machine.File.Refusal = new ConfigurationWriteException("/etc/donmai/daemon.yaml cannot be written: the disk is full");
        var change = new CapacityChange { Key = "capacity.maxConcurrentSessions", Value = "9" };

        var refused = await Should.ThrowAsync<CapacityNotWrittenException>(machine.Daemon.SetCapacity(change));

        refused.Message.ShouldBe("/etc/donmai/daemon.yaml cannot be written: the disk is full");
        refused.Change.ShouldBe(change);
        (await machine.Daemon.Status()).MaxSessions.ShouldBe(4);
    }

    [Fact]
    public async Task A_refused_key_is_refused_before_anything_is_written()
    {
        await using var machine = await TestMachine.Running();
        machine.File.Refusal = new ConfigurationWriteException("asked for");

        (await Should.ThrowAsync<CapacityRefusedException>(machine.Daemon.SetCapacity(new CapacityChange { Key = "capacity.colour", Value = "3" })))
            .Message.ShouldBe("unknown key");
    }

    [Fact]
    public async Task The_report_says_what_is_there_and_what_can_be_set()
    {
        await using var machine = await TestMachine.Running();
        await machine.Daemon.SetCapacity(new CapacityChange { Key = "capacity.poolMaxDiskGb", Value = "100" });

        var report = await machine.Daemon.Capacity();

        report.Capacity.ShouldBe(new MachineCapacity
        {
            MaxConcurrentSessions = 4,
            MaxVCpuPerSession = 4,
            MaxMemoryMbPerSession = 8192,
            ReservedVCpu = 4,
            ReservedMemoryMb = 16384,
        });
        report.PoolMaxDiskGb.ShouldBe(100);
        report.SettableKeys.ShouldBe(["capacity.maxConcurrentSessions", "capacity.poolMaxDiskGb"]);
    }

    [Fact, Trait("spec", "CA-8")]
    public async Task Stats_hold_what_was_asked_for()
    {
        await using var machine = await TestMachine.Running();
        machine.Configure(static configuration => configuration with
        {
            Region = "lab-east",
            Projects =
            [
                new ProjectConfiguration { Id = "billing", Repository = "github.com/acme/billing" },
                new ProjectConfiguration { Id = "web", Repository = "https://user:secret@github.com/acme/web" },
            ],
        });
        await machine.Accept("a");

        var plain = await machine.Daemon.Stats(new StatsRequest());
        var full = await machine.Daemon.Stats(new StatsRequest { Pool = true, ByMachine = true });

        (plain.Pool, plain.ByMachine, plain.WorkerId, plain.HostStatus, plain.QueueDepth, plain.ActiveSessions).ShouldBe((null, null, null, null, 0, 1));
        plain.AllowedProjects.ShouldBe(["github.com/acme/billing", "https://github.com/acme/web"]);
        plain.Registration.ShouldBe(new RegistrationStats { Status = "unregistered" });
        full.Pool.ShouldNotBeNull();
        var only = full.ByMachine!.ShouldHaveSingleItem();
        (only.Id, only.Region, only.Status, only.Version, only.ActiveSessions, only.Capacity)
            .ShouldBe((TestMachine.Name, "lab-east", "ready", "1.2.3", 1, plain.Capacity));
    }

    [Fact]
    public async Task Without_projects_none_are_listed()
    {
        await using var machine = await TestMachine.Running();
        machine.Configure(static configuration => configuration with { Projects = [] });

        (await machine.Daemon.Stats(new StatsRequest())).AllowedProjects.ShouldBeNull();
    }

    [Theory]
    [InlineData("busy", false, DaemonState.Running, true, "busy")]
    [InlineData("busy", false, DaemonState.Running, false, "paused")]
    [InlineData("idle", true, DaemonState.Paused, false, "paused")]
    [InlineData("draining", true, DaemonState.Paused, false, "draining")]
    [InlineData("", true, DaemonState.Running, true, "idle")]
    [InlineData(null, true, DaemonState.Running, false, "paused")]
    [InlineData(null, false, DaemonState.Running, true, "unregistered")]
    [InlineData(null, false, DaemonState.Running, false, "unregistered")]
    [InlineData(null, true, DaemonState.Draining, false, "draining")]
    [InlineData(null, true, DaemonState.Paused, false, "paused")]
    [InlineData(null, true, DaemonState.Updating, false, "updating")]
    [InlineData(null, false, DaemonState.Recovering, false, "recovering")]
    public void The_standing_follows_heartbeat_state_and_admission(string? heartbeat, bool registered, DaemonState state, bool accepting, string expected) =>
        DaemonViews.Registration(new RegistrationStats { Status = heartbeat, PollRunning = true }, registered, state, accepting)
            .ShouldBe(new RegistrationStats { Status = expected, PollRunning = true });

    [Fact]
    public async Task No_heartbeat_was_composed_yet()
    {
        await using var machine = await TestMachine.Running();
        var heartbeat = machine.Grains.GetGrain<IHeartbeatGrain>(TestMachine.Name);

        (await heartbeat.Last()).ShouldBe(new Heartbeat());
        (await heartbeat.Standing()).ShouldBe(new RegistrationStats());
    }
}
