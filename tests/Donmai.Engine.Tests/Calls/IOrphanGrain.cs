namespace Donmai.Engine.Tests.Calls;

public interface IOrphanGrain : IGrainWithStringKey
{
    Task Nothing();
}
