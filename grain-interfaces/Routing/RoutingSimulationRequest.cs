using System.Text.Json.Serialization;
using Donmai.Sessions;

namespace Donmai.Routing;

/// <summary>Asks how a session would be routed, many times over; nothing is recorded (docs/routing.md; additive).</summary>
[GenerateSerializer, Immutable, Alias("donmai.RoutingSimulationRequest")]
public sealed record RoutingSimulationRequest
{
    /// <summary>Draws of a request that names no number.</summary>
    public const int DefaultDraws = 10_000;

    /// <summary>Most draws of one request.</summary>
    public const int MostDraws = 100_000;

    /// <summary>Most entries of <see cref="Suppose"/>: each is looked through by every draw.</summary>
    public const int MostSupposed = 100;

    /// <summary>Id of the allowlist entry the session would belong to; empty for none.</summary>
    [Id(0)] public string ProjectId { get; init => field = value ?? ""; } = "";

    /// <summary>Provider the session would name, if any.</summary>
    [Id(1)] public string? PinnedProvider { get; init; }

    /// <summary>Model the session would name, if any.</summary>
    [Id(2)] public string? Model { get; init; }

    /// <summary>Resources the session would ask for, if any.</summary>
    [Id(3)] public SessionResources? Resources { get; init; }

    /// <summary>Longest life the session would ask for, in seconds; 0 means none.</summary>
    [Id(4)] public int MaxDurationSeconds { get; init; }

    /// <summary>Decisions to draw, 1 to <see cref="MostDraws"/>; 0 means <see cref="DefaultDraws"/>.</summary>
    [Id(5)] public int Draws { get; init; }

    /// <summary>Seed of the source of randomness; the answer names the one that was used.</summary>
    [Id(6)] public int? Seed { get; init; }

    /// <summary>Values to take in place of what was learnt.</summary>
    [Id(7)] public List<SupposedExperience> Suppose { get; init => field = value ?? []; } = [];

    /// <summary>The ordering to take in place of the configured one; <see langword="null"/> for that one.</summary>
    [Id(8), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Ordering { get; init; }
}
