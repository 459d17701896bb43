namespace Donmai.Workareas;

/// <summary>A piece of a streamed difference: as many entries as were found since the last one.</summary>
[GenerateSerializer, Immutable, Alias("donmai.WorkareaDiffPage")]
public sealed record WorkareaDiffPage
{
    /// <summary>Most entries of one page.</summary>
    public const int Largest = 256;

    /// <summary>The next paths, in byte order; at most <see cref="Largest"/>.</summary>
    [Id(0)] public List<WorkareaDifference> Entries { get; init; } = [];

    /// <summary>How many paths differ in all: in the last page, which has no entries, and only there.</summary>
    [Id(1)] public WorkareaDiffSummary? Summary { get; init; }
}
