using Donmai.Core.Providers;
using Donmai.Core.Routing;

namespace Donmai.Grains.Tests.Machines;

/// <summary>Agent runtimes as a test wants them.</summary>
internal sealed class FakeCatalog : IProviderCatalog
{
    public List<RoutingCandidate> Known { get; } = [new RoutingCandidate { Id = "claude" }];

    public IReadOnlyList<RoutingCandidate> Runtimes(string? pinnedProvider) => Known;
}
