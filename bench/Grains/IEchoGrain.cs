
namespace Donmai.Bench.Grains;

/// <summary>Returns what it gets; what is measured is the way there and back.</summary>
[Alias("donmai.bench.IEchoGrain")]
public interface IEchoGrain : IGrainWithStringKey
{
    /// <summary>Returns <paramref name="number"/>.</summary>
    [Alias("Echo")]
    Task<int> Echo(int number);
}
