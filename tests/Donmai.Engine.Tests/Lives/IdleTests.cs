using Donmai.Engine.Tests.Cluster;
using Orleans.Configuration;

namespace Donmai.Engine.Tests.Lives;

/// <summary>Idle collection by the clock of the system, which is what both engines can be told to hurry by.</summary>
public sealed class IdleTests : IAsyncLifetime
{
    private EngineCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await EngineCluster.Start(silo => silo.Configure<GrainCollectionOptions>(options =>
    {
        options.CollectionQuantum = TimeSpan.FromMilliseconds(500);
        options.CollectionAge = TimeSpan.FromSeconds(2);
    }));

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Idle_grains_end_unless_they_ask_to_be_kept_or_have_a_timer_that_keeps_them()
    {
        var often = TimeSpan.FromMilliseconds(200);
        await _cluster.Grain<ILifeGrain>("kept").KeepFor(TimeSpan.FromHours(1));
        await _cluster.Grain<ILifeGrain>("kept for a while").KeepFor(TimeSpan.FromSeconds(3));
        await _cluster.Grain<Timers.ITimerGrain>("ticking").Start(often, often, keepAlive: true);
        await _cluster.Grain<Timers.ITimerGrain>("passive").Start(often, often);
        await _cluster.Grain<ILifeGrain>("idle").Id();
        await Until("idle", "deactivated ActivationIdle");
        await Until("passive", "deactivated");
        await Until("kept for a while", "deactivated ActivationIdle");
        (await _cluster.Witness.Next("kept")).ShouldBe("activated");
        _cluster.Witness.HasNothing("kept").ShouldBeTrue();
        await _cluster.Grain<Timers.ITimerGrain>("ticking").Stop();
        while (!_cluster.Witness.HasNothing("ticking"))
        {
            (await _cluster.Witness.Next("ticking")).ShouldNotBe("deactivated");
        }
    }

    private async Task Until(string key, string report)
    {
        while (await _cluster.Witness.Next(key) != report)
        {
            // Others come before it.
        }
    }
}
