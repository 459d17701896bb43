namespace Donmai.Core.Workareas.Trees;

/// <summary>
/// Goes through a tree in the byte order of its paths (workareas.md §6.1), holding no more than the names of the directories on the way. That order is
/// not the order of trees, <c>a.txt</c> comes before <c>a/x</c>: a directory's own name is followed by whatever sorts before the name with a slash,
/// and only then by what is in it.
/// </summary>
/// <param name="start">The start of the tree; stays open.</param>
internal sealed class TreeWalk(TreeDirectory start) : IDisposable
{
    private readonly TreeTrail _trail = new(start);
    private readonly Stack<TreeFrame> _frames = [];

    /// <summary>The directory that <see cref="Name"/> is in.</summary>
    public TreeDirectory Directory => _trail.Current;

    /// <summary>The entry's name.</summary>
    public ReadOnlySpan<byte> Name => _frames.Peek().Current;

    /// <summary>What the entry is.</summary>
    public TreeStat Stat { get; private set; }

    /// <summary>The entry's path, as bytes.</summary>
    public ReadOnlySpan<byte> Path => _path.AsSpan(0, _pathLength);

    private byte[] _path = new byte[4096];
    private int _pathLength;

    /// <summary>Goes to the next entry.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="ArchiveProblem">The tree holds something that no archive can hold, or changes meanwhile.</exception>
    public bool Next()
    {
        if (_frames.Count == 0)
            _frames.Push(new TreeFrame(start.Stat(), start.Names(), 0));
        while (true)
        {
            var frame = _frames.Peek();
            if (frame.ToEnter() is { } directory)
                Enter(frame, directory.Index, directory.Stat);
            else if (frame.Advance())
            {
                if (_frames.Count == 1 && IsPrivate(frame.Current))
                    continue;
                Take(frame);
                return true;
            }
            else if (!Leave(frame))
                return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _trail.Dispose();

    /// <summary>Whether an entry at the top of a tree is nobody's work.</summary>
    internal static bool IsPrivate(ReadOnlySpan<byte> name) => name.SequenceEqual(".rensei"u8) || name.SequenceEqual(".donmai"u8);

    private void Take(TreeFrame frame)
    {
        Stat = Directory.Usable(frame.Current);
        if (Stat.Kind is TreeEntryKind.Directory)
            frame.EnterLater(Stat);
        _pathLength = frame.PathLength;
        Append(frame.Current);
    }

    private void Enter(TreeFrame frame, int index, TreeStat seen)
    {
        var name = frame.NameOf(index);
        _trail.Enter(name);
        _pathLength = frame.PathLength;
        Append(name);
        Append("/"u8);
        var stat = _trail.Current.Stat();
        if (stat != seen)
            throw _trail.Current.Problem([], "changed while it was read");
        _frames.Push(new TreeFrame(stat, _trail.Current.Names(), _pathLength));
    }

    // Whatever came or went while the directory was read has changed it.
    private bool Leave(TreeFrame frame)
    {
        if (_trail.Current.Stat() != frame.Stat)
            throw _trail.Current.Problem([], "changed while it was read");
        _frames.Pop();
        if (_frames.Count == 0)
            return false;
        _trail.Leave();
        return true;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (_pathLength + bytes.Length > _path.Length)
            Array.Resize(ref _path, Math.Max(_path.Length * 2, _pathLength + bytes.Length));
        bytes.CopyTo(_path.AsSpan(_pathLength));
        _pathLength += bytes.Length;
    }
}
