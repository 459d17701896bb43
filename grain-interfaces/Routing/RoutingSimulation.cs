using System.Text.Json.Serialization;

namespace Donmai.Routing;

/// <summary>What a simulation has found.</summary>
[GenerateSerializer, Immutable, Alias("donmai.RoutingSimulation")]
public sealed record RoutingSimulation
{
    /// <summary>Decisions drawn.</summary>
    [Id(0)] public int Draws { get; init; }

    /// <summary>The seed; the same one gives the same draws as long as nothing else changes.</summary>
    [Id(1)] public int Seed { get; init; }

    /// <summary>The ordering that was used: <c>thompson</c> or <c>declared</c>.</summary>
    [Id(2)] public string Ordering { get; init; } = "";

    /// <summary>The agent runtimes, the most often chosen first, then by id.</summary>
    [Id(3)] public List<SimulatedShare> Shares { get; init; } = [];

    /// <summary>Why such a session would be refused; absent when it would not.</summary>
    [Id(4), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Refusal { get; init; }

    /// <summary>The first draw, step by step.</summary>
    [Id(5)] public RoutingExplanation Example { get; init; } = new();
}
