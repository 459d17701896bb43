namespace Donmai.Engine.Tests.Lives;

public interface IShortLivedGrain : IGrainWithStringKey
{
    Task<string> Hello();
}
