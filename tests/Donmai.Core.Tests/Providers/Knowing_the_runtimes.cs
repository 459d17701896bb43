using Donmai.Core.Daemon;
using Donmai.Core.Providers;
using Donmai.Core.Sessions;
using Microsoft.Extensions.Logging.Abstractions;

namespace Donmai.Core.Tests.Providers;

public sealed class Knowing_the_runtimes
{
    private readonly FakeRuntime _claude = new("claude");
    private readonly FakeRuntime _stub = new("stub") { IsOnlyOnRequest = true };

    [Fact]
    public void A_runtime_that_is_nowhere_is_unavailable_and_says_why()
    {
        _claude.Place = new ProviderPlace("", "the program 'claude' is not on PATH");

        Candidate("claude").Unavailable.ShouldBe("the program 'claude' is not on PATH");
    }

    [Fact]
    public async Task Routing_does_not_wait_for_a_probe_and_learns_from_it()
    {
        var answer = new TaskCompletionSource<ProviderFinding>();
        _claude.Answer = _ => answer.Task;
        var probes = Probes();
        var catalog = Catalog(probes);

        catalog.Runtimes(null).Single(static runtime => runtime.Id == "claude").Unavailable.ShouldBeNull(); // it is there, and nobody knows better yet
        answer.SetResult(new ProviderFinding(ProviderHealth.Unhealthy, Detail: "it fails"));
        await probes.Look(_claude, refresh: false);

        catalog.Runtimes(null).Single(static runtime => runtime.Id == "claude").Unavailable.ShouldBe("it fails");
        _claude.Probes.ShouldBe(1);
    }

    [Fact]
    public async Task A_runtime_of_which_little_is_known_is_still_used()
    {
        _claude.Answer = static _ => Task.FromResult(new ProviderFinding(ProviderHealth.Degraded, Detail: "it does not answer"));
        var probes = Probes();
        await probes.Look(_claude, refresh: false);

        Catalog(probes).Runtimes(null).Single(static runtime => runtime.Id == "claude").Unavailable.ShouldBeNull();
    }

    [Theory]
    [InlineData(false, null, false)]
    [InlineData(false, "stub", true)]
    [InlineData(true, null, true)]
    public void The_stub_needs_permission_or_to_be_named(bool allowed, string? pinned, bool permitted) =>
        (Candidate("stub", Configuration() with { AllowStub = allowed }, pinned).Forbidden is null).ShouldBe(permitted);

    [Theory, Trait("spec", "WK-66")]
    [InlineData(null, false)]
    [InlineData("ollama", true)]
    public void A_runtime_that_only_writes_text_needs_to_be_named(string? pinned, bool permitted)
    {
        var writer = new FakeRuntime("ollama") { Capabilities = new() { SupportsMessageInjection = true } };
        var catalog = new ProviderCatalog(new ConfigurationInForce(Configuration()), new WorkerCommand(["/bin/true"], true), new FixedRuntimes(_claude, writer), Probes());

        (catalog.Runtimes(pinned).Single(static runtime => runtime.Id == "ollama").Forbidden is null).ShouldBe(permitted);
    }

    [Fact]
    public void A_runtime_nobody_knows_is_a_candidate_that_is_unfit() =>
        Candidate("codecks", pinned: "codecks").Unfit!.ShouldContain("claude, stub");

    [Fact]
    public void What_a_runtime_can_do_is_declared_to_routing_filters()
    {
        var capabilities = Candidate("claude").Capabilities;

        capabilities["supportsSessionResume"].ShouldBe("true");
        capabilities.ContainsKey("supportsMessageInjection").ShouldBeFalse();
    }

    [Theory, Trait("spec", "RT-17")]
    [InlineData(null, "stub")]
    [InlineData("codex", "codex")]
    public void A_foreign_worker_brings_its_own_runtime(string? pinned, string runtime) =>
        Catalog(Probes(), ownWorker: false).Runtimes(pinned).ShouldHaveSingleItem().Id.ShouldBe(runtime);

    private Core.Routing.RoutingCandidate Candidate(string id, DaemonConfiguration? configuration = null, string? pinned = null) =>
        Catalog(Probes(), configuration).Runtimes(pinned).Single(runtime => runtime.Id == id);

    private ProviderCatalog Catalog(ProviderProbes probes, DaemonConfiguration? configuration = null, bool ownWorker = true) => new(
        new ConfigurationInForce(configuration ?? Configuration()),
        new WorkerCommand(["/bin/true"], ownWorker),
        new FixedRuntimes(_claude, _stub),
        probes);

    private static ProviderProbes Probes() => new(
        new ConfigurationInForce(Configuration()),
        new HostEnvironment(new Dictionary<string, string>()),
        TimeProvider.System,
        NullLogger<ProviderProbes>.Instance);

    private static DaemonConfiguration Configuration() => new() { MachineId = "m", ArchiveRoot = "/a" };
}
