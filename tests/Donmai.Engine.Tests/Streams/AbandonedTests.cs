using Donmai.Engine.Tests.Cluster;

namespace Donmai.Engine.Tests.Streams;

public sealed class AbandonedTests
{
    [Fact]
    public async Task A_sequence_that_nobody_asks_for_any_more_is_ended_by_the_engine()
    {
        await using var cluster = await EngineCluster.StartWithTimeout(TimeSpan.FromSeconds(2));
        var items = cluster.Grain<ISourceGrain>("abandoned").Count(100_000).GetAsyncEnumerator();
        (await items.MoveNextAsync()).ShouldBeTrue();
        (await cluster.Witness.Next("abandoned")).ShouldBe("count ended");
        await Should.ThrowAsync<EnumerationAbortedException>(async () =>
        {
            while (await items.MoveNextAsync())
            {
                // What has arrived before is still there.
            }
        });
    }

    [StandInFact("Microsoft Orleans lets the reader wait for its next heartbeat.")]
    public async Task A_silo_that_stops_does_not_wait_for_the_readers_of_sequences()
    {
        await using var cluster = await EngineCluster.Start();
        var witness = cluster.Witness;
        await using var items = cluster.Grain<ISourceGrain>("followed").Gated(["first", "never opened"]).GetAsyncEnumerator();
        witness.Open("first");
        (await items.MoveNextAsync()).ShouldBeTrue();
        var waiting = items.MoveNextAsync().AsTask();
        await cluster.Inner.StopAllSilosAsync().WaitAsync(TimeSpan.FromSeconds(10));
        await Should.ThrowAsync<Exception>(() => waiting);
        (await witness.Next("followed")).ShouldBe("gated cancelled");
    }
}
