using Orleans.Runtime;

namespace Orleans.Metadata;

/// <summary>The grain classes of a silo.</summary>
internal sealed class GrainClasses : IGrainTypes
{
    private readonly Dictionary<GrainType, GrainClass> _byType = [];
    private readonly GrainManifest _manifest;

    public GrainClasses()
    {
        foreach (var grainClass in GrainModules.All().SelectMany(module => module.Classes))
        {
            var type = GrainType.Create(grainClass.GrainType);
            if (!_byType.TryAdd(type, grainClass))
            {
                throw new OrleansConfigurationException(
                    $"Two grain classes are called \"{type}\": {_byType[type].Type} and {grainClass.Type}. Name one with [GrainType].");
            }
        }

        _manifest = new GrainManifest([.. _byType.Values.Select(grainClass => new GrainManifest.Entry(
            grainClass.GrainType,
            grainClass.Type.FullName!,
            [.. grainClass.Interfaces.Select(type => GrainModules.Interface(type).InterfaceType.ToString())]))]);
    }

    public GrainManifest Manifest => _manifest;

    public GrainType Resolve(Type interfaceType, string? classNamePrefix) => _manifest.Resolve(interfaceType, classNamePrefix);

    public GrainClass Require(GrainType type) =>
        _byType.GetValueOrDefault(type) ?? throw new ArgumentException($"There is no grain class \"{type}\" in this silo.", nameof(type));
}
