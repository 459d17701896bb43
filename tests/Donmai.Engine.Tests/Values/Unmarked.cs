namespace Donmai.Engine.Tests.Values;

public sealed class Unmarked
{
    public string Text { get; set; } = "";
}
