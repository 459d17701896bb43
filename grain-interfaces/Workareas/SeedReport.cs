namespace Donmai.Workareas;

/// <summary>What became of work on a member of the pool.</summary>
[GenerateSerializer, Immutable, Alias("donmai.SeedReport")]
public sealed record SeedReport
{
    /// <summary>Id of the member.</summary>
    [Id(0)] public string MemberId { get; init; } = "";

    /// <summary>What was done.</summary>
    [Id(1)] public SeedWork Work { get; init; }

    /// <summary>What the member holds now; <see langword="null"/> when that is not known, or nothing.</summary>
    [Id(2)] public SeedFinding? Finding { get; init; }

    /// <summary>Why it could not be done, in words; <see langword="null"/> when it was.</summary>
    [Id(3)] public string? Failure { get; init; }

    /// <summary>Whether the member cannot be used any more.</summary>
    [Id(4)] public bool Damaged { get; init; }
}
