using System.Text.Json.Serialization;

namespace Donmai.Routing;

/// <summary>A candidate that was not chosen (routing.md §1.1).</summary>
[GenerateSerializer, Immutable, Alias("donmai.RejectedCandidate")]
public sealed record RejectedCandidate
{
    /// <summary>The candidate.</summary>
    [Id(0)] public string ProviderId { get; init; } = "";

    /// <summary><c>sandbox</c> or <c>llm</c>.</summary>
    [Id(1)] public string Dimension { get; init; } = "";

    /// <summary><c>capability-filter</c>, <c>tenant-policy</c>, <c>capacity-filter</c> or <c>score-loss</c>.</summary>
    [Id(2)] public string Reason { get; init; } = "";

    /// <summary>The reason in words.</summary>
    [Id(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Detail { get; init; }
}
