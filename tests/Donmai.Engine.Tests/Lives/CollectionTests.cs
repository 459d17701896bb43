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

    [StandInFact(Reason)]
    public async Task A_grain_can_ask_to_be_kept()
    {
        var grain = _cluster.Grain<ILifeGrain>("kept");
        await grain.KeepFor(TimeSpan.FromHours(1));
        (await _cluster.Witness.Next("kept")).ShouldBe("activated");
        _clock.Advance(TimeSpan.FromMinutes(58));
        _cluster.Witness.HasNothing("kept").ShouldBeTrue();
        _clock.Advance(TimeSpan.FromMinutes(4));
        (await _cluster.Witness.Next("kept")).ShouldBe("deactivated ActivationIdle");
    }

    [StandInFact(Reason)]
    public async Task A_timer_keeps_its_grain_only_if_it_is_meant_to()
    {
        await _cluster.Grain<Timers.ITimerGrain>("ticking").Start(TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(4), keepAlive: true);
        await _cluster.Grain<Timers.ITimerGrain>("passive").Start(TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(4));
        for (var i = 1; i <= 5; i++)
        {
            _clock.Advance(TimeSpan.FromMinutes(4));
            await Until("ticking", "tock");
        }

        await Until("passive", "deactivated");
        await _cluster.Grain<Timers.ITimerGrain>("ticking").Stop();
        _cluster.Witness.HasNothing("ticking").ShouldBeTrue();
    }

    private async Task Until(string key, string report)
    {
        while (await _cluster.Witness.Next(key) != report)
        {
            // Others come before it.
        }
    }

    private Task<int> Total() => _cluster.Client.GetGrain<IManagementGrain>(0).GetTotalActivationCount();
}
