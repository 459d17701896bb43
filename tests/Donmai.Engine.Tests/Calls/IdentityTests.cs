using Donmai.Engine.Tests.Cluster;

namespace Donmai.Engine.Tests.Calls;

public sealed class IdentityTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    private readonly EngineCluster _cluster = engine.Cluster;

    [Fact]
    public async Task One_key_is_one_activation_and_keeps_its_memory()
    {
        var grain = _cluster.Grain<ICounterGrain>("a");
        (await grain.Add(2)).ShouldBe(2);
        (await _cluster.Grain<ICounterGrain>("a").Add(3)).ShouldBe(5);
        (await _cluster.Grain<ICounterGrain>("b").Value()).ShouldBe(0);
        (await grain.Activation()).ShouldBe(await _cluster.Grain<ICounterGrain>("a").Activation());
        await grain.Reset();
        (await grain.Value()).ShouldBe(0);
    }

    [Fact]
    public async Task A_hundred_first_calls_at_once_make_one_activation()
    {
        var activations = await Task.WhenAll(Enumerable.Range(0, 100)
            .Select(_ => Task.Run(() => _cluster.Grain<ICounterGrain>("crowd").Activation())));
        activations.Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Keys_of_all_kinds_come_through()
    {
        (await _cluster.Grain<ICounterGrain>("machine/kit id ü").Key()).ShouldBe("machine/kit id ü");
        (await _cluster.Client.GetGrain<ICompassGrain>(42).Key()).ShouldBe(42);
        (await _cluster.Client.GetGrain<ICompassGrain>(-7).Key()).ShouldBe(-7);
        (await _cluster.Client.GetGrain<ICompassGrain>(long.MinValue).Key()).ShouldBe(long.MinValue);
        var id = Guid.NewGuid();
        (await _cluster.Client.GetGrain<ITicketGrain>(id).Key()).ShouldBe(id);
    }

    [Fact]
    public void Grain_ids_name_class_and_key()
    {
        _cluster.Grain<ICounterGrain>("a/b").GetGrainId().ToString().ShouldBe("counter/a/b");
        _cluster.Client.GetGrain<ITicketGrain>(Guid.Empty).GetGrainId().ToString().ShouldBe("engine-ticket/00000000000000000000000000000000");
        _cluster.Client.GetGrain<ICompassGrain>(255).GetGrainId().ToString().ShouldBe("compass/FF");
        GrainId.Parse("counter/a/b").Key.ToString().ShouldBe("a/b");
    }

    [Fact]
    public async Task References_are_values_that_can_be_passed_on()
    {
        var grain = _cluster.Grain<ICounterGrain>("self");
        var self = await grain.Self();
        self.ShouldBe(grain);
        self.GetHashCode().ShouldBe(grain.GetHashCode());
        (await _cluster.Grain<ICounterGrain>("adder").AddTo(self, 4)).ShouldBe(4);
        (await grain.Value()).ShouldBe(4);
        _cluster.Client.GetGrain<ICounterGrain>(grain.GetGrainId()).ShouldBe(grain);
        ((ICounterGrain)_cluster.Client.GetGrain(typeof(ICounterGrain), "self")).ShouldBe(grain);
    }

    [Fact]
    public async Task Overloads_are_told_apart()
    {
        var grain = _cluster.Grain<ICounterGrain>("o");
        (await grain.Overload(1)).ShouldBe("int 1");
        (await grain.Overload("x", "y", "z")).ShouldBe("string x y z");
    }

    [Fact]
    public void An_interface_that_no_class_implements_is_refused_by_name() =>
        Should.Throw<ArgumentException>(() => _cluster.Client.GetGrain<IOrphanGrain>("x")).Message.ShouldContain(nameof(IOrphanGrain));

    [Fact]
    public void An_empty_key_is_refused() =>
        Should.Throw<ArgumentException>(() => _cluster.Grain<ICounterGrain>(""));
}
