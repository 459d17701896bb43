namespace Donmai.Engine.Tests.States;

[GenerateSerializer, Alias("engine.Note")]
public sealed record Note
{
    [Id(0)]
    public string Text { get; init; } = "empty";

    [Id(1)]
    public List<int> Numbers { get; init; } = [];
}
