namespace Donmai.Engine.Tests.Filters;

internal sealed class AmbientGrain : Grain, IAmbientGrain
{
    public Task<string?> Read() => Task.FromResult(Ambient.Current?.Value);
}
