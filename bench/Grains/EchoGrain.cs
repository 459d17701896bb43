
namespace Donmai.Bench.Grains;

/// <inheritdoc cref="IEchoGrain"/>
internal sealed class EchoGrain : Grain, IEchoGrain
{
    /// <inheritdoc/>
    public Task<int> Echo(int number) => Task.FromResult(number);
}
