using Donmai.Engine.Tests.Cluster;

namespace Donmai.Engine.Tests.Timers;

/// <summary>The engine's time is the host's TimeProvider, so that tests need not wait.</summary>
public sealed class ClockTests : IAsyncLifetime
{
    private readonly ManualClock _clock = new();
    private EngineCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await EngineCluster.StartAt(_clock);

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Grain_timers_follow_the_clock_of_the_host()
    {
        await _cluster.Grain<ITimerGrain>("clock").Start(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5));
        (await _cluster.Witness.Next("clock")).ShouldBe("armed");
        _clock.Advance(TimeSpan.FromMinutes(4));
        _cluster.Witness.HasNothing("clock").ShouldBeTrue();
        _clock.Advance(TimeSpan.FromMinutes(1));
        (await _cluster.Witness.Next("clock")).ShouldBe("tick 1");
    }
}
