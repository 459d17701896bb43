namespace Donmai.Workareas;

/// <summary>All work areas of a machine (workareas.md §4.1).</summary>
[GenerateSerializer, Immutable, Alias("donmai.WorkareaList")]
public sealed record WorkareaList
{
    /// <summary>Those of live sessions, by id in byte order.</summary>
    [Id(0)] public List<WorkareaSummary> Active { get; init; } = [];

    /// <summary>Archives, by id in byte order.</summary>
    [Id(1)] public List<WorkareaSummary> Archived { get; init; } = [];
}
