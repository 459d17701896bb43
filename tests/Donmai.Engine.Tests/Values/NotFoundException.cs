namespace Donmai.Engine.Tests.Values;

[GenerateSerializer, Alias("engine.NotFoundException")]
public sealed class NotFoundException(string what) : RefusalException($"There is no {what}.", 404)
{
    [Id(0)]
    public string What { get; private set; } = what;
}
