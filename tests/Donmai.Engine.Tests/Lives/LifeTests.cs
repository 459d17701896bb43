using Donmai.Engine.Tests.Cluster;

namespace Donmai.Engine.Tests.Lives;

public sealed class LifeTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    private readonly EngineCluster _cluster = engine.Cluster;

    [Fact]
    public async Task A_grain_starts_with_its_first_call_and_ends_when_it_asks_to()
    {
        var grain = _cluster.Grain<ILifeGrain>("life");
        _cluster.Witness.HasNothing("life").ShouldBeTrue();
        var first = await grain.Id();
        (await _cluster.Witness.Next("life")).ShouldBe("activated");
        await grain.EndSoon();
        (await _cluster.Witness.Next("life")).ShouldBe("deactivated ApplicationRequested");
        (await _cluster.Witness.Next("life")).ShouldBe("disposed");
        (await grain.Id()).ShouldNotBe(first);
        (await _cluster.Witness.Next("life")).ShouldBe("activated");
    }

    [Fact]
    public async Task A_grain_that_ends_finishes_its_call_and_the_next_ones_meet_a_new_activation()
    {
        var grain = _cluster.Grain<ILifeGrain>("handover");
        var first = await grain.Id();
        var ending = grain.EndSoonAndWait("let it end");
        (await _cluster.Witness.Next("handover")).ShouldBe("activated");
        (await _cluster.Witness.Next("handover")).ShouldBe("ending");
        var next = grain.Id();
        _cluster.Witness.Open("let it end");
        await ending;
        (await next).ShouldNotBe(first);
        var reports = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            reports.Add(await _cluster.Witness.Next("handover"));
        }

        reports.ShouldBe(["call ended", "deactivated ApplicationRequested", "disposed", "activated"]);
    }

    [Fact]
    public async Task A_grain_that_cannot_start_fails_its_caller_and_is_tried_again()
    {
        var grain = _cluster.Grain<IFragileGrain>("fragile");
        var refusal = await Should.ThrowAsync<Values.RefusalException>(() => grain.Hello());
        refusal.Message.ShouldBe("not ready");
        await Should.ThrowAsync<Values.RefusalException>(() => grain.Hello());
        _cluster.Witness.Open("fragile");
        (await grain.Hello()).ShouldBe("hello");
    }

    [Fact]
    public async Task The_context_belongs_to_the_grain() =>
        (await _cluster.Grain<ILifeGrain>("context").Describe()).ShouldBe("True True life/context life/context");

    [Fact]
    public async Task Stopping_the_silo_ends_every_grain_with_that_reason()
    {
        var cluster = await EngineCluster.Start();
        var witness = cluster.Witness;
        await cluster.Grain<ILifeGrain>("one").Id();
        await cluster.Grain<ILifeGrain>("two").Id();
        await cluster.Inner.StopAllSilosAsync();
        foreach (var key in (string[])["one", "two"])
        {
            (await witness.Next(key)).ShouldBe("activated");
            (await witness.Next(key)).ShouldBe("deactivated ShuttingDown");
        }

        await cluster.Inner.DisposeAsync();
    }

    [Fact]
    public async Task An_operator_can_count_and_collect_activations()
    {
        var management = _cluster.Client.GetGrain<IManagementGrain>(0);
        await _cluster.Grain<ILifeGrain>("counted").Id();
        (await management.GetTotalActivationCount()).ShouldBeGreaterThanOrEqualTo(1);
        (await _cluster.Witness.Next("counted")).ShouldBe("activated");
        var collected = _cluster.Witness.Next("counted");
        while (!collected.IsCompleted)
        {
            await management.ForceActivationCollection(TimeSpan.Zero);
            await Task.WhenAny(collected, Task.Delay(50));
        }

        (await collected).ShouldBe("deactivated ActivationIdle");
    }
}
