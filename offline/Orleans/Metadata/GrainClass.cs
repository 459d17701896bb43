using Orleans.Runtime;

namespace Orleans.Metadata;

/// <summary>A grain class, as generated code describes it.</summary>
public sealed class GrainClass
{
    public required Type Type { get; init; }

    public required string GrainType { get; init; }

    public required Type[] Interfaces { get; init; }

    /// <summary>Calls the constructor with services and persistent states of the activation.</summary>
    public required Func<GrainActivator, IGrainBase> Create { get; init; }

    public bool Reentrant { get; init; }

    public bool KeepAlive { get; init; }

    /// <summary>How long an activation may be idle, if the class says so.</summary>
    public Func<CollectionAgeLimitAttribute>? AgeLimit { get; init; }
}
