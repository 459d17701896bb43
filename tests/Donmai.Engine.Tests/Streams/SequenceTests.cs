using Donmai.Engine.Tests.Cluster;

namespace Donmai.Engine.Tests.Streams;

public sealed class SequenceTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    private readonly EngineCluster _cluster = engine.Cluster;

    [Fact]
    public async Task All_items_arrive_in_order()
    {
        var items = new List<int>();
        await foreach (var item in _cluster.Grain<ISourceGrain>("all").Count(1000))
        {
            items.Add(item);
        }

        items.ShouldBe(Enumerable.Range(1, 1000));
        (await _cluster.Witness.Next("all")).ShouldBe("count ended");
    }

    [Fact]
    public async Task An_empty_sequence_ends_at_once()
    {
        await foreach (var _ in _cluster.Grain<ISourceGrain>("none").Count(0))
        {
            Assert.Fail("There is nothing.");
        }
    }

    [Fact]
    public async Task Items_arrive_as_they_come_and_the_grain_answers_meanwhile()
    {
        var grain = _cluster.Grain<ISourceGrain>("live");
        await using var items = grain.Gated(["l1", "l2"]).GetAsyncEnumerator();
        var first = items.MoveNextAsync();
        await grain.Note("answers");
        (await _cluster.Witness.Next("live")).ShouldBe("answers");
        _cluster.Witness.Open("l1");
        (await first).ShouldBeTrue();
        items.Current.ShouldBe("l1");
        var second = items.MoveNextAsync();
        _cluster.Witness.Open("l2");
        (await second).ShouldBeTrue();
        (await items.MoveNextAsync()).ShouldBeFalse();
        (await _cluster.Witness.Next("live")).ShouldBe("gated ended");
    }

    [Fact]
    public async Task Leaving_early_ends_the_grains_side()
    {
        await foreach (var item in _cluster.Grain<ISourceGrain>("leave").Count(100_000))
        {
            if (item == 3)
            {
                break;
            }
        }

        (await _cluster.Witness.Next("leave")).ShouldBe("count ended");
    }

    [Fact]
    public async Task Cancelling_ends_the_wait_and_the_grains_side()
    {
        using var cancellation = new CancellationTokenSource();
        var reading = Task.Run(async () =>
        {
            await foreach (var _ in _cluster.Grain<ISourceGrain>("cancel").Gated(["open", "never opened"], cancellation.Token))
            {
                _cluster.Witness.Report("cancel", "item");
            }
        });
        _cluster.Witness.Open("open");
        (await _cluster.Witness.Next("cancel")).ShouldBe("item");
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => reading);
        (await _cluster.Witness.Next("cancel")).ShouldBe("gated cancelled");
    }

    [Fact]
    public async Task A_failure_arrives_after_the_items_before_it()
    {
        var items = new List<int>();
        var failure = await Should.ThrowAsync<Values.RefusalException>(async () =>
        {
            await foreach (var item in _cluster.Grain<ISourceGrain>("fails").FailsAfter(3))
            {
                items.Add(item);
            }
        });
        failure.Status.ShouldBe(410);
        items.ShouldBe([0, 1, 2]);
    }

    [Fact]
    public async Task A_sequence_can_be_read_twice_and_in_small_batches()
    {
        var sequence = _cluster.Grain<ISourceGrain>("twice").Count(25).WithBatchSize(4);
        for (var round = 0; round < 2; round++)
        {
            var count = 0;
            await foreach (var _ in sequence)
            {
                count++;
            }

            count.ShouldBe(25);
        }
    }

    [Fact]
    public async Task A_cancelled_call_ends_at_once_and_its_grain_sees_the_token()
    {
        using var cancellation = new CancellationTokenSource();
        var waiting = _cluster.Grain<ISourceGrain>("token").WaitForToken(cancellation.Token);
        (await _cluster.Witness.Next("token")).ShouldBe("waiting");
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        (await _cluster.Witness.Next("token")).ShouldBe("token cancelled");
        await Should.ThrowAsync<OperationCanceledException>(() => _cluster.Grain<ISourceGrain>("token").WaitForToken(cancellation.Token));
    }

    [Fact]
    public async Task What_a_grain_registers_with_a_token_runs_in_a_turn_and_harms_nobody_when_it_fails()
    {
        using var cancellation = new CancellationTokenSource();
        var watching = _cluster.Grain<ISourceGrain>("watch").WatchToken("watch gate", cancellation.Token);
        (await _cluster.Witness.Next("watch")).ShouldBe("watching");
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => watching);
        (await _cluster.Witness.Next("watch")).ShouldBe("in a turn");
        _cluster.Witness.Open("watch gate");
        await _cluster.Grain<ISourceGrain>("watch").Note("still there");
        (await _cluster.Witness.Next("watch")).ShouldBe("still there");
    }
}
