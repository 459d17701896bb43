using Donmai.Core.Providers;
using Donmai.Grains.Tests.Machines;
using Donmai.Providers;

namespace Donmai.Grains.Tests.Providers;

public sealed class Listing_providers
{
    [Fact]
    public async Task What_was_found_is_answered_until_it_is_refreshed()
    {
        await using var machine = await TestMachine.Booted();
        var claude = new FakeRuntime("claude", static () => Task.FromResult(new ProviderFinding(ProviderHealth.Ready, "2.1.0")));
        machine.Runtimes.All = [claude];
        var catalog = machine.Grains.GetGrain<IProviderCatalogGrain>(TestMachine.Name);

        (await catalog.List("agent-runtime", refresh: false)).Providers.ShouldHaveSingleItem().Version.ShouldBe("2.1.0");
        await catalog.List("agent-runtime", refresh: false);
        claude.Probes.ShouldBe(1);
        await catalog.List("agent-runtime", refresh: true);
        claude.Probes.ShouldBe(2);
    }

    [Fact]
    public async Task A_runtime_that_does_not_answer_keeps_nobody_else_waiting()
    {
        await using var machine = await TestMachine.Booted();
        var silent = new TaskCompletionSource<ProviderFinding>(TaskCreationOptions.RunContinuationsAsynchronously);
        machine.Runtimes.All = [new FakeRuntime("claude", () => silent.Task)];
        var catalog = machine.Grains.GetGrain<IProviderCatalogGrain>(TestMachine.Name);

        var waiting = catalog.List(family: null, refresh: false);
        (await catalog.List("sandbox", refresh: false).InTime()).Providers.ShouldHaveSingleItem().Id.ShouldBe("local");

        waiting.IsCompleted.ShouldBeFalse();
        silent.SetResult(new ProviderFinding(ProviderHealth.Degraded, Detail: "it did not answer"));
        (await waiting.InTime()).Providers.ShouldContain(static provider => provider.Id == "claude" && provider.Status == "degraded");
    }

    [Fact]
    public async Task An_id_that_nobody_has_is_refused_with_the_id()
    {
        await using var machine = await TestMachine.Booted();

        var refusal = await Should.ThrowAsync<ProviderNotFoundException>(machine.Grains.GetGrain<IProviderCatalogGrain>(TestMachine.Name).Show("nobody"));

        refusal.ProviderId.ShouldBe("nobody");
    }
}
