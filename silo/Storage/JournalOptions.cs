namespace Donmai.Silo.Storage;

/// <summary>Where a journal is and when it puts its files in order.</summary>
internal sealed record JournalOptions
{
    /// <summary>The journal's directory. It is created, for its owner only, when it is not there.</summary>
    public required string Directory { get; init; }

    /// <summary>A log that has reached this length, in bytes, is followed by a new one.</summary>
    public long SegmentLength { get; init; } = 16 * 1024 * 1024;

    /// <summary>
    /// Superseded records of at least this length, in bytes, and longer than the current ones, are removed by a snapshot.
    /// </summary>
    public long GarbageLength { get; init; } = 4 * 1024 * 1024;
}
