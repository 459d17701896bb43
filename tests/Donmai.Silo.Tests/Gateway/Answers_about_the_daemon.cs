using Donmai.Daemon;
using Donmai.Platform;
using Donmai.Providers;
using Donmai.Workareas;
using NSubstitute;
using NSubstitute.ExceptionExtensions;

namespace Donmai.Silo.Tests.Gateway;

/// <summary>control-api.md §4, §6: each route asks the right grain for the right thing, and answers in exactly the words of the wire.</summary>
public sealed class Answers_about_the_daemon : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 7, 12, 0, 0, TimeSpan.Zero);

    private GatewayUnderTest _gateway = null!;

    public async Task InitializeAsync() => _gateway = await GatewayUnderTest.Start();

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Theory]
    [InlineData("", false, false)]
    [InlineData("?pool=true", true, false)]
    [InlineData("?byMachine=true", false, true)]
    [InlineData("?pool=true&byMachine=true", true, true)]
    [InlineData("?pool=1", false, false)]
    [InlineData("?pool=True&byMachine=TRUE", false, false)]
    [InlineData("?pool=&byMachine", false, false)]
    [InlineData("?pool=true&pool=true", false, false)]
    [InlineData("?verbose=true", false, false)]
    [Trait("spec", "CA-8")]
    public async Task Stats_are_asked_for_with_what_is_wanted(string query, bool pool, bool byMachine)
    {
        _gateway.Daemon.Stats(new StatsRequest { Pool = pool, ByMachine = byMachine })
            .Returns(new DaemonStats { ActiveSessions = 2, Timestamp = Noon, Registration = new RegistrationStats { Status = "idle" } });

        await Expect("GET", "/api/daemon/stats" + query, 200, """{"capacity":{"maxConcurrentSessions":0},"activeSessions":2,"queueDepth":0,"timestamp":"2026-05-07T12:00:00Z","registration":{"status":"idle"}}""");
    }

    [Fact]
    public async Task Pause_and_resume_answer_in_their_shape_whatever_comes()
    {
        _gateway.Daemon.Pause().Returns(new DaemonActionAnswer { Ok = true, Message = "paused" });
        await Expect("POST", "/api/daemon/pause", 200, """{"ok":true,"message":"paused"}""");
        _gateway.Daemon.Resume().Returns(new DaemonActionAnswer { Ok = true, Message = "resumed" });
        await Expect("POST", "/api/daemon/resume", 200, """{"ok":true,"message":"resumed"}""");

        _gateway.Daemon.Pause().ThrowsAsync(new DaemonActionRefusedException("cannot pause while draining"));
        await Expect("POST", "/api/daemon/pause", 409, """{"ok":false,"message":"cannot pause while draining"}""");
        _gateway.Daemon.Resume().ThrowsAsync(new DaemonActionRefusedException("cannot resume while updating"));
        await Expect("POST", "/api/daemon/resume", 409, """{"ok":false,"message":"cannot resume while updating"}""");
        _gateway.Daemon.Pause().ThrowsAsync(new TimeoutException());
        await Expect("POST", "/api/daemon/pause", 503, """{"ok":false,"message":"the daemon is too busy to answer; try again"}""");
        _gateway.Daemon.Pause().ThrowsAsync(new InvalidOperationException("secret"));
        await Expect("POST", "/api/daemon/pause", 500, """{"ok":false,"message":"internal error; the daemon's log says more"}""");
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("?sessions=keep", true)]
    [InlineData("?sessions=Keep", false)]
    [InlineData("?sessions=", false)]
    public async Task Stop_keeps_the_sessions_only_when_it_is_said_so_and_ignores_its_body(string query, bool keep)
    {
        _gateway.Daemon.Stop(default!).ReturnsForAnyArgs(new DaemonActionAnswer { Ok = true, Message = "stopping" });

        using var answer = await _gateway.Post("/api/daemon/stop" + query, "{nonsense");

        (await answer.Content.ReadAsStringAsync()).ShouldBe("""{"ok":true,"message":"stopping"}""" + "\n");
        await _gateway.Daemon.Received(1).Stop(new DaemonStopRequest { KeepSessions = keep });
    }

    [Theory]
    [InlineData("", null, null)]
    [InlineData(" ", null, null)]
    [InlineData("{}", null, null)]
    [InlineData("null", null, null)]
    [InlineData("""{"timeoutSeconds":45}""", 45, null)]
    [InlineData("""{"timeoutSeconds":0,"then":"stop"}""", 0, "stop")]
    [InlineData("""{"TIMEOUTSECONDS":1,"Then":"none"}""", 1, "none")]
    public async Task A_drain_is_asked_for_as_it_was_sent(string body, int? timeout, string? then)
    {
        _gateway.Daemon.Drain(default!).ReturnsForAnyArgs(new DaemonActionAnswer { Ok = true, Message = "drain initiated (timeout 45s)" });

        using var answer = await _gateway.Post("/api/daemon/drain", body);

        ((int)answer.StatusCode).ShouldBe(200);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("""{"ok":true,"message":"drain initiated (timeout 45s)"}""" + "\n");
        await _gateway.Daemon.Received(1).Drain(new DrainRequest { TimeoutSeconds = timeout, Then = then });
    }

    [Fact]
    public async Task A_drain_that_cannot_be_is_refused_in_its_shape()
    {
        _gateway.Daemon.Drain(default!).ThrowsAsyncForAnyArgs(new InvalidDaemonActionException("timeoutSeconds must be >= 0"));
        await Expect("POST", "/api/daemon/drain", 400, """{"ok":false,"message":"timeoutSeconds must be >= 0"}""");
        _gateway.Daemon.Drain(default!).ThrowsAsyncForAnyArgs(new DaemonActionRefusedException("cannot drain while stopping"));
        await Expect("POST", "/api/daemon/drain", 409, """{"ok":false,"message":"cannot drain while stopping"}""");
    }

    [Fact]
    public async Task Update_begins_or_is_refused_in_its_shape()
    {
        _gateway.Update.Begin().Returns(new DaemonActionAnswer { Ok = true, Message = "update initiated" });
        await Expect("POST", "/api/daemon/update", 200, """{"ok":true,"message":"update initiated"}""");
        _gateway.Update.Begin().ThrowsAsync(new DaemonActionRefusedException("update already in progress"));
        await Expect("POST", "/api/daemon/update", 409, """{"ok":false,"message":"update already in progress"}""");
        _gateway.Update.Begin().ThrowsAsync(new DaemonActionRefusedException("no configuration loaded"));
        await Expect("POST", "/api/daemon/update", 409, """{"ok":false,"message":"no configuration loaded"}""");
    }

    [Fact]
    public async Task Capacity_is_read_and_changed_and_every_refusal_has_its_shape()
    {
        _gateway.Daemon.Capacity().Returns(new CapacityReport
        {
            Capacity = new MachineCapacity { MaxConcurrentSessions = 3, MaxVCpuPerSession = 4 },
            PoolMaxDiskGb = 100,
            SettableKeys = ["capacity.maxConcurrentSessions", "capacity.poolMaxDiskGb"],
            Timestamp = Noon,
        });
        await Expect("GET", "/api/daemon/capacity", 200, """{"capacity":{"maxConcurrentSessions":3,"maxVCpuPerSession":4},"poolMaxDiskGb":100,"settableKeys":["capacity.maxConcurrentSessions","capacity.poolMaxDiskGb"],"timestamp":"2026-05-07T12:00:00Z"}""");

        var change = new CapacityChange { Key = "k", Value = "3" };
        _gateway.Daemon.SetCapacity(change).Returns(new CapacityChangeAnswer { Ok = true, Key = "k", Value = "3", Message = "applied" });
        await ExpectOfChange(200, """{"ok":true,"key":"k","value":"3","message":"applied"}""");
        _gateway.Daemon.SetCapacity(change).ThrowsAsync(new CapacityRefusedException(change, "unknown key"));
        await ExpectOfChange(400, """{"ok":false,"key":"k","value":"3","message":"unknown key"}""");
        _gateway.Daemon.SetCapacity(change).ThrowsAsync(new CapacityNotWrittenException(change, "daemon.yaml: read-only"));
        await ExpectOfChange(500, """{"ok":false,"key":"k","value":"3","message":"daemon.yaml: read-only"}""");
        _gateway.Daemon.SetCapacity(change).ThrowsAsync(new InvalidOperationException("secret"));
        await ExpectOfChange(500, """{"ok":false,"key":"","value":"","message":"internal error; the daemon's log says more"}""");

        async Task ExpectOfChange(int status, string body)
        {
            using var answer = await _gateway.Post("/api/daemon/capacity", """{"key":"k","value":"3"}""");
            ((int)answer.StatusCode).ShouldBe(status);
            answer.Content.Headers.ContentType!.ToString().ShouldBe("application/json");
            (await answer.Content.ReadAsStringAsync()).ShouldBe(body + "\n");
        }
    }

    [Fact]
    public async Task The_pool_is_told_of_and_emptied()
    {
        _gateway.Workareas.Stats().Returns(new PoolStats { Timestamp = Noon });
        await Expect("GET", "/api/daemon/pool/stats", 200, """{"members":[],"totalMembers":0,"readyMembers":0,"acquiredMembers":0,"warmingMembers":0,"invalidMembers":0,"totalDiskUsageMb":0,"timestamp":"2026-05-07T12:00:00Z"}""");
        _gateway.Workareas.Stats().Returns(new PoolStats { Timestamp = Noon, Error = "the disk is gone" });
        (await _gateway.Raw("GET", "/api/daemon/pool/stats")).Json.GetProperty("error").GetString().ShouldBe("the disk is gone");

        _gateway.Workareas.Evict(new PoolEviction { RepoUrl = "r", OlderThanSeconds = 5 })
            .Returns(new PoolEvictionAnswer { Evicted = 2, Message = "2 pool members scheduled for removal", CorrelationId = "c" });
        await ExpectOfEviction(200, """{"evicted":2,"message":"2 pool members scheduled for removal","correlationId":"c"}""");
        _gateway.Workareas.Evict(default!).ThrowsAsyncForAnyArgs(new InvalidPoolEvictionException("olderThanSeconds must be > 0"));
        await ExpectOfEviction(400, """{"error":"olderThanSeconds must be > 0"}""");
        _gateway.Workareas.Evict(default!).ThrowsAsyncForAnyArgs(new PoolEvictionFailedException("evict failed: read-only"));
        await ExpectOfEviction(500, """{"error":"evict failed: read-only"}""");

        async Task ExpectOfEviction(int status, string body)
        {
            using var answer = await _gateway.Post("/api/daemon/pool/evict", """{"repoUrl":"r","olderThanSeconds":5}""");
            ((int)answer.StatusCode).ShouldBe(status);
            (await answer.Content.ReadAsStringAsync()).ShouldBe(body + "\n");
        }
    }

    [Fact]
    public async Task Heartbeat_doctor_and_capabilities_are_what_the_grains_say()
    {
        _gateway.Heartbeat.Last().Returns(new Heartbeat { WorkerId = "w", Hostname = "h", Status = "idle", SentAt = "2026-05-07T12:00:00Z", MaxSessions = 6 });
        await Expect("GET", "/api/daemon/heartbeat", 200, """{"workerId":"w","hostname":"h","status":"idle","sentAt":"2026-05-07T12:00:00Z","activeSessions":0,"maxSessions":6}""");

        _gateway.Daemon.Doctor().Returns(new DoctorReport { State = "running", Checks = [new DoctorCheck { Name = "git", Detail = "no git" }], Timestamp = Noon });
        await Expect("GET", "/api/daemon/doctor", 200, """{"state":"running","version":"","configLoaded":false,"machineId":"","workerId":"","projectCount":0,"orchestratorUrl":"","heartbeat":false,"timestamp":"2026-05-07T12:00:00Z","engine":"","checks":[{"name":"git","ok":false,"detail":"no git"}],"hostChecks":[]}""");

        _gateway.Daemon.Capabilities().Returns(new CapabilityList { Provides = [new Capability { Kind = "native" }], Timestamp = Noon });
        await Expect("GET", "/api/daemon/capabilities", 200, """{"provides":[{"kind":"native"}],"timestamp":"2026-05-07T12:00:00Z"}""");
    }

    [Fact]
    public async Task The_link_to_the_platform_is_what_its_grains_say()
    {
        _gateway.Registration.Standing().Returns(new PlatformStanding { Mode = "real", State = "refused", Url = "https://p.example", LastError = "no" });
        _gateway.Heartbeat.Beats().Returns(new HeartbeatStanding { Running = true, IntervalMs = 30000 });
        _gateway.Polling.Standing().Returns(new PollStanding { Skipped = "no free slot" });
        _gateway.Outbox.List().Returns(new OutboxList());
        (await _gateway.Http.GetStringAsync("/api/daemon/platform")).ShouldStartWith(
            """{"registration":{"mode":"real","state":"refused","url":"https://p.example","lastError":"no"},"heartbeat":{"running":true,"intervalMs":30000,"missed":0,"unreachable":false},"poll":{"running":false,"intervalMs":0,"skipped":"no free slot","failures":0,"queueDepth":0,"accepted":0,"refused":0,"repeated":0},"timestamp":""");

        _gateway.Registration.Register().Returns(new PlatformStanding { Mode = "real", State = "registered", WorkerId = "wkr_1" });
        await Expect("POST", "/api/daemon/platform/register", 200, """{"mode":"real","state":"registered","url":"","workerId":"wkr_1"}""");
        _gateway.Registration.Forget().Returns(true);
        await Expect("POST", "/api/daemon/platform/forget", 200, """{"forgotten":true}""");
    }

    [Theory]
    [InlineData("", null, false)]
    [InlineData("?family=", null, false)]
    [InlineData("?family=vcs", "vcs", false)]
    [InlineData("?family=nonsense&refresh=true", "nonsense", true)]
    [InlineData("?refresh=true", null, true)]
    [InlineData("?refresh=1", null, false)]
    public async Task Providers_are_asked_for_with_what_is_wanted(string query, string? family, bool refresh)
    {
        _gateway.Providers.List(family, refresh).Returns(new ProviderList { PartialCoverage = true, CoveredFamilies = ["agent-runtime"] });

        await Expect("GET", "/api/daemon/providers" + query, 200, """{"providers":[],"partialCoverage":true,"coveredFamilies":["agent-runtime"]}""");
    }

    [Fact]
    public async Task One_provider_is_in_an_envelope_and_an_unknown_one_is_404()
    {
        _gateway.Providers.Show("git").Returns(new Provider { Id = "git", Name = "git", Family = "vcs", Status = "ready", ManifestOk = true });
        await Expect("GET", "/api/daemon/providers/git", 200, """{"provider":{"id":"git","name":"git","version":"","family":"vcs","scope":"global","status":"ready","source":"bundled","trust":"unsigned","manifestOk":true,"capabilities":{}}}""");
        _gateway.Providers.Probe("git").Returns(new Provider { Id = "git", Name = "git", Family = "vcs", Status = "unhealthy", ManifestOk = true, Location = "/usr/bin/git" });
        await Expect("GET", "/api/daemon/providers/git?refresh=true", 200, """{"provider":{"id":"git","name":"git","version":"","family":"vcs","scope":"global","status":"unhealthy","source":"bundled","trust":"unsigned","manifestOk":true,"capabilities":{},"location":"/usr/bin/git"}}""");
        await Expect("GET", "/api/daemon/providers/gone", 404, """{"error":"provider not found","providerId":"gone"}""");
    }

    [Fact]
    public async Task Refusals_before_the_route_are_the_same_for_routes_of_every_shape()
    {
        foreach (var path in (string[])["/api/daemon/pause", "/api/daemon/capacity", "/api/daemon/pool/evict"])
        {
            await Expect("DELETE", path, 405, """{"error":"method not allowed"}""");
            (await _gateway.Raw("POST", path, "Origin: http://evil.example\r\n")).Body.ShouldBe("{\"error\":\"forbidden origin\"}\n");
            (await _gateway.Raw("POST", path, "Content-Length: 1048577\r\n")).Body.ShouldBe("{\"error\":\"request body too large\"}\n");
        }
    }

    private async Task Expect(string method, string path, int status, string body)
    {
        var answer = await _gateway.Raw(method, path);

        answer.Status.ShouldBe(status);
        answer.Header("Content-Type").ShouldBe("application/json");
        answer.Body.ShouldBe(body + "\n");
    }
}
