namespace Donmai.Grains.Workareas;

/// <summary>What is durable of the pool of one machine.</summary>
[GenerateSerializer, Immutable, Alias("donmai.PoolRecord")]
internal sealed record PoolRecord
{
    /// <summary>The members.</summary>
    [Id(0)] public List<PoolSeed> Seeds { get; init; } = [];

    /// <summary>Number of the newest member.</summary>
    [Id(1)] public int LastNumber { get; init; }
}
