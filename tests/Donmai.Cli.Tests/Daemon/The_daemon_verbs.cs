using Donmai.Client.Tests;
using Donmai.Daemon;
using Donmai.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Donmai.Cli.Tests.Daemon;

/// <summary>The verbs of the daemon's life, against a daemon that answers as the control API says.</summary>
public sealed class The_daemon_verbs
{
    [Theory]
    [InlineData("pause", "paused")]
    [InlineData("resume", "resumed")]
    [InlineData("update", "update initiated")]
    public async Task An_action_says_what_the_daemon_said(string verb, string message)
    {
        await using var daemon = await FakeDaemon.Start(routes => routes.MapPost("/api/daemon/" + verb, () => DaemonAnswers.Answer(Accepted(message))));

        (await CommandOutcome.Of("daemon", verb, "--daemon-url", daemon.Address)).ShouldBe(new CommandOutcome(0, message + "\n", ""));
        (await CommandOutcome.Of("daemon", verb, "--daemon-url", daemon.Address, "--json")).Output.ShouldBe(FakeDaemon.Json(Accepted(message)) + "\n");
    }

    [Fact]
    public async Task An_action_that_is_refused_ends_with_1_and_the_reason()
    {
        await using var daemon = await FakeDaemon.Start(static routes => routes.MapPost(
            "/api/daemon/pause",
            static () => DaemonAnswers.Answer(new DaemonActionAnswer { Message = "cannot pause while updating" }, StatusCodes.Status409Conflict)));

        var outcome = await CommandOutcome.Of("daemon", "pause", "--daemon-url", daemon.Address);

        outcome.ExitCode.ShouldBe(1);
        outcome.Error.ShouldContain("cannot pause while updating");
    }

    [Fact]
    public async Task A_drain_passes_on_how_long_and_what_follows_and_shows_what_is_left()
    {
        DrainRequest? asked = null;
        var states = new Queue<DaemonStatus>([Draining(2), Draining(2), Draining(1), new DaemonStatus { Status = "paused" }]);
        await using var daemon = await FakeDaemon.Start(routes =>
        {
            routes.MapPost("/api/daemon/drain", async (HttpRequest request) =>
            {
                asked = await System.Text.Json.JsonSerializer.DeserializeAsync(request.Body, ControlApiJson.Default.DrainRequest);
                return DaemonAnswers.Answer(Accepted("drain initiated (timeout 10m0s)"));
            });
            routes.MapGet("/api/daemon/status", () => DaemonAnswers.Answer(states.Count > 1 ? states.Dequeue() : states.Peek()));
        });

        var outcome = await CommandOutcome.Of("daemon", "drain", "--timeout", "10m", "--then", "none", "--wait", "--daemon-url", daemon.Address);

        outcome.ExitCode.ShouldBe(0, outcome.ToString());
        asked.ShouldBe(new DrainRequest { TimeoutSeconds = 600, Then = "none" });
        var lines = outcome.Output.TrimEnd().Split('\n');
        lines[..3].ShouldBe(["drain initiated (timeout 10m0s)", "2 sessions left", "1 session left"]);
        lines[3].ShouldStartWith("paused after ");
    }

    [Fact]
    public async Task A_drain_that_ends_the_daemon_is_waited_for_until_it_answers_no_more()
    {
        FakeDaemon? daemon = null;
        daemon = await FakeDaemon.Start(routes =>
        {
            routes.MapPost("/api/daemon/drain", static () => DaemonAnswers.Answer(Accepted("drain initiated (timeout 10m0s)")));
            routes.MapGet("/api/daemon/status", (HttpContext context) =>
            {
                context.Response.OnCompleted(() => Task.Run(() => daemon!.DisposeAsync().AsTask()));
                return DaemonAnswers.Answer(Draining(0));
            });
        });

        var outcome = await CommandOutcome.Of("daemon", "drain", "--then", "stop", "--wait", "--daemon-url", daemon.Address);

        outcome.ExitCode.ShouldBe(0, outcome.ToString());
        outcome.Output.ShouldContain("stopped after ");
    }

    [Fact]
    public async Task An_update_is_waited_for_until_its_outcome_is_known()
    {
        var reports = new Queue<DoctorReport>([new DoctorReport(), new DoctorReport(), new DoctorReport { LastUpdate = Outcome("update-applied", updated: true) }]);
        await using var daemon = await FakeDaemon.Start(routes =>
        {
            routes.MapPost("/api/daemon/update", static () => DaemonAnswers.Answer(Accepted("update initiated")));
            routes.MapGet("/api/daemon/status", static () => DaemonAnswers.Answer(new DaemonStatus { Status = "ready" }));
            routes.MapGet("/api/daemon/doctor", () => DaemonAnswers.Answer(reports.Count > 1 ? reports.Dequeue() : reports.Peek()));
        });

        (await CommandOutcome.Of("daemon", "update", "--wait", "--daemon-url", daemon.Address)).ShouldBe(new CommandOutcome(0, "updated to 1.5.0\n", ""));
    }

