using Orleans.Metadata;

namespace Orleans.Runtime;

/// <summary>The activations of a stateless worker: calls go to an idle one, or to a new one, or to the one with the fewest waiting.</summary>
internal sealed class WorkerPool(SiloRuntime silo, GrainId id, GrainClass grainClass) : ICallTarget
{
    private readonly Lock _gate = new();
    private readonly List<Activation> _workers = [];

    public bool TryDeliver(GrainCall call)
    {
        while (true)
        {
            var worker = Choose();
            if (worker.TryDeliver(call))
            {
                return true;
            }

            lock (_gate)
            {
                _workers.Remove(worker);
            }
        }
    }

    private Activation Choose()
    {
        lock (_gate)
        {
            if (_workers.Find(worker => worker.Turns.IsIdle) is { } idle)
            {
                return idle;
            }

            if (_workers.Count < grainClass.MaxWorkers)
            {
                var worker = new Activation(silo, id, grainClass);
                _workers.Add(worker);
                return worker;
            }

            return _workers.MinBy(worker => worker.Turns.Waiting)!;
        }
    }
}
