namespace Donmai.Core.Workareas.Trees;

/// <summary>One line of an index; its texts are valid until the next line is read.</summary>
internal ref struct IndexLine
{
    public TreeEntryKind Kind;

    /// <summary>What the file system said when the line was written.</summary>
    public TreeStat Stat;

    /// <summary>Hex of a file's hash; empty for everything else.</summary>
    public ReadOnlySpan<byte> Hash;

    /// <summary>Bytes in common with the path before.</summary>
    public int Common;

    /// <summary>The path; empty for the start of the tree.</summary>
    public ReadOnlySpan<byte> Path;

    /// <summary>A link's target.</summary>
    public ReadOnlySpan<byte> Target;

    /// <summary>Bytes a diff reports.</summary>
    public readonly long Size => Kind is TreeEntryKind.Directory ? 0 : Stat.Size;
}
