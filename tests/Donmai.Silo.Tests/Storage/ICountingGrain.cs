
namespace Donmai.Silo.Tests.Storage;

/// <summary>Counts durably.</summary>
[Alias("donmai.tests.ICountingGrain")]
public interface ICountingGrain : IGrainWithStringKey
{
    [Alias("Count")]
    Task<int> Count();
}
