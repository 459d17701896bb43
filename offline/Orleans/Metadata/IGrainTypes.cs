using Orleans.Runtime;

namespace Orleans.Metadata;

/// <summary>Knows which grain class answers to an interface.</summary>
internal interface IGrainTypes
{
    /// <exception cref="ArgumentException">None does, or several do.</exception>
    GrainType Resolve(Type interfaceType, string? classNamePrefix);
}
