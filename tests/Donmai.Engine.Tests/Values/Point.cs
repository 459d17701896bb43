namespace Donmai.Engine.Tests.Values;

[GenerateSerializer, Immutable, Alias("engine.Point")]
public readonly record struct Point([property: Id(0)] int X, [property: Id(1)] int Y);
