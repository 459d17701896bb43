using Donmai.Engine.Tests.Cluster;
using Orleans.Configuration;

namespace Donmai.Engine.Tests.Lives;

public sealed class CollectionTests : IAsyncLifetime
{
    private const string Reason = "Only the stand-in collects by the host's clock; Microsoft Orleans does by the clock of the system.";

    private readonly ManualClock _clock = new();
    private EngineCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await EngineCluster.StartAt(
        StandInFactAttribute.IsStandIn ? _clock : TimeProvider.System,
        silo => silo.Configure<GrainCollectionOptions>(options =>
        {
            options.CollectionQuantum = TimeSpan.FromMinutes(1);
            options.CollectionAge = TimeSpan.FromMinutes(10);
        }));

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [StandInFact(Reason)]
    public async Task An_idle_grain_is_collected_after_its_age_and_not_before()
    {
        await _cluster.Grain<ILifeGrain>("idle").Id();
        (await _cluster.Witness.Next("idle")).ShouldBe("activated");
        _clock.Advance(TimeSpan.FromMinutes(9));
        await _cluster.Grain<ILifeGrain>("idle").Id();
        _clock.Advance(TimeSpan.FromMinutes(9));
        (await Total()).ShouldBeGreaterThan(0);
        _cluster.Witness.HasNothing("idle").ShouldBeTrue();
        _clock.Advance(TimeSpan.FromMinutes(2));
        (await _cluster.Witness.Next("idle")).ShouldBe("deactivated ActivationIdle");
    }

    [StandInFact(Reason)]
    public async Task A_class_may_have_a_shorter_age_or_none()
    {
        await _cluster.Grain<IShortLivedGrain>("short").Hello();
        await _cluster.Grain<IStubbornGrain>("stubborn").Hello();
        _clock.Advance(TimeSpan.FromMinutes(4));
        (await _cluster.Witness.Next("short")).ShouldBe("deactivated ActivationIdle");
        _clock.Advance(TimeSpan.FromDays(1));
        (await _cluster.Grain<IStubbornGrain>("stubborn").Hello()).ShouldBe("hello");
        _cluster.Witness.HasNothing("stubborn").ShouldBeTrue();
    }

    private Task<int> Total() => _cluster.Client.GetGrain<IManagementGrain>(0).GetTotalActivationCount();
}