    [Fact]
    public async Task An_update_that_failed_ends_with_1_and_says_why()
    {
        var reports = new Queue<DoctorReport>([new DoctorReport(), new DoctorReport { LastUpdate = Outcome("download-failed: no answer", updated: false) }]);
        await using var daemon = await FakeDaemon.Start(routes =>
        {
            routes.MapPost("/api/daemon/update", static () => DaemonAnswers.Answer(Accepted("update initiated")));
            routes.MapGet("/api/daemon/status", static () => DaemonAnswers.Answer(new DaemonStatus { Status = "ready" }));
            routes.MapGet("/api/daemon/doctor", () => DaemonAnswers.Answer(reports.Count > 1 ? reports.Dequeue() : reports.Peek()));
        });

        (await CommandOutcome.Of("daemon", "update", "--wait", "--daemon-url", daemon.Address))
            .ShouldBe(new CommandOutcome(1, "not updated: download-failed: no answer\n", ""));
    }

    [Theory]
    [InlineData("daemon", "capacity")]
    [InlineData("daemon", "capacity", "get")]
    public async Task Capacity_shows_every_setting_and_how_it_is_changed(params string[] verb)
    {
        await using var daemon = await DaemonAnswers.Get("/api/daemon/capacity", new CapacityReport
        {
            Capacity = new MachineCapacity { MaxConcurrentSessions = 6, MaxVCpuPerSession = 4, MaxMemoryMbPerSession = 8192, ReservedVCpu = 2, ReservedMemoryMb = 4096 },
            SettableKeys = ["capacity.maxConcurrentSessions", "capacity.poolMaxDiskGb"],
        });

        (await CommandOutcome.Of([.. verb, "--daemon-url", daemon.Address])).ShouldBe(new CommandOutcome(
            0,
            """
            SETTING                              VALUE  UNIT        CHANGE
            capacity.maxConcurrentSessions       6      sessions    capacity set
            capacity.maxVCpuPerSession           4      processors  daemon.yaml
            capacity.maxMemoryMbPerSession       8192   MiB         daemon.yaml
            capacity.reservedForSystem.vCpu      2      processors  daemon.yaml
            capacity.reservedForSystem.memoryMb  4096   MiB         daemon.yaml
            capacity.poolMaxDiskGb               0      no limit    capacity set

            """,
            ""));
    }

    [Fact]
    public async Task Capacity_set_passes_the_setting_on()
    {
        CapacityChange? asked = null;
        await using var daemon = await FakeDaemon.Start(routes => routes.MapPost("/api/daemon/capacity", async (HttpRequest request) =>
        {
            asked = await System.Text.Json.JsonSerializer.DeserializeAsync(request.Body, ControlApiJson.Default.CapacityChange);
            return DaemonAnswers.Answer(new CapacityChangeAnswer { Ok = true, Key = asked!.Key, Value = asked.Value, Message = "applied" });
        }));

        var outcome = await CommandOutcome.Of("daemon", "capacity", "set", "capacity.maxConcurrentSessions", "4", "--daemon-url", daemon.Address);

        outcome.ShouldBe(new CommandOutcome(0, "capacity.maxConcurrentSessions is 4\n", ""));
        asked.ShouldBe(new CapacityChange { Key = "capacity.maxConcurrentSessions", Value = "4" });
    }

    [Fact]
    public async Task A_setting_that_cannot_be_changed_is_named_with_where_those_are_that_can()
    {
        await using var daemon = await FakeDaemon.Start(static routes => routes.MapPost(
            "/api/daemon/capacity", static () => Results.Content("""{"ok":false,"key":"capacity.colour","value":"3","message":"unknown key"}""", "application/json", statusCode: 400)));

        var outcome = await CommandOutcome.Of("daemon", "capacity", "set", "capacity.colour", "3", "--daemon-url", daemon.Address);

        outcome.ShouldBe(new CommandOutcome(
            1, "", "donmai: capacity.colour cannot be set to '3': unknown key. 'donmai daemon capacity' says what can be set.\n"));
    }

