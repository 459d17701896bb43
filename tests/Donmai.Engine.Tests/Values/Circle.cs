namespace Donmai.Engine.Tests.Values;

[GenerateSerializer, Alias("engine.Circle")]
public sealed record Circle : Shape
{
    [Id(0)]
    public double Radius { get; init; }
}
