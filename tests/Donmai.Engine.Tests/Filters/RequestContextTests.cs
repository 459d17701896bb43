using Donmai.Engine.Tests.Cluster;

namespace Donmai.Engine.Tests.Filters;

public sealed class RequestContextTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    private readonly EngineCluster _cluster = engine.Cluster;

    [Fact]
    public async Task Values_flow_along_the_calls_and_not_back()
    {
        RequestContext.Set("user", "ada");
        var grain = _cluster.Grain<IFilteredGrain>("flow");
        (await grain.ReadContext("user")).ShouldBe("ada");
        (await grain.PassContextOn("user", _cluster.Grain<IFilteredGrain>("flow further"))).ShouldBe("ada");
        await grain.ChangeContext("user", "eve");
        RequestContext.Get("user").ShouldBe("ada");
        RequestContext.Remove("user").ShouldBeTrue();
        (await grain.ReadContext("user")).ShouldBeNull();
    }

    [Fact]
    public async Task Values_of_one_call_are_not_the_next_ones()
    {
        var grain = _cluster.Grain<IFilteredGrain>("leak");
        await grain.ChangeContext("left", "behind");
        (await grain.ReadContext("left")).ShouldBeNull();
        RequestContext.Get("left").ShouldBeNull();
    }

    [Fact]
    public async Task Other_ambient_values_do_not_flow_into_grains()
    {
        var ambient = new AsyncLocal<string> { Value = "here" };
        Ambient.Current = ambient;
        (await _cluster.Grain<IAmbientGrain>("ambient").Read()).ShouldBeNull();
    }
}
