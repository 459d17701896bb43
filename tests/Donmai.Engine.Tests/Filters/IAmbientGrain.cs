namespace Donmai.Engine.Tests.Filters;

public interface IAmbientGrain : IGrainWithStringKey
{
    Task<string?> Read();
}
