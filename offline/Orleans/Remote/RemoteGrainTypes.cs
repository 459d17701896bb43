using Orleans.Metadata;

namespace Orleans.Runtime;

/// <summary>The grain classes of the silo that a client is connected to.</summary>
internal sealed class RemoteGrainTypes : IGrainTypes
{
    private volatile GrainManifest? _manifest;

    public GrainType Resolve(Type interfaceType, string? classNamePrefix) =>
        (_manifest ?? throw new InvalidOperationException("The client is not connected yet: start its host first."))
            .Resolve(interfaceType, classNamePrefix);

    public void Learn(GrainManifest manifest) => _manifest = manifest;
}
