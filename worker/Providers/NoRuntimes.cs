using Donmai.Core.Providers;

namespace Donmai.Worker.Providers;

/// <summary>A worker that an embedding program put in place of the product's own: nobody here knows what it can drive.</summary>
internal sealed class NoRuntimes : IAgentRuntimes
{
    /// <inheritdoc/>
    public IReadOnlyList<IAgentRuntime> All => [];
}
