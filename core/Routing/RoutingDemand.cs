using Donmai.Core.Daemon;
using Donmai.Routing;

namespace Donmai.Core.Routing;

/// <summary>All that a decision depends on.</summary>
public sealed record RoutingDemand
{
    /// <summary>What is asked for.</summary>
    public required RoutingRequest Request { get; init; }

    /// <summary>Filters, policies, ordering and weights.</summary>
    public required RoutingConfiguration Configuration { get; init; }

    /// <summary>Execution environments.</summary>
    public required IReadOnlyList<RoutingCandidate> Sandboxes { get; init; }

    /// <summary>Agent runtimes.</summary>
    public required IReadOnlyList<RoutingCandidate> Runtimes { get; init; }

    /// <summary>What was learnt so far.</summary>
    public required RoutingExperience Experience { get; init; }
}
