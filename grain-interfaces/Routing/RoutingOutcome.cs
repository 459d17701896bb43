namespace Donmai.Routing;

/// <summary>How a routed session ended, for the router to learn from (routing.md §6.3).</summary>
[GenerateSerializer, Immutable, Alias("donmai.RoutingOutcome")]
public sealed record RoutingOutcome
{
    /// <summary>The session.</summary>
    [Id(0)] public string SessionId { get; init; } = "";

    /// <summary>Execution environment it ran in.</summary>
    [Id(1)] public string Sandbox { get; init; } = "";

    /// <summary>Agent runtime that ran it.</summary>
    [Id(2)] public string Llm { get; init; } = "";

    /// <summary>Model it ran on, when known.</summary>
    [Id(3)] public string? Model { get; init; }

    /// <summary>How it ended.</summary>
    [Id(4)] public Donmai.Sessions.SessionState State { get; init; }

    /// <summary>What it cost in US cents; <see langword="null"/> when unknown.</summary>
    [Id(5)] public double? CostCents { get; init; }

    /// <summary>How long it took in milliseconds.</summary>
    [Id(6)] public double LatencyMs { get; init; }
}
