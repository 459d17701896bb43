namespace Donmai.Engine.Tests.Values;

[GenerateSerializer, Alias("engine.Shape")]
public abstract record Shape
{
    [Id(0)]
    public required string Name { get; init; }
}
