using Donmai.Core.Daemon;
using Donmai.Core.Providers;
using Donmai.Worker.Sessions;

namespace Donmai.Worker.Providers;

/// <summary>What the product's own worker can drive.</summary>
/// <param name="state">Where workers keep what they have learnt about programs.</param>
/// <param name="clock">Source of time.</param>
internal sealed class BundledRuntimes(StateDirectory state, TimeProvider clock) : IAgentRuntimes
{
    /// <inheritdoc/>
    public IReadOnlyList<IAgentRuntime> All { get; } =
        [.. BundledProviders.All.Select(bundled => new BundledRuntime(bundled, WorkerPlaces.ProbesIn(state.Worktrees), clock))];
}
