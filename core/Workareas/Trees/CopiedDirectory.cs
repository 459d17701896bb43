namespace Donmai.Core.Workareas.Trees;

/// <summary>A directory of the source beside its copy, open as long as parts of it are to be done.</summary>
internal sealed class CopiedDirectory(TreeDirectory from, TreeTarget to, int depth, int? mode, bool ownsSource)
{
    private int _parts;

    public TreeDirectory From => from;

    public TreeTarget To => to;

    /// <summary>How many directories lie around it within the tree.</summary>
    public int Depth => depth;

    /// <summary>The names in it.</summary>
    public TreeNames Names { get; } = from.Names();

    /// <summary>A part of it is to be done.</summary>
    public void Hold() => Interlocked.Increment(ref _parts);

    /// <summary>A part of it is done; with the last it gets its mode and is closed.</summary>
    /// <param name="whole">Whether the part was done as it should be.</param>
    public void Release(bool whole)
    {
        if (Interlocked.Decrement(ref _parts) > 0)
            return;
        try
        {
            // Last: the mode may forbid to make anything in it.
            if (whole && mode is { } wanted)
                to.SetMode(from, wanted);
        }
        finally
        {
            to.Dispose();
            if (ownsSource)
                from.Dispose();
        }
    }
}
