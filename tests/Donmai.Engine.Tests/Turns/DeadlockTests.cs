using Donmai.Engine.Tests.Cluster;

namespace Donmai.Engine.Tests.Turns;

public sealed class DeadlockTests
{
    [Fact]
    public async Task A_call_cycle_times_out_and_the_grains_go_on()
    {
        await using var cluster = await EngineCluster.StartWithTimeout(TimeSpan.FromSeconds(2));
        var origin = cluster.Grain<ITurnGrain>("cycle-a");
        await Should.ThrowAsync<TimeoutException>(() => origin.CallThrough(cluster.Grain<ITurnGrain>("cycle-b"), allowReentrancy: false));
        (await origin.Answer()).ShouldBe("answer of cycle-a");
    }
}
