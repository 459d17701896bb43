namespace Donmai.Engine.Tests.Values;

[GenerateSerializer, Alias("engine.RefusalException")]
public class RefusalException(string message, int status) : Exception(message)
{
    [Id(0)]
    public int Status { get; private set; } = status;
}
