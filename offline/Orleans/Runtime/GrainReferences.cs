using System.Collections.Concurrent;
using Orleans.Metadata;

namespace Orleans.Runtime;

/// <summary>Makes references.</summary>
internal sealed class GrainReferences(GrainCaller caller, IGrainTypes types)
{
    private readonly ConcurrentDictionary<(Type Interface, string? Prefix), GrainReferenceShared> _byInterface = new();
    private readonly ConcurrentDictionary<(Type Interface, GrainType Type), GrainReferenceShared> _byType = new();

    /// <exception cref="ArgumentException">No grain class, or more than one, implements the interface.</exception>
    public GrainReference Create(Type interfaceType, IdSpan key, string? classNamePrefix)
    {
        if (!_byInterface.TryGetValue((interfaceType, classNamePrefix), out var shared))
        {
            shared = Shared(interfaceType, types.Resolve(interfaceType, classNamePrefix));
            _byInterface.TryAdd((interfaceType, classNamePrefix), shared);
        }

        return shared.Interface.CreateReference(shared, key);
    }

    public GrainReference Create(Type interfaceType, GrainId id)
    {
        var shared = Shared(interfaceType, id.Type);
        return shared.Interface.CreateReference(shared, id.Key);
    }

    private GrainReferenceShared Shared(Type interfaceType, GrainType grainType) =>
        _byType.TryGetValue((interfaceType, grainType), out var shared)
            ? shared
            : _byType.GetOrAdd((interfaceType, grainType), new GrainReferenceShared(grainType, GrainModules.Interface(interfaceType), caller));
}
