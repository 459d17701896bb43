namespace Donmai.Worker.Providers;

/// <summary>The providers there are, constructed only when one is asked for (worker.md §1.6).</summary>
/// <param name="constructors">Constructors by name; a later entry of the same name replaces the first.</param>
internal sealed class ProviderCatalog(IReadOnlyDictionary<string, Func<IAgentProvider>> constructors)
{
    /// <summary>Names in ordinal order.</summary>
    public IReadOnlyList<string> Names { get; } = [.. constructors.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Constructs the provider of that name.</summary>
    /// <exception cref="ProviderUnavailableException">There is none of that name.</exception>
    public IAgentProvider Resolve(string name) =>
        constructors.TryGetValue(name, out var construct)
            ? construct()
            : throw new ProviderUnavailableException(
                $"no provider registered as '{name}'; available: {(Names.Count == 0 ? "none" : string.Join(", ", Names))}");
}
