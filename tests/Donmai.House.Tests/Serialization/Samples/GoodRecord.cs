using System.Collections.Immutable;

namespace Donmai.House.Tests.Serialization.Samples;

[GenerateSerializer, Alias("good")]
public sealed record GoodRecord
{
    [Id(0)]
    public required string Name { get; init; }

    [Id(1)]
    public ImmutableArray<int> Numbers { get; init; } = [];

    [Id(2)]
    public GoodRecord? Next { get; init; }

    [Id(3)]
    public Dictionary<string, List<DateTimeOffset?>> Table { get; init; } = [];

    public int Computed => Numbers.Length;
}
