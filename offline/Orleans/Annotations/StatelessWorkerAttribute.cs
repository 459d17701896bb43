using Orleans.Placement;

namespace Orleans.Concurrency;

/// <summary>The grain class has no identity of its own: one key has as many activations as there is work, up to the limit.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StatelessWorkerAttribute : PlacementAttribute
{
    public StatelessWorkerAttribute(int maxLocalWorkers)
        : base(LocalPlacement.Instance) => MaxLocalWorkers = maxLocalWorkers;

    public StatelessWorkerAttribute()
        : this(Environment.ProcessorCount)
    {
    }

    internal int MaxLocalWorkers { get; }
}
