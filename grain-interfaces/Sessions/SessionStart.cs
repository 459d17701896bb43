using Donmai.Routing;

namespace Donmai.Sessions;

/// <summary>What the spawner hands to a session it accepted.</summary>
[GenerateSerializer, Immutable, Alias("donmai.SessionStart")]
public sealed record SessionStart
{
    /// <summary>The request as accepted.</summary>
    [Id(0)] public SessionSpec Spec { get; init; } = new();

    /// <summary>Id of the matched allowlist entry.</summary>
    [Id(1)] public string ProjectId { get; init; } = "";

    /// <summary>Clone source: the entry's repository, expanded to something git can clone (daemon-runtime.md §8.3).</summary>
    [Id(2)] public string CloneSource { get; init; } = "";

    /// <summary>Clone settings of the entry.</summary>
    [Id(3)] public ProjectCheckout? Checkout { get; init; }

    /// <summary>Where it runs, and why.</summary>
    [Id(4)] public RoutingDecision Decision { get; init; } = new();

    /// <summary>When the spawner accepted it.</summary>
    [Id(5)] public DateTimeOffset AcceptedAt { get; init; }

    /// <summary>The machine it runs on.</summary>
    [Id(6)] public string Machine { get; init; } = "";

    /// <summary>The step that accepted it (W3C <c>traceparent</c>): its whole life belongs to that trace, over restarts of the daemon.</summary>
    [Id(7)] public string? TraceParent { get; init; }
}
