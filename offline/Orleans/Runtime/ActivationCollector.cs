using Orleans.Metadata;

namespace Orleans.Runtime;

/// <summary>Ends activations that have been idle for long enough.</summary>
internal sealed class ActivationCollector : IDisposable
{
    private static readonly DeactivationReason Idle = new(DeactivationReasonCode.ActivationIdle, "The activation has been idle for its age limit");

    private readonly SiloRuntime _silo;
    private readonly ITimer _timer;

    public ActivationCollector(SiloRuntime silo)
    {
        _silo = silo;
        var quantum = silo.Collection.CollectionQuantum;
        _timer = silo.Clock.CreateTimer(static state => ((ActivationCollector)state!).Collect(), this, quantum, quantum);
    }

    /// <summary>Ends those that have been idle for the time, whatever the limit of their class.</summary>
    public void Collect(TimeSpan age)
    {
        foreach (var activation in _silo.Directory.Activations)
        {
            if (activation.IdleFor() >= age)
            {
                activation.Deactivate(Idle);
            }
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Collect()
    {
        foreach (var activation in _silo.Directory.Activations)
        {
            var limit = AgeLimit(activation.Class);
            if (limit != Timeout.InfiniteTimeSpan && activation.IdleFor() >= limit)
            {
                activation.Deactivate(Idle);
            }
        }
    }

    private TimeSpan AgeLimit(GrainClass grainClass)
    {
        if (grainClass.KeepAlive)
        {
            return Timeout.InfiniteTimeSpan;
        }

        return _silo.Collection.ClassSpecificCollectionAge.TryGetValue(grainClass.Type.FullName!, out var age)
            ? age
            : grainClass.AgeLimit?.Invoke().AgeLimit ?? _silo.Collection.CollectionAge;
    }
}
