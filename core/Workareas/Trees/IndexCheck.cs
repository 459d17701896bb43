using Microsoft.Win32.SafeHandles;

namespace Donmai.Core.Workareas.Trees;

/// <summary>Whether an index says what a tree holds now: every entry is looked at, directories too, so that additions are seen; none is opened.</summary>
internal sealed class IndexCheck : IDisposable
{
    private readonly TreeDirectory _tree;
    private readonly TreeTrail _trail;
    private readonly Stack<int> _lengths = [];

    private IndexCheck(TreeDirectory tree) => (_tree, _trail) = (tree, new TreeTrail(tree));

    /// <summary>Compares them.</summary>
    /// <returns>How much the tree holds; <see langword="null"/> when the index says something else.</returns>
    /// <exception cref="IndexDamage">The index cannot be used.</exception>
    public static (long Entries, long Size)? Compare(SafeFileHandle index, TreeDirectory tree, CancellationToken cancellationToken)
    {
        using var check = new IndexCheck(tree);
        using var reader = new IndexReader(index, checkSum: true);
        try
        {
            while (reader.Next(out var line))
                if (check.Stat(line) != line.Stat)
                    return null;
                else
                    cancellationToken.ThrowIfCancellationRequested();
            return (reader.Entries, reader.Size);
        }
        catch (ArchiveProblem)
        {
            return null; // something is gone; what is there now decides
        }
    }

    /// <summary>Whether an index is whole.</summary>
    public static bool IsSound(SafeFileHandle index, CancellationToken cancellationToken)
    {
        using var reader = new IndexReader(index, checkSum: true);
        try
        {
            while (reader.Next(out _))
                cancellationToken.ThrowIfCancellationRequested();
            return true;
        }
        catch (IndexDamage)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _trail.Dispose();

    private TreeStat Stat(in IndexLine line)
    {
        if (line.Path.IsEmpty)
            return _tree.Stat();
        while (_lengths.TryPeek(out var length) && !IsIn(line, length))
        {
            _lengths.Pop();
            _trail.Leave();
        }

        var from = _lengths.TryPeek(out var inside) ? inside + 1 : 0;
        int slash;
        while ((slash = line.Path[from..].IndexOf((byte)'/')) >= 0)
        {
            _trail.Enter(line.Path.Slice(from, slash));
            from += slash + 1;
            _lengths.Push(from - 1);
        }

        return _trail.Current.Stat(line.Path[from..]);
    }

    // The directory is on the way to the path before, and so on the way to this one if both have it in common.
    private static bool IsIn(in IndexLine line, int length) =>
        line.Common >= length && line.Path.Length > length && line.Path[length] == (byte)'/';
}
