namespace Donmai.Workareas;

/// <summary>How many paths differ between two archives (workareas.md §6.4).</summary>
[GenerateSerializer, Immutable, Alias("donmai.WorkareaDiffSummary")]
public sealed record WorkareaDiffSummary
{
    /// <summary>The old side, as it was asked for.</summary>
    [Id(0)] public string WorkareaA { get; init; } = "";

    /// <summary>The new side, as it was asked for.</summary>
    [Id(1)] public string WorkareaB { get; init; } = "";

    /// <summary>Paths that only B has.</summary>
    [Id(2)] public long Added { get; init; }

    /// <summary>Paths that only A has.</summary>
    [Id(3)] public long Removed { get; init; }

    /// <summary>Paths that both have, but not alike.</summary>
    [Id(4)] public long Modified { get; init; }

    /// <summary>The sum of the three.</summary>
    [Id(5)] public long Total { get; init; }
}
