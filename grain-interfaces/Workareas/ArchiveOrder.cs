namespace Donmai.Workareas;

/// <summary>What an archive is to be made of (workareas.md §7).</summary>
[GenerateSerializer, Immutable, Alias("donmai.ArchiveOrder")]
public sealed record ArchiveOrder
{
    /// <summary>Directory of the tree; moved into the archive where the file system allows it.</summary>
    [Id(0)] public string WorktreePath { get; init; } = "";

    /// <summary>The session's record directory; its event log is kept beside the tree.</summary>
    [Id(1)] public string RecordPath { get; init; } = "";

    /// <summary>The session.</summary>
    [Id(2)] public string SessionId { get; init; } = "";

    /// <summary>Id of the allowlist entry.</summary>
    [Id(3)] public string ProjectId { get; init; } = "";

    /// <summary>Repository as asked for.</summary>
    [Id(4)] public string Repository { get; init; } = "";

    /// <summary>Branch, tag or commit asked for.</summary>
    [Id(5)] public string Ref { get; init; } = "";

    /// <summary>Why the archive exists.</summary>
    [Id(6)] public string Disposition { get; init; } = "";
}
