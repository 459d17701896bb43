namespace Donmai.Core.Workareas.Trees;

/// <summary>An entry on its way into an index.</summary>
internal sealed class IndexPending
{
    /// <summary>What the file system says of it.</summary>
    public required TreeStat Stat { get; init; }

    /// <summary>Its path.</summary>
    public required byte[] Path { get; init; }

    /// <summary>Bytes of its name, the end of the path.</summary>
    public required int NameLength { get; init; }

    /// <summary>A file's hash; empty for everything else.</summary>
    public byte[] Hash { get; set; } = [];

    /// <summary>A link's target; empty for everything else.</summary>
    public byte[] Target { get; set; } = [];

    /// <summary>Where a file is whose hash is not known yet, retained; <see langword="null"/> for everything else.</summary>
    public TreeDirectory? Directory { get; set; }

    /// <summary>Works out the hash.</summary>
    public void WorkOut(CancellationToken cancellationToken) =>
        FileDigest.Of(Directory!, Path.AsSpan(Path.Length - NameLength), Stat, Hash, cancellationToken);
}
