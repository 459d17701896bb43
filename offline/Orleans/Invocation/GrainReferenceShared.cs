using Orleans.Metadata;

namespace Orleans.Runtime;

/// <summary>What all references to one grain class through one interface have in common.</summary>
public sealed class GrainReferenceShared
{
    internal GrainReferenceShared(GrainType grainType, GrainInterface description, GrainCaller caller)
    {
        GrainType = grainType;
        Interface = description;
        Caller = caller;
    }

    internal GrainType GrainType { get; }

    internal GrainInterface Interface { get; }

    internal GrainCaller Caller { get; }
}
