using Donmai.Core.Daemon;
using Donmai.Core.Providers;
using Donmai.Worker.Sessions;

namespace Donmai.Worker.Providers;

/// <summary>What the product's own worker can drive: what is part of it, and what the configuration in force describes.</summary>
/// <param name="state">Where workers keep what they have learnt about programs.</param>
/// <param name="clock">Source of time.</param>
/// <param name="host">Where programs are looked for.</param>
/// <param name="configuration">What is configured.</param>
internal sealed class BundledRuntimes(StateDirectory state, TimeProvider clock, HostEnvironment host, IDaemonConfiguration configuration) : IAgentRuntimes
{
    private volatile Known? _known;

    /// <inheritdoc/>
    public IReadOnlyList<IAgentRuntime> All
    {
        get
        {
            var settings = configuration.Current.Providers;
            if (_known is { } known && ReferenceEquals(known.Settings, settings))
                return known.Runtimes;
            IReadOnlyList<IAgentRuntime> runtimes =
            [
                .. BundledProviders.With(settings).Select(provider =>
                    new BundledRuntime(provider, WorkerPlaces.ProbesIn(state.Worktrees), clock, host, configuration)),
            ];
            _known = new Known(settings, runtimes);
            return runtimes;
        }
    }

    private sealed record Known(IReadOnlyDictionary<string, ProviderSettings> Settings, IReadOnlyList<IAgentRuntime> Runtimes);
}
