using Donmai.Engine.Tests.Cluster;

namespace Donmai.Engine.Tests.Lives;

[CollectionAgeLimit(Minutes = 2)]
internal sealed class ShortLivedGrain(Witness witness) : Grain, IShortLivedGrain
{
    public Task<string> Hello() => Task.FromResult("hello");

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        witness.Report(this.GetPrimaryKeyString(), $"deactivated {reason.ReasonCode}");
        return Task.CompletedTask;
    }
}
