using System.Text.Json.Serialization;

namespace Donmai.Workareas;

/// <summary>Last line of a streamed difference (workareas.md §6.5): the summary, or why there is none.</summary>
public sealed record WorkareaDiffEnd
{
    /// <summary>How many paths differ; absent when the work failed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public WorkareaDiffSummary? Summary { get; init; }

    /// <summary>Why the work failed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Error { get; init; }
}
