using Orleans.Runtime;

namespace Orleans.Metadata;

/// <summary>Which grain classes answer to which interfaces: known to a silo, told to its clients.</summary>
internal sealed class GrainManifest(GrainManifest.Entry[] entries) : IGrainTypes
{
    private readonly ILookup<string, Entry> _byInterface = entries
        .SelectMany(entry => entry.Interfaces, (entry, name) => (entry, name))
        .ToLookup(pair => pair.name, pair => pair.entry, StringComparer.Ordinal);

    public IReadOnlyList<Entry> Entries => entries;

    public GrainType Resolve(Type interfaceType, string? classNamePrefix)
    {
        var name = GrainModules.Interface(interfaceType).InterfaceType.ToString();
        var found = _byInterface[name].Where(entry => classNamePrefix is null || entry.ClassName.StartsWith(classNamePrefix, StringComparison.Ordinal)).ToArray();
        if (found.Length > 1)
        {
            // A class that is named after the interface is the interface's own.
            found = Array.FindAll(found, entry => entry.ClassName.EndsWith('.' + interfaceType.Name[1..], StringComparison.Ordinal)) is { Length: 1 } own
                ? own
                : throw new ArgumentException(
                    $"{interfaceType} is implemented by several grain classes ({string.Join(", ", found.Select(entry => entry.ClassName))}): say which one by its prefix.",
                    nameof(interfaceType));
        }

        return found.Length == 1
            ? GrainType.Create(found[0].GrainType)
            : throw new ArgumentException($"Could not find an implementation for interface {interfaceType}.", nameof(interfaceType));
    }

    /// <summary>A grain class and the names of its interfaces.</summary>
    internal sealed record Entry(string GrainType, string ClassName, string[] Interfaces);
}
