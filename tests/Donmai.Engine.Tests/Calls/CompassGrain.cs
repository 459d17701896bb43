namespace Donmai.Engine.Tests.Calls;

internal sealed class CompassGrain : Grain, ICompassGrain
{
    public Task<long> Key() => Task.FromResult(this.GetPrimaryKeyLong());
}
