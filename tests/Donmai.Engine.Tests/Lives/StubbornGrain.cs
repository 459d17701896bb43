using Donmai.Engine.Tests.Cluster;

namespace Donmai.Engine.Tests.Lives;

[KeepAlive]
internal sealed class StubbornGrain(Witness witness) : Grain, IStubbornGrain
{
    public Task<string> Hello() => Task.FromResult("hello");

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        witness.Report(this.GetPrimaryKeyString(), $"deactivated {reason.ReasonCode}");
        return Task.CompletedTask;
    }
}
