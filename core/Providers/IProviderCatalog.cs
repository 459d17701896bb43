using Donmai.Core.Routing;

namespace Donmai.Core.Providers;

/// <summary>The agent runtimes of this machine as they are now.</summary>
public interface IProviderCatalog
{
    /// <summary>The runtimes a session could be given to, whether or not they can be used now.</summary>
    /// <param name="pinnedProvider">The runtime the session names, if any; it is among the candidates even if nobody knows it.</param>
    IReadOnlyList<RoutingCandidate> Runtimes(string? pinnedProvider);
}
