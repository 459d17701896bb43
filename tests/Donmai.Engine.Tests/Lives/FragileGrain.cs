using Donmai.Engine.Tests.Cluster;

namespace Donmai.Engine.Tests.Lives;

/// <summary>Starts only when the test has opened the gate of its key.</summary>
internal sealed class FragileGrain(Witness witness) : Grain, IFragileGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken) =>
        witness.Pass(this.GetPrimaryKeyString()).IsCompleted ? Task.CompletedTask : throw new Values.RefusalException("not ready", 503);

    public Task<string> Hello() => Task.FromResult("hello");
}
