namespace Donmai.Core.Workareas.Trees;

/// <summary>
/// The way from the start of a tree to the directory that is being read. However deep that is, few directories are open at a time: outer ones are
/// closed and found again, checked, when the way back reaches them.
/// </summary>
/// <param name="start">The start; stays open.</param>
internal sealed class TreeTrail(TreeDirectory start) : IDisposable
{
    private const int MostOpen = 64;

    private readonly List<Step> _steps = [];

    /// <summary>The directory it has come to.</summary>
    public TreeDirectory Current => Opened(_steps.Count);

    /// <summary>Goes into a directory of the current one.</summary>
    public void Enter(ReadOnlySpan<byte> name)
    {
        var directory = Current.Enter(name);
        _steps.Add(new Step(name.ToArray(), directory, 0));
        if (_steps.Count > MostOpen)
            Close(_steps.Count - 1 - MostOpen);
    }

    /// <summary>Goes back to the directory before.</summary>
    public void Leave()
    {
        _steps[^1].Directory?.Dispose();
        _steps.RemoveAt(_steps.Count - 1);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var step in _steps)
            step.Directory?.Dispose();
        _steps.Clear();
    }

    private void Close(int index)
    {
        if (_steps[index] is not { Directory: { } directory } step)
            return;
        _steps[index] = step with { Directory = null, Inode = directory.Stat().Inode };
        directory.Dispose();
    }

    private TreeDirectory Opened(int depth)
    {
        if (depth == 0)
            return start;
        if (_steps[depth - 1].Directory is { } open)
            return open;
        var from = depth - 1;
        while (from > 0 && _steps[from - 1].Directory is null)
            from--;
        for (; from < depth; from++)
        {
            Reopen(from);
            if (from >= MostOpen)
                Close(from - MostOpen);
        }

        return _steps[depth - 1].Directory!;
    }

    private void Reopen(int index)
    {
        var outer = index == 0 ? start : _steps[index - 1].Directory!;
        var step = _steps[index];
        var directory = outer.Enter(step.Name);
        _steps[index] = step with { Directory = directory };
        if (directory.Stat().Inode != step.Inode)
            throw outer.Problem(step.Name, "changed while it was read");
    }

    private readonly record struct Step(byte[] Name, TreeDirectory? Directory, ulong Inode);
}
