using Donmai.Core.Daemon;
using Donmai.Core.Providers;
using Donmai.Providers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Donmai.Core.Tests.Providers;

public sealed class Listing_families
{
    [Fact, Trait("spec", "CA-18")]
    public async Task Without_a_runtime_the_family_is_covered_and_empty()
    {
        var list = await new ProviderRegistry([Runtimes()]).List(family: null, refresh: false, CancellationToken.None);

        list.Providers.ShouldBeEmpty();
        list.PartialCoverage.ShouldBeTrue();
        list.CoveredFamilies.ShouldBe(["agent-runtime"]);
    }

    [Fact]
    public async Task Families_come_in_display_order_and_providers_by_the_bytes_of_their_ids()
    {
        var registry = new ProviderRegistry([Family("vcs", "git"), Family("sandbox", "\U00010000"), Family("workarea", "\uFFFD"), Family("kit", "Zed")]);

        var list = await registry.List(family: null, refresh: false, CancellationToken.None);

        list.CoveredFamilies.ShouldBe(["sandbox", "workarea", "vcs", "kit"]);
        list.Providers.ConvertAll(static provider => provider.Id).ShouldBe(["Zed", "git", "\uFFFD", "\U00010000"]);
    }

    [Fact]
    public async Task Coverage_is_whole_when_every_family_has_a_registry()
    {
        var registry = new ProviderRegistry(ProviderFamilies.InDisplayOrder.Select(static family => Family(family, family)));

        (await registry.List(family: null, refresh: false, CancellationToken.None)).PartialCoverage.ShouldBeFalse();
    }

    [Theory]
    [InlineData("vcs", 1)]
    [InlineData("nonsense", 0)]
    [InlineData("VCS", 0)]
    public async Task One_family_can_be_asked_for(string family, int count)
    {
        var registry = new ProviderRegistry([Family("vcs", "git"), Family("sandbox", "local")]);

        var list = await registry.List(family, refresh: false, CancellationToken.None);

        list.Providers.Count.ShouldBe(count);
        list.CoveredFamilies.ShouldBe(["sandbox", "vcs"]);
    }

    [Fact]
    public async Task An_id_of_several_families_means_the_agent_runtime_then_the_display_order()
    {
        var registry = new ProviderRegistry([Family("vcs", "twin"), Family("sandbox", "twin"), Family("agent-runtime", "claude"), Family("sandbox", "claude")]);

        (await registry.Show("claude", CancellationToken.None)).Family.ShouldBe("agent-runtime");
        (await registry.Show("twin", CancellationToken.None)).Family.ShouldBe("sandbox");
        (await Should.ThrowAsync<ProviderNotFoundException>(registry.Show("nobody", CancellationToken.None))).ProviderId.ShouldBe("nobody");
    }

    [Fact]
    public async Task A_runtime_that_cannot_be_used_is_listed_with_the_reason()
    {
        var claude = new FakeRuntime("claude") { Place = new ProviderPlace("", "install it") };
        var stub = new FakeRuntime("stub") { IsOnlyOnRequest = true };

        var list = await new ProviderRegistry([Runtimes(claude, stub)]).List(family: null, refresh: false, CancellationToken.None);

        list.Providers.ConvertAll(static provider => (provider.Id, provider.Status)).ShouldBe([("claude", "inactive"), ("stub", "inactive")]);
        list.Providers.ShouldAllBe(static provider => !string.IsNullOrEmpty(provider.Detail));
        stub.Probes.ShouldBe(0);
    }

    [Fact]
    public async Task A_probe_of_one_looks_at_it_anew_and_says_where_it_is()
    {
        var claude = new FakeRuntime("claude") { Place = new ProviderPlace("1") { Where = "/opt/claude" } };
        var registry = new ProviderRegistry([Runtimes(claude), Family("vcs", "git")]);
        (await registry.Show("claude", CancellationToken.None)).Location.ShouldBe("/opt/claude");
        claude.Answer = static _ => Task.FromResult(new ProviderFinding(ProviderHealth.Unhealthy, Detail: "it fails"));

        var probed = await registry.Probe("claude", CancellationToken.None);

        (probed.Status, probed.Detail, probed.Location).ShouldBe(("unhealthy", "it fails", "/opt/claude"));
        claude.Probes.ShouldBe(2);
        await Should.ThrowAsync<ProviderNotFoundException>(registry.Probe("nobody", CancellationToken.None));
    }

    private static SingleProviderFamily Family(string family, string id) =>
        new(family, id, "1.2.3", static _ => Task.FromResult(new ProviderFinding(ProviderHealth.Ready, Version: null)));

    private static AgentRuntimeFamily Runtimes(params IAgentRuntime[] runtimes)
    {
        var configuration = new ConfigurationInForce(new DaemonConfiguration { MachineId = "m", ArchiveRoot = "/a" });
        return new AgentRuntimeFamily(
            new FixedRuntimes(runtimes),
            new ProviderProbes(configuration, new HostEnvironment(new Dictionary<string, string>()), TimeProvider.System, NullLogger<ProviderProbes>.Instance),
            configuration,
            new ProgramIdentity("1.2.3", "test engine"));
    }
}
