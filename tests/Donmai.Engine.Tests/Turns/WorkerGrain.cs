using Donmai.Engine.Tests.Cluster;
using Orleans.Concurrency;

namespace Donmai.Engine.Tests.Turns;

[StatelessWorker(2)]
internal sealed class WorkerGrain(Witness witness) : Grain, IWorkerGrain
{
    private readonly Guid _id = Guid.NewGuid();

    public async Task<Guid> Work(string gate)
    {
        witness.Report(gate, "working");
        await witness.Pass(gate);
        return _id;
    }
}
