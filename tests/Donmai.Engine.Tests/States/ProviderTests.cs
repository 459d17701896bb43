using Donmai.Engine.Tests.Cluster;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Donmai.Engine.Tests.States;

public sealed class ProviderTests
{
    [Fact]
    public async Task A_provider_of_the_product_is_found_by_its_name_and_asked_in_order()
    {
        var storage = new RecordingStorage();
        await using var cluster = await EngineCluster.Start(silo => silo.Services.AddKeyedSingleton<IGrainStorage>("other", storage));
        var grain = cluster.Grain<INoteGrain>("p");
        await grain.WriteOther("x");
        storage.Calls.ShouldBe(["read note/p second", "write note/p second"]);
    }

    [Fact]
    public async Task A_grain_whose_state_was_overtaken_fails_its_call_and_starts_anew_with_what_is_stored()
    {
        var storage = new RecordingStorage();
        await using var cluster = await EngineCluster.Start(silo => silo.Services.AddKeyedSingleton<IGrainStorage>("other", storage));
        var grain = cluster.Grain<INoteGrain>("race");
        await grain.WriteOther("first");
        storage.Overtake("note/race second");
        await Should.ThrowAsync<InconsistentStateException>(() => grain.WriteOther("second"));
        await cluster.Inner.WaitForDeactivationAsync(grain).WaitAsync(Witness.Deadline);
        (await grain.ReadOther()).Text.ShouldBe("first");
        await grain.WriteOther("third");
        (await grain.ReadOther()).Text.ShouldBe("third");
    }
}
