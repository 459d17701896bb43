namespace Donmai.Engine.Tests.Lives;

public interface IStubbornGrain : IGrainWithStringKey
{
    Task<string> Hello();
}
