namespace Donmai.Engine.Tests.Values;

[GenerateSerializer, Alias("engine.Level")]
public enum Level : byte
{
    Low,
    High = 200,
}
