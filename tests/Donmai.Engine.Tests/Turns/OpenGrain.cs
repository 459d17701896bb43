using Donmai.Engine.Tests.Cluster;
using Orleans.Concurrency;

namespace Donmai.Engine.Tests.Turns;

[Reentrant]
internal sealed class OpenGrain(Witness witness) : Grain, IOpenGrain
{
    public async Task Wait(string gate)
    {
        witness.Report(this.GetPrimaryKeyString(), $"begin {gate}");
        await witness.Pass(gate);
        witness.Report(this.GetPrimaryKeyString(), $"end {gate}");
    }

    public Task Note(string what)
    {
        witness.Report(this.GetPrimaryKeyString(), what);
        return Task.CompletedTask;
    }

    public async Task<int> Depth(int left) => left == 0 ? 0 : 1 + await GrainFactory.GetGrain<IOpenGrain>(this.GetPrimaryKeyString()).Depth(left - 1);
}
