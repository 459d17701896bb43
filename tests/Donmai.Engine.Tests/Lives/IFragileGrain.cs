namespace Donmai.Engine.Tests.Lives;

public interface IFragileGrain : IGrainWithStringKey
{
    Task<string> Hello();
}
