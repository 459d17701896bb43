using System.Reflection;
using Donmai.Client;
using Donmai.Daemon;
using Donmai.Platform;
using Donmai.Providers;
using Donmai.Workareas;
using NSubstitute;
using NSubstitute.ExceptionExtensions;

namespace Donmai.Silo.Tests.Gateway;

/// <summary>The client of programs against the gateway itself: every call arrives as it is meant, every refusal as its type.</summary>
public sealed class The_client_and_the_gateway : IAsyncLifetime
{
    private GatewayUnderTest _gateway = null!;

    private DonmaiClient Client => new(_gateway.Http.BaseAddress!.ToString());

    public async Task InitializeAsync() => _gateway = await GatewayUnderTest.Start();

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task Reading_calls_bring_what_the_grains_say()
    {
        using var client = Client;
        _gateway.Daemon.Stats(new StatsRequest { Pool = true, ByMachine = true }).Returns(new DaemonStats { ActiveSessions = 3 });
        _gateway.Daemon.Stats(new StatsRequest()).Returns(new DaemonStats { ActiveSessions = 1 });
        _gateway.Daemon.Capacity().Returns(new CapacityReport { PoolMaxDiskGb = 9 });
        _gateway.Daemon.Doctor().Returns(new DoctorReport { State = "running" });
        _gateway.Daemon.Capabilities().Returns(new CapabilityList { Provides = [new Capability { Kind = "native" }] });
        _gateway.Heartbeat.Last().Returns(new Heartbeat { Hostname = "h" });
        _gateway.Heartbeat.Beats().Returns(new HeartbeatStanding());
        _gateway.Registration.Standing().Returns(new PlatformStanding());
        _gateway.Polling.Standing().Returns(new PollStanding { Accepted = 5 });
        _gateway.Outbox.List().Returns(new OutboxList());
        _gateway.Workareas.Stats().Returns(new PoolStats { TotalMembers = 4 });
        _gateway.Providers.List("vcs", true).Returns(new ProviderList { Providers = [new Provider { Id = "git" }] });
        _gateway.Providers.List(null, false).Returns(new ProviderList { Providers = [new Provider { Id = "claude" }] });
        _gateway.Providers.Show("a b").Returns(new Provider { Id = "a b" });

        (await client.Status()).Status.ShouldBe("ready");
        (await client.IsHealthy()).ShouldBeTrue();
        (await client.Stats(pool: true, byMachine: true)).ActiveSessions.ShouldBe(3);
        (await client.Stats()).ActiveSessions.ShouldBe(1);
        (await client.Capacity()).PoolMaxDiskGb.ShouldBe(9);
        (await client.Doctor()).State.ShouldBe("running");
        (await client.Capabilities()).Provides.ShouldHaveSingleItem().Kind.ShouldBe("native");
        (await client.Heartbeat()).Hostname.ShouldBe("h");
        (await client.Platform()).Poll.Accepted.ShouldBe(5);
        (await client.PoolStats()).TotalMembers.ShouldBe(4);
        (await client.Providers("vcs", refresh: true)).Providers.ShouldHaveSingleItem().Id.ShouldBe("git");
        (await client.Providers()).Providers.ShouldHaveSingleItem().Id.ShouldBe("claude");
        (await client.Provider("a b")).Id.ShouldBe("a b");
        (await client.Sessions()).ShouldBeEmpty();
        (await client.Workareas()).Active.ShouldBeEmpty();
    }

