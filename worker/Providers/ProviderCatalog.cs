using Donmai.Core.Providers;

namespace Donmai.Worker.Providers;

/// <summary>The providers there are, constructed only when one is asked for (worker.md §1.6).</summary>
/// <param name="constructors">Constructors by name; a later entry of the same name replaces the first.</param>
internal sealed class ProviderCatalog(IReadOnlyDictionary<string, Func<IAgentProvider>> constructors)
{
    /// <summary>
    /// Those of a worker. What is only on request is there only when the daemon allows it, so that a misspelt work item cannot succeed without
    /// doing anything.
    /// </summary>
    /// <param name="settings">What is configured, by provider id.</param>
    /// <param name="memory">Directory in which adapters keep what they have learnt.</param>
    /// <param name="clock">Source of time.</param>
    /// <param name="allowsOnRequest">Whether the daemon allows what is only on request.</param>
    public static ProviderCatalog Of(IReadOnlyDictionary<string, ProviderSettings> settings, string memory, TimeProvider clock, bool allowsOnRequest) =>
        new(BundledProviders.All
            .Where(bundled => allowsOnRequest || !bundled.IsOnlyOnRequest)
            .ToDictionary(
                static bundled => bundled.Name,
                bundled => (Func<IAgentProvider>)(() => bundled.Construct(
                    new ProviderSetup(memory, clock, settings.GetValueOrDefault(bundled.Name) ?? ProviderSettings.None))),
                StringComparer.Ordinal));

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
