namespace Donmai.Engine.Tests.Values;

/// <summary>A mutable class: every side has its own.</summary>
[GenerateSerializer, Alias("engine.Basket")]
public sealed class Basket
{
    [Id(0)]
    public List<string> Items { get; set; } = [];

    [Id(1)]
    public Basket? Inner { get; set; }
}
