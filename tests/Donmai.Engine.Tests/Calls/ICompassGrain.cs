namespace Donmai.Engine.Tests.Calls;

public interface ICompassGrain : IGrainWithIntegerKey
{
    Task<long> Key();
}
