using Donmai.Engine.Tests.Cluster;

namespace Donmai.Engine.Tests.Timers;

public sealed class GrainTimerTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(30);

    private readonly EngineCluster _cluster = engine.Cluster;

    [Fact]
    public async Task A_timer_ticks_until_it_is_disposed()
    {
        var grain = _cluster.Grain<ITimerGrain>("ticks");
        await grain.Start(Short, Short);
        await Expect("ticks", "armed", "tick 1", "tock", "tick 2", "tock", "tick 3");
        await grain.Stop();
        while (!_cluster.Witness.HasNothing("ticks"))
        {
            await _cluster.Witness.Next("ticks");
        }

        await Task.Delay(Short * 5);
        _cluster.Witness.HasNothing("ticks").ShouldBeTrue();
    }

    [Fact]
    public async Task A_timer_without_a_period_ticks_once()
    {
        await _cluster.Grain<ITimerGrain>("once").Start(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        await Expect("once", "armed", "tick 1", "tock");
        await Task.Delay(Short * 5);
        _cluster.Witness.HasNothing("once").ShouldBeTrue();
    }

    [Fact]
    public async Task Ticks_never_overlap_and_the_period_counts_from_the_end_of_the_last()
    {
        await _cluster.Grain<ITimerGrain>("slow").Start(Short, Short, gate: "slow tick", interleave: true);
        await Expect("slow", "armed", "tick 1");
        await Task.Delay(Short * 5);
        _cluster.Witness.HasNothing("slow").ShouldBeTrue();
        _cluster.Witness.Open("slow tick");
        await Expect("slow", "tock", "tick 2", "tock");
    }

    [Fact]
    public async Task A_tick_is_a_turn_it_waits_for_the_call_that_runs()
    {
        var grain = _cluster.Grain<ITimerGrain>("turn");
        var waiting = grain.StartAndWait(Short, interleave: false, "a long call");
        await Expect("turn", "armed", "waiting");
        await Task.Delay(Short * 5);
        _cluster.Witness.HasNothing("turn").ShouldBeTrue();
        _cluster.Witness.Open("a long call");
        await waiting;
        await Expect("turn", "tick 1");
    }

    [Fact]
    public async Task An_interleaving_tick_runs_inside_a_call_that_waits()
    {
        var grain = _cluster.Grain<ITimerGrain>("interleave");
        var waiting = grain.StartAndWait(Short, interleave: true, "another long call");
        await Expect("interleave", "armed", "waiting", "tick 1", "tock");
        _cluster.Witness.Open("another long call");
        await waiting;
    }

    [Fact]
    public async Task A_failing_tick_does_not_stop_the_timer()
    {
        await _cluster.Grain<ITimerGrain>("failing").StartFailing(Short);
        await Expect("failing", "failing 1", "failing 2", "failing 3");
    }

    [Fact]
    public async Task A_timer_can_be_changed()
    {
        var grain = _cluster.Grain<ITimerGrain>("change");
        await grain.Start(TimeSpan.FromHours(1), TimeSpan.FromHours(1));
        await grain.Change(Short, Short);
        await Expect("change", "armed", "tick 1", "tock", "tick 2");
        await grain.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    [Fact]
    public async Task A_timer_ends_with_its_activation()
    {
        var grain = _cluster.Grain<ITimerGrain>("mortal");
        await grain.Start(Short, Short, gate: "the last tick", interleave: true);
        await Expect("mortal", "armed", "tick 1");
        var ending = _cluster.Inner.DeactivateAsync(grain);
        _cluster.Witness.Open("the last tick");
        await ending.WaitAsync(Witness.Deadline);
        string report;
        do
        {
            report = await _cluster.Witness.Next("mortal");
        }
        while (report != "deactivated");

        await Task.Delay(Short * 5);
        _cluster.Witness.HasNothing("mortal").ShouldBeTrue();
    }

    private async Task Expect(string key, params string[] reports)
    {
        foreach (var report in reports)
        {
            (await _cluster.Witness.Next(key)).ShouldBe(report);
        }
    }
}
