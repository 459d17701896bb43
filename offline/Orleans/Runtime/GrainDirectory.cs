using System.Collections.Concurrent;

namespace Orleans.Runtime;

/// <summary>Which activation answers for which grain: one for each id.</summary>
internal sealed class GrainDirectory(SiloRuntime silo)
{
    private readonly ConcurrentDictionary<GrainId, Activation> _targets = new();
    private readonly ConcurrentDictionary<Activation, byte> _activations = new();
    private volatile bool _closed;

    public int Count => _activations.Count;

    public IEnumerable<Activation> Activations => _activations.Keys;

    /// <summary>Never throws: what is wrong is the call's failure.</summary>
    public void Deliver(GrainCall call)
    {
        try
        {
            DeliverToTarget(call);
        }
        catch (Exception exception)
        {
            call.TryFail(exception);
        }
    }

    public Activation? Find(GrainId id) => _targets.GetValueOrDefault(id);

    /// <summary>An activation counts from its first call on.</summary>
    public void Add(Activation activation) => _activations.TryAdd(activation, 0);

    public void Remove(Activation activation)
    {
        _activations.TryRemove(activation, out _);
        _targets.TryRemove(KeyValuePair.Create(activation.GrainId, activation));
    }

    /// <summary>No further activation is made. Ends those that there are.</summary>
    public async Task Close(DeactivationReason reason, CancellationToken token)
    {
        _closed = true;
        while (!_activations.IsEmpty)
        {
            var ending = _activations.Keys.ToArray();
            foreach (var activation in ending)
            {
                activation.Deactivate(reason, token);
            }

            await Task.WhenAll(ending.Select(activation => activation.Deactivated)).WaitAsync(token);
        }
    }

    private void DeliverToTarget(GrainCall call)
    {
        while (true)
        {
            if (!_targets.TryGetValue(call.Target, out var target))
            {
                if (_closed)
                {
                    call.TryFail(new SiloUnavailableException($"The silo is shutting down and starts no grain any more: {call.Target}."));
                    return;
                }

                target = _targets.GetOrAdd(call.Target, Create);
            }

            if (target.TryDeliver(call))
            {
                return;
            }

            _targets.TryRemove(KeyValuePair.Create(call.Target, target));
        }
    }

    private Activation Create(GrainId id) => new(silo, id, silo.Classes.Require(id.Type));
}
