namespace Donmai.House.Tests.Serialization.Samples;

public interface IBadGrain : IGrainWithStringKey
{
    Task<BadRecord> Read();

    IAsyncEnumerable<int> Sequence();
}
