namespace Donmai.Core.Workareas.Trees;

/// <summary>One entry of an archived tree (workareas.md §6.1).</summary>
internal sealed record TreeEntry
{
    /// <summary>Relative to <c>tree/</c>, separated by <c>/</c>.</summary>
    public required string Path { get; init; }

    /// <summary>What it is.</summary>
    public required TreeEntryKind Kind { get; init; }

    /// <summary>Bytes of a file, length of a link's target, 0 for a directory.</summary>
    public long Size { get; init; }

    /// <summary>The bits of <c>st_mode</c>: type, set-id, sticky and permissions.</summary>
    public int Mode { get; init; }

    /// <summary>SHA-256 of a file's content, lower-case hex; <see langword="null"/> for everything else.</summary>
    public string? Hash { get; init; }

    /// <summary>Target of a link; <see langword="null"/> for everything else.</summary>
    public string? LinkTarget { get; init; }
}
