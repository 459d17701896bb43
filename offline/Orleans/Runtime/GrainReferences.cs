using System.Collections.Concurrent;
using Orleans.Metadata;

namespace Orleans.Runtime;

/// <summary>Makes references.</summary>
internal sealed class GrainReferences(GrainCaller caller, IGrainTypes types)
{
    private readonly ConcurrentDictionary<(Type Interface, string? Prefix), GrainReferenceShared> _byInterface = new();

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

    /// <summary>Not kept by grain type: the other side of a wire could name ever new ones.</summary>
    private GrainReferenceShared Shared(Type interfaceType, GrainType grainType) => new(grainType, GrainModules.Interface(interfaceType), caller);
}
