namespace Donmai.House.Tests.Serialization;

/// <summary>The walk is only worth something if it fails on what is wrong.</summary>
public sealed class The_boundary_walk_finds_what_is_wrong
{
    [Fact]
    public void A_sample_with_every_mistake_is_refused_for_each_of_them()
    {
        var walk = new BoundaryWalk(type => type.Namespace == typeof(Samples.IBadGrain).Namespace);
        walk.Interface(typeof(Samples.IBadGrain));
        walk.Violations.ShouldBe([
            "BadDerived has no [Alias]",
            "BadDerived has no [GenerateSerializer]",
            "BadEnum has no [Alias]",
            "BadEnum has no [GenerateSerializer]",
            "BadRecord.Items is IReadOnlyList<Int32>: a collection expression assigned to it could not be read back; use a List<T>, an array or ImmutableArray<T>",
            "BadRecord.Json is JsonElement, which does not cross a grain boundary",
            "BadRecord.Second and First have the same [Id(0)]",
            "BadRecord.Unnumbered has no [Id]",
            "BadTwin and BadRecord have the same [Alias(\"bad\")]",
            "IBadGrain.Sequence returns a sequence and takes no CancellationToken",
        ]);
    }

    [Fact]
    public void A_sample_without_a_mistake_passes()
    {
        var walk = new BoundaryWalk(type => type.Namespace == typeof(Samples.IGoodGrain).Namespace);
        walk.Interface(typeof(Samples.IGoodGrain));
        walk.Violations.ShouldBeEmpty();
        walk.Seen.ShouldBe([typeof(Samples.GoodRecord)]);
    }
}
