namespace Donmai.Engine.Tests.Values;

[GenerateSerializer, Alias("engine.Pair`2")]
public sealed record Pair<TFirst, TSecond>
{
    [Id(0)]
    public required TFirst First { get; init; }

    [Id(1)]
    public required TSecond Second { get; init; }
}
