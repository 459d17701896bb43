using Donmai.Engine.Tests.Cluster;

namespace Donmai.Engine.Tests.Lives;

internal sealed class LifeGrain(Witness witness, IGrainContext context) : Grain, ILifeGrain, IAsyncDisposable
{
    private readonly Guid _id = Guid.NewGuid();

    private string Key => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        witness.Report(Key, "activated");
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await Task.Yield();
        witness.Report(Key, $"deactivated {reason.ReasonCode}");
    }

    public ValueTask DisposeAsync()
    {
        witness.Report(Key, "disposed");
        return ValueTask.CompletedTask;
    }

    public Task<Guid> Id() => Task.FromResult(_id);

    public Task EndSoon()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task EndSoonAndWait(string gate)
    {
        DeactivateOnIdle();
        witness.Report(Key, "ending");
        await witness.Pass(gate);
        witness.Report(Key, "call ended");
    }

    public Task KeepFor(TimeSpan time)
    {
        DelayDeactivation(time);
        return Task.CompletedTask;
    }

    public Task<string> Describe() => Task.FromResult(
        $"{ReferenceEquals(context, GrainContext)} {ReferenceEquals(context.GrainInstance, this)} {context.GrainId} {GrainReference.GrainId}");
}
