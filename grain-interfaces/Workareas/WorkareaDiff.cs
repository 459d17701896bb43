namespace Donmai.Workareas;

/// <summary>A difference that is small enough to be told in one piece (workareas.md §6.5).</summary>
public sealed record WorkareaDiff
{
    /// <summary>How many paths differ.</summary>
    public required WorkareaDiffSummary Summary { get; init; }

    /// <summary>The paths, in byte order.</summary>
    public required List<WorkareaDifference> Entries { get; init; }
}
