using System.Reflection;
using Orleans.Serialization.Invocation;

namespace Orleans.Metadata;

/// <summary>A method of a grain interface, as generated code describes it. Its signature identifies it on the wire.</summary>
public sealed class GrainMethod(
    Type interfaceType, string name, string signature, Type[] parameters, GrainMethodOptions options, string? responseTimeout, Func<GrainRequest> create)
{
    private MethodInfo? _reflected;

    public Type InterfaceType { get; } = interfaceType;

    public string Name { get; } = name;

    public string Signature { get; } = signature;

    public GrainMethodOptions Options { get; } = options;

    public TimeSpan? ResponseTimeout { get; } = responseTimeout is null ? null : new ResponseTimeoutAttribute(responseTimeout).Timeout;

    internal GrainRequest CreateRequest() => create();

    /// <summary>For filters that ask for it; calls do not.</summary>
    internal MethodInfo Reflect() => _reflected ??= InterfaceType.GetMethod(Name, parameters)
        ?? throw new MissingMethodException(InterfaceType.FullName, Name);

    /// <summary>The engine's own doing, which filters do not see.</summary>
    internal bool IsOfEngine => Has(GrainMethodOptions.Tick | GrainMethodOptions.Stream);

    internal bool Has(GrainMethodOptions option) => (Options & option) != GrainMethodOptions.None;

    internal MethodInfo? ReflectOn(Type grainClass)
    {
        var map = grainClass.GetInterfaceMap(InterfaceType);
        var index = Array.IndexOf(map.InterfaceMethods, Reflect());
        return index < 0 ? null : map.TargetMethods[index];
    }
}
