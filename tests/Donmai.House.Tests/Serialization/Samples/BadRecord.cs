using System.Text.Json;

namespace Donmai.House.Tests.Serialization.Samples;

[GenerateSerializer, Alias("bad")]
public record BadRecord
{
    [Id(0)]
    public string First { get; init; } = "";

    [Id(0)]
    public string Second { get; init; } = "";

    public int Unnumbered { get; init; }

    [Id(1)]
    public IReadOnlyList<int> Items { get; init; } = [];

    [Id(2)]
    public JsonElement Json { get; init; }

    [Id(3)]
    public BadEnum Kind { get; init; }

    [Id(4)]
    public BadTwin? Twin { get; init; }
}