    [Fact]
    public async Task Stats_show_load_capacity_and_standing()
    {
        await using var daemon = await DaemonAnswers.Get("/api/daemon/stats", new DaemonStats
        {
            ActiveSessions = 2,
            Capacity = new MachineCapacity { MaxConcurrentSessions = 6, MaxVCpuPerSession = 1, MaxMemoryMbPerSession = 8192, ReservedVCpu = 2, ReservedMemoryMb = 4096 },
            Registration = new RegistrationStats { Status = "busy" },
            WorkerId = "wkr_71c2",
            AllowedProjects = ["github.com/acme/billing", "github.com/acme/shop"],
        });

        (await CommandOutcome.Of("daemon", "stats", "--daemon-url", daemon.Address)).Output.ShouldBe(
            """
            sessions     2 of 6
            per session  1 processor, 8192 MiB
            reserved     2 processors, 4096 MiB
            standing     busy
            worker id    wkr_71c2
            projects     github.com/acme/billing, github.com/acme/shop

            """);
    }

    [Fact]
    public async Task The_doctor_shows_every_check_and_ends_with_1_when_one_failed()
    {
        var report = new DoctorReport
        {
            State = "running",
            Version = "1.4.0",
            Engine = "an engine",
            Checks = [new DoctorCheck { Name = "config", Ok = true, Detail = "valid" }, new DoctorCheck { Name = "disk", Detail = "full; make room" }],
            HostChecks = [new DoctorCheck { Name = "providers", Ok = true, Detail = "claude 2.1.0 is ready" }],
        };
        await using var daemon = await DaemonAnswers.Get("/api/daemon/doctor", report);

        (await CommandOutcome.Of("daemon", "doctor", "--daemon-url", daemon.Address)).ShouldBe(new CommandOutcome(
            1,
            """
            The daemon is running; donmai 1.4.0, an engine
            ok   config         valid
            FAIL disk           full; make room
            ok   providers      claude 2.1.0 is ready
            1 check failed.

            """,
            ""));
        (await CommandOutcome.Of("daemon", "doctor", "--daemon-url", daemon.Address, "--json")).ShouldBe(new CommandOutcome(1, FakeDaemon.Json(report) + "\n", ""));
    }

    [Fact]
    public async Task The_doctor_ends_with_0_when_everything_is_well()
    {
        await using var daemon = await DaemonAnswers.Get(
            "/api/daemon/doctor", new DoctorReport { State = "running", Checks = [new DoctorCheck { Name = "config", Ok = true, Detail = "valid" }] });

        var outcome = await CommandOutcome.Of("daemon", "doctor", "--daemon-url", daemon.Address);

        outcome.ExitCode.ShouldBe(0);
        outcome.Output.ShouldEndWith("Everything is well.\n");
    }

    [Fact]
    public async Task Capabilities_are_one_a_line()
    {
        await using var daemon = await DaemonAnswers.Get(
            "/api/daemon/capabilities", new CapabilityList { Provides = [new Capability { Kind = "native" }, new Capability { Kind = "npm" }] });

        (await CommandOutcome.Of("daemon", "capabilities", "--daemon-url", daemon.Address)).ShouldBe(new CommandOutcome(0, "native\nnpm\n", ""));
    }

    [Fact]
    public async Task A_daemon_without_an_orchestrator_has_no_heartbeat_to_show()
    {
        await using var daemon = await DaemonAnswers.Get("/api/daemon/heartbeat", new Heartbeat());

        (await CommandOutcome.Of("daemon", "heartbeat", "--daemon-url", daemon.Address)).Output.ShouldStartWith("No heartbeat was sent");
    }

    [Fact]
    public async Task A_heartbeat_that_was_composed_and_never_sent_is_not_called_sent()
    {
        var composed = new Heartbeat { SentAt = "2026-05-18T09:30:30Z", Status = "idle", MaxSessions = 8, Beats = new HeartbeatStanding() };
        await using var daemon = await DaemonAnswers.Get("/api/daemon/heartbeat", composed);

        (await CommandOutcome.Of("daemon", "heartbeat", "--daemon-url", daemon.Address)).Output.ShouldStartWith("sent      nothing yet ('donmai platform status' says why)");
    }

    private static DaemonActionAnswer Accepted(string message) => new() { Ok = true, Message = message };

    private static DaemonStatus Draining(int left) => new() { Status = "draining", ActiveSessions = left };

    private static UpdateOutcome Outcome(string reason, bool updated) => new() { Updated = updated, Version = "1.5.0", Reason = reason, FinishedAt = DateTimeOffset.UnixEpoch };
}