    [Fact]
    public async Task Telling_calls_arrive_as_they_are_meant()
    {
        using var client = Client;
        _gateway.AnswerEverything();
        _gateway.Daemon.Pause().Returns(new DaemonActionAnswer { Ok = true, Message = "paused" });
        var eviction = new PoolEviction { RepoUrl = "r", OlderThanSeconds = 5 };
        _gateway.Workareas.Evict(eviction).Returns(new PoolEvictionAnswer { Evicted = 2 });
        _gateway.Daemon.SetCapacity(new CapacityChange { Key = "k", Value = "3" }).Returns(new CapacityChangeAnswer { Ok = true, Message = "applied" });

        _gateway.Outbox.Discard("s-1").Returns(new OutboxDiscard { Discarded = 2 });
        _gateway.Outbox.Discard("nobody's").Returns(Task.FromException<OutboxDiscard>(new OutboxItemNotFoundException("nobody's")));

        (await client.DiscardOutbox("s-1")).Discarded.ShouldBe(2);
        (await Should.ThrowAsync<NotFoundException>(client.DiscardOutbox("nobody's"))).Message.ShouldContain("'nobody's'");
        (await client.Pause()).Message.ShouldBe("paused");
        await client.Resume();
        await client.Drain();
        await client.Drain(new DrainRequest { TimeoutSeconds = 45, Then = "stop" });
        await client.StopDaemon();
        await client.StopDaemon(keepSessions: true);
        await client.Update();
        (await client.SetCapacity("k", "3")).Message.ShouldBe("applied");
        (await client.Evict(eviction)).Evicted.ShouldBe(2);

        await _gateway.Daemon.Received(1).Resume();
        await _gateway.Daemon.Received(1).Drain(new DrainRequest());
        await _gateway.Daemon.Received(1).Drain(new DrainRequest { TimeoutSeconds = 45, Then = "stop" });
        await _gateway.Daemon.Received(1).Stop(new DaemonStopRequest());
        await _gateway.Daemon.Received(1).Stop(new DaemonStopRequest { KeepSessions = true });
        await _gateway.Update.Received(1).Begin();
    }

    [Fact]
    public async Task A_refusal_is_thrown_as_its_type_with_the_words_of_the_daemon()
    {
        using var client = Client;
        var change = new CapacityChange { Key = "k", Value = "x" };
        _gateway.Daemon.Pause().ThrowsAsync(new DaemonActionRefusedException("cannot pause while draining"));
        _gateway.Daemon.Drain(default!).ThrowsAsyncForAnyArgs(new InvalidDaemonActionException("timeoutSeconds must be >= 0"));
        _gateway.Update.Begin().ThrowsAsync(new DaemonActionRefusedException("update already in progress"));
        _gateway.Workareas.Evict(default!).ThrowsAsyncForAnyArgs(new InvalidPoolEvictionException("repoUrl is required"));
        _gateway.Daemon.SetCapacity(default!).ThrowsAsyncForAnyArgs(new CapacityRefusedException(change, "unknown key"));
        _gateway.Daemon.Resume().ThrowsAsync(new TimeoutException());

        (await Should.ThrowAsync<ConflictException>(() => client.Pause())).Message.ShouldBe("cannot pause while draining");
        (await Should.ThrowAsync<BadRequestException>(() => client.Drain(new DrainRequest { TimeoutSeconds = -1 }))).Message.ShouldBe("timeoutSeconds must be >= 0");
        (await Should.ThrowAsync<ConflictException>(() => client.Update())).Message.ShouldBe("update already in progress");
        (await Should.ThrowAsync<BadRequestException>(() => client.Evict(new PoolEviction()))).Message.ShouldBe("repoUrl is required");
        (await Should.ThrowAsync<BadRequestException>(() => client.SetCapacity("k", "x"))).Message.ShouldBe("unknown key");
        (await Should.ThrowAsync<UnavailableException>(() => client.Resume())).Message.ShouldBe("the daemon is too busy to answer; try again");
        (await Should.ThrowAsync<NotFoundException>(() => client.Provider("gone"))).Message.ShouldBe("provider not found: gone");
        (await Should.ThrowAsync<NotFoundException>(() => client.Provider("claude/extra"))).Message.ShouldBe("provider not found: claude/extra");
        (await Should.ThrowAsync<NotFoundException>(() => client.Provider(""))).Message.ShouldBe("provider not found");
        (await Should.ThrowAsync<NotFoundException>(() => client.Explain("gone"))).Message.ShouldBe("routing decision not found: gone");
        _gateway.Daemon.SetCapacity(default!).ThrowsAsyncForAnyArgs(new CapacityNotWrittenException(change, "read-only"));
        (await Should.ThrowAsync<ServerErrorException>(() => client.SetCapacity("k", "3"))).Message.ShouldBe("read-only");
    }

    [Fact]
    public void Every_route_has_its_call()
    {
        var calls = typeof(IControlApi).GetMethods().Select(static method => method.GetCustomAttributes().OfType<Refit.HttpMethodAttribute>().Single())
            .Select(static route => $"{route.Method} {route.Path}");
        var routed = _gateway.Server.Paths.SelectMany(static path => path.Methods.Select(method => $"{method} {path.Text.Replace("{**", "{", StringComparison.Ordinal)}"));

        calls.Order().ShouldBe(routed.Where(static route => !route.EndsWith("/openapi/v1.json", StringComparison.Ordinal)).Order());
    }
}
