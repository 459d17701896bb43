using System.Text.Json.Serialization;

namespace Donmai.Routing;

/// <summary>A candidate removed by a step (routing.md §1.2).</summary>
[GenerateSerializer, Immutable, Alias("donmai.EliminatedProvider")]
public sealed record EliminatedProvider
{
    /// <summary>The candidate.</summary>
    [Id(0)] public string ProviderId { get; init; } = "";

    /// <summary>As in <see cref="RejectedCandidate.Reason"/>.</summary>
    [Id(1)] public string Reason { get; init; } = "";

    /// <summary>The reason in words.</summary>
    [Id(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Detail { get; init; }
}
