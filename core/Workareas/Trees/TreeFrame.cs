namespace Donmai.Core.Workareas.Trees;

/// <summary>A directory that a walk is in: its names, which of them is next, and which directories among those passed are still to be entered.</summary>
/// <param name="stat">The directory when its names were read.</param>
/// <param name="names">Its names, sorted.</param>
/// <param name="pathLength">Bytes of the path in front of a name.</param>
internal sealed class TreeFrame(TreeStat stat, TreeNames names, int pathLength)
{
    private readonly Stack<(int Index, TreeStat Stat)> _later = [];
    private int _index = -1;

    /// <summary>The directory when its names were read.</summary>
    public TreeStat Stat => stat;

    /// <summary>Bytes of the path in front of a name.</summary>
    public int PathLength => pathLength;

    /// <summary>The name it has come to.</summary>
    public ReadOnlySpan<byte> Current => names[_index];

    /// <summary>One of the names.</summary>
    public ReadOnlySpan<byte> NameOf(int index) => names[index];

    /// <summary>Goes to the next name.</summary>
    public bool Advance() => ++_index < names.Count;

    /// <summary>The current name is a directory: it is entered when its turn comes.</summary>
    public void EnterLater(TreeStat directory) => _later.Push((_index, directory));

    /// <summary>The directory whose content comes before the next name; <see langword="null"/> when that name is first.</summary>
    public (int Index, TreeStat Stat)? ToEnter()
    {
        // The latest is the first of them: each begins with the name of the one before.
        if (!_later.TryPeek(out var latest) || (_index + 1 < names.Count && !ComesBefore(names[latest.Index], names[_index + 1])))
            return null;
        return _later.Pop();
    }

    // Whether what is in a directory comes before a name: "name/" < other.
    private static bool ComesBefore(ReadOnlySpan<byte> directory, ReadOnlySpan<byte> other)
    {
        if (!other.StartsWith(directory))
            return directory.SequenceCompareTo(other) < 0;
        return other.Length > directory.Length && other[directory.Length] > (byte)'/';
    }
}
