using Orleans.Runtime;

namespace Orleans.Metadata;

/// <summary>A grain interface, as generated code describes it.</summary>
public sealed class GrainInterface(
    Type type, string name, Func<GrainReferenceShared, IdSpan, GrainReference> create, params GrainMethod[] methods)
{
    private readonly Dictionary<string, GrainMethod> _methods = methods.ToDictionary(method => method.Signature, StringComparer.Ordinal);

    public Type Type { get; } = type;

    public GrainInterfaceType InterfaceType { get; } = new(name);

    internal GrainReference CreateReference(GrainReferenceShared shared, IdSpan key) => create(shared, key);

    internal GrainMethod? Method(string signature) => _methods.GetValueOrDefault(signature);
}
