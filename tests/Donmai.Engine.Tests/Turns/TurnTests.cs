using Donmai.Engine.Tests.Cluster;

namespace Donmai.Engine.Tests.Turns;

public sealed class TurnTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    private readonly EngineCluster _cluster = engine.Cluster;

    [Fact]
    public async Task Calls_run_one_at_a_time()
    {
        var grain = _cluster.Grain<ITurnGrain>("serial");
        var first = grain.Wait("g1");
        (await _cluster.Witness.Next("serial")).ShouldBe("begin g1");
        var second = grain.Note("second");
        var third = grain.Note("third");
        _cluster.Witness.HasNothing("serial").ShouldBeTrue();
        _cluster.Witness.Open("g1");
        await Task.WhenAll(first, second, third);
        (await _cluster.Witness.Next("serial")).ShouldBe("end g1");
        string[] rest = [await _cluster.Witness.Next("serial"), await _cluster.Witness.Next("serial")];
        rest.ShouldBe(["second", "third"], ignoreOrder: true);
    }

    [Fact]
    public async Task Two_grains_do_not_wait_for_each_other()
    {
        var blocked = _cluster.Grain<ITurnGrain>("blocked").Wait("g2");
        await _cluster.Grain<ITurnGrain>("free").Note("runs");
        (await _cluster.Witness.Next("free")).ShouldBe("runs");
        _cluster.Witness.Open("g2");
        await blocked;
    }

    [Fact]
    public async Task Awaits_go_on_on_the_activations_scheduler() =>
        (await _cluster.Grain<ITurnGrain>("scheduler").SchedulerIsKeptAcrossAwaits()).ShouldBeTrue();

    [Fact]
    public async Task Pieces_of_one_call_never_run_at_once() =>
        (await _cluster.Grain<ITurnGrain>("threads").DistinctThreadsAtOnce(200)).ShouldBe(1);

    [Fact]
    public async Task Concurrent_calls_lose_no_update()
    {
        var grain = _cluster.Grain<Calls.ICounterGrain>("sum");
        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => grain.Add(1))));
        (await grain.Value()).ShouldBe(200);
    }

    [Fact]
    public async Task AlwaysInterleave_overtakes_a_call_that_waits()
    {
        var grain = _cluster.Grain<ITurnGrain>("interleave");
        var waiting = grain.Wait("g3");
        (await _cluster.Witness.Next("interleave")).ShouldBe("begin g3");
        await grain.NoteAtOnce("overtook");
        (await _cluster.Witness.Next("interleave")).ShouldBe("overtook");
        _cluster.Witness.Open("g3");
        await waiting;
    }

    [Fact]
    public async Task ReadOnly_calls_interleave_with_each_other_and_with_nothing_else()
    {
        var grain = _cluster.Grain<ITurnGrain>("readonly");
        var reading = grain.WaitReadOnly("g4");
        (await _cluster.Witness.Next("readonly")).ShouldBe("begin g4");
        await grain.NoteReadOnly("also reading");
        (await _cluster.Witness.Next("readonly")).ShouldBe("also reading");
        var writing = grain.Note("writing");
        await grain.NoteAtOnce("probe");
        (await _cluster.Witness.Next("readonly")).ShouldBe("probe");
        _cluster.Witness.HasNothing("readonly").ShouldBeTrue();
        _cluster.Witness.Open("g4");
        await Task.WhenAll(reading, writing);
    }

    [Fact]
    public async Task A_reentrant_class_interleaves_at_awaits_and_may_call_itself()
    {
        var grain = _cluster.Grain<IOpenGrain>("open");
        var waiting = grain.Wait("g5");
        (await _cluster.Witness.Next("open")).ShouldBe("begin g5");
        await grain.Note("inside");
        (await _cluster.Witness.Next("open")).ShouldBe("inside");
        (await grain.Depth(10)).ShouldBe(10);
        _cluster.Witness.Open("g5");
        await waiting;
    }

    [Fact]
    public async Task A_one_way_call_returns_at_once_and_hides_its_failure()
    {
        await _cluster.Grain<ITurnGrain>("oneway").FireAndForget("fired");
        (await _cluster.Witness.Next("oneway")).ShouldBe("fired");
        await _cluster.Grain<ITurnGrain>("oneway").Note("still there");
    }

    [Fact]
    public async Task A_call_chain_that_allows_it_comes_back_into_the_waiting_grain() =>
        (await _cluster.Grain<ITurnGrain>("chain-a").CallThrough(_cluster.Grain<ITurnGrain>("chain-b"), allowReentrancy: true))
            .ShouldBe("answer of chain-a");

    [Fact]
    public async Task A_method_may_have_a_response_timeout_of_its_own()
    {
        var failure = await Should.ThrowAsync<TimeoutException>(() => _cluster.Grain<ITurnGrain>("short").WaitShortly("g7"));
        failure.Message.ShouldContain("00:00:01");
        _cluster.Witness.Open("g7");
    }
}
