using Donmai.Core.Providers;
using Donmai.Worker.Sessions;

namespace Donmai.Worker.Providers;

/// <summary>The providers there are, constructed only when one is asked for (worker.md §1.6).</summary>
/// <param name="constructors">Constructors by name; a later entry of the same name replaces the first.</param>
internal sealed class ProviderCatalog(IReadOnlyDictionary<string, Func<IAgentProvider>> constructors)
{
    /// <summary>
    /// Those of a worker. What is only on request is there only when the daemon allows it, so that a misspelt work item cannot succeed without
    /// doing anything.
    /// </summary>
    /// <param name="variables">The worker's environment: where programs are looked for, and what is configured.</param>
    /// <param name="memory">Directory in which adapters keep what they have learnt.</param>
    /// <param name="clock">Source of time.</param>
    /// <exception cref="PreflightException">What is configured cannot be read.</exception>
    public static ProviderCatalog Of(WorkerVariables variables, string memory, TimeProvider clock)
    {
        var settings = ConfiguredProviders.In(variables);
        var allowsOnRequest = variables.Flag("ALLOW_STUB");
        return new ProviderCatalog(BundledProviders.With(settings)
            .Where(provider => allowsOnRequest || !provider.IsOnlyOnRequest)
            .ToDictionary(
                static provider => provider.Name,
                provider => (Func<IAgentProvider>)(() => provider.Construct(
                    new ProviderSetup(memory, clock, settings.GetValueOrDefault(provider.Name) ?? ProviderSettings.None) { Environment = variables.All })),
                StringComparer.Ordinal));
    }

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
