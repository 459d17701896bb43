using Donmai.Engine.Tests.Cluster;
using Orleans.Storage;

namespace Donmai.Engine.Tests.States;

public sealed class StateTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    private readonly EngineCluster _cluster = engine.Cluster;

    [Fact]
    public async Task A_state_is_there_before_the_grain_starts_and_after_it_ended()
    {
        var grain = _cluster.Grain<INoteGrain>("kept");
        (await grain.Read()).Text.ShouldBe("empty");
        (await grain.Describe()).ShouldBe("False False");
        await grain.Write("first", 1, 2);
        await grain.WriteOther("elsewhere");
        (await grain.Describe()).ShouldBe("True True");
        await _cluster.Inner.DeactivateAsync(grain);
        (await grain.Read()).Text.ShouldBe("first");
        (await grain.Read()).Numbers.ShouldBe([1, 2]);
        (await grain.ReadOther()).Text.ShouldBe("elsewhere");
        (await _cluster.Grain<INoteGrain>("another").Read()).Text.ShouldBe("empty");
    }

    [Fact]
    public async Task What_is_not_written_is_not_kept()
    {
        var grain = _cluster.Grain<INoteGrain>("spoilt");
        await grain.Write("text", 1);
        await grain.Spoil();
        (await grain.Read()).Numbers.ShouldBe([1, 99]);
        await grain.Reread();
        (await grain.Read()).Numbers.ShouldBe([1]);
    }

    [Fact]
    public async Task A_cleared_state_is_an_empty_one()
    {
        var grain = _cluster.Grain<INoteGrain>("cleared");
        await grain.Write("text", 1);
        await grain.Clear();
        (await grain.Read()).Text.ShouldBe("empty");
        await _cluster.Inner.DeactivateAsync(grain);
        (await grain.Read()).Text.ShouldBe("empty");
        (await grain.Describe()).ShouldStartWith("False");
        await grain.Write("again");
        (await grain.Read()).Text.ShouldBe("again");
    }

    [Fact]
    public async Task A_storage_that_the_silo_does_not_have_is_named_in_the_failure() =>
        (await Should.ThrowAsync<Exception>(() => _cluster.Grain<ILostGrain>("lost").Hello())).ToString().ShouldContain("nowhere");

    [Fact]
    public async Task Memory_storage_refuses_to_overwrite_what_it_was_not_shown()
    {
        var storage = (IGrainStorage)_cluster.Services.GetService(typeof(IGrainStorage))!;
        var id = GrainId.Create("note", "contended");
        var (mine, theirs) = (new GrainState<Note>(new Note { Text = "mine" }), new GrainState<Note>(new Note { Text = "theirs" }));
        await storage.WriteStateAsync("note", id, theirs);
        await Should.ThrowAsync<InconsistentStateException>(() => storage.WriteStateAsync("note", id, mine));
        await storage.ReadStateAsync("note", id, mine);
        mine.State!.Text.ShouldBe("theirs");
        mine.State = new Note { Text = "mine now" };
        await storage.WriteStateAsync("note", id, mine);
        await Should.ThrowAsync<InconsistentStateException>(() => storage.WriteStateAsync("note", id, theirs));
    }
}
