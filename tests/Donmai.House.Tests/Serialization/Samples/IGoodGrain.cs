namespace Donmai.House.Tests.Serialization.Samples;

public interface IGoodGrain : IGrainWithStringKey
{
    Task<GoodRecord> Read(GoodRecord[] records, CancellationToken token);

    IAsyncEnumerable<GoodRecord> Sequence(CancellationToken token);

    ValueTask Link(IGoodGrain other);
}
