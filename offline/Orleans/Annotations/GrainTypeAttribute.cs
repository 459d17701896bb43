using Orleans.Runtime;

namespace Orleans;

/// <summary>The name of the grain class in grain ids, instead of the one derived from the class name.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class GrainTypeAttribute(string grainType) : Attribute
{
    internal GrainType GrainType { get; } = GrainType.Create(grainType);
}
