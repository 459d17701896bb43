namespace Donmai.Engine.Tests.Values;

[GenerateSerializer, Alias("engine.Group")]
public sealed record Group : Shape
{
    [Id(0)]
    public List<Shape> Members { get; init; } = [];

    [Id(1)]
    public Dictionary<string, Shape> ByName { get; init; } = [];
}
