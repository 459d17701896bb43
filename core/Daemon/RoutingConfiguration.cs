namespace Donmai.Core.Daemon;

/// <summary>Routing settings (routing.md §6.4).</summary>
public sealed record RoutingConfiguration
{
    /// <summary>Decisions kept, 1 to 10,000 (<c>routing.ringSize</c>).</summary>
    public int RingSize { get; init; } = 50;

    /// <summary><c>thompson</c> (default) or <c>declared</c> (<c>routing.ordering</c>).</summary>
    public string Ordering { get; init; } = "thompson";

    /// <summary>Authored order (<c>routing.order</c>).</summary>
    public IReadOnlyList<string> Order { get; init; } = [];

    /// <summary>Weight of cost, 0 to 1.</summary>
    public double CostWeight { get; init; } = 0.7;

    /// <summary>Weight of latency, 0 to 1; both weights sum to 1.</summary>
    public double LatencyWeight { get; init; } = 0.3;

    /// <summary>Demands on every candidate, in authored order (<c>routing.capabilityFilters</c>).</summary>
    public IReadOnlyList<RoutingFilter> CapabilityFilters { get; init; } = [];

    /// <summary>When a project is named here, it may use nothing else (<c>routing.allow</c>).</summary>
    public IReadOnlyList<RoutingPolicy> Allow { get; init; } = [];

    /// <summary>What a project may not use (<c>routing.deny</c>).</summary>
    public IReadOnlyList<RoutingPolicy> Deny { get; init; } = [];

    /// <summary>Makes choices repeatable (<c>routing.seed</c>); <see langword="null"/>, the default, for chance.</summary>
    public int? Seed { get; init; }
}
