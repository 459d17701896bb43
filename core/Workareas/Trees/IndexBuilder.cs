namespace Donmai.Core.Workareas.Trees;

/// <summary>Makes the index of a tree: walks it once, and hashes on all processors what no former index knows.</summary>
/// <param name="tree">The start of the tree.</param>
/// <param name="writer">Takes the index.</param>
/// <param name="former">Hashes that are known; <see langword="null"/> for none.</param>
/// <param name="beganNs">The file system's clock when this began, nanoseconds since 1970.</param>
internal sealed class IndexBuilder(TreeDirectory tree, IndexWriter writer, IndexCursor? former, long beganNs)
{
    private const int MostPending = 512;

    private readonly List<IndexPending> _pending = new(MostPending);

    /// <summary>Makes it.</summary>
    /// <exception cref="ArchiveProblem">The tree holds something that no archive can hold, cannot be read, or changes meanwhile.</exception>
    public void Build(CancellationToken cancellationToken)
    {
        try
        {
            writer.Begin(Lasting(tree.Stat()));
            using var walk = new TreeWalk(tree);
            while (walk.Next())
            {
                _pending.Add(Pending(walk));
                if (_pending.Count == MostPending)
                    Write(cancellationToken);
            }

            Write(cancellationToken);
            writer.End();
        }
        finally
        {
            Forget();
        }
    }

    private IndexPending Pending(TreeWalk walk)
    {
        var (stat, directory) = (walk.Stat, walk.Directory);
        var pending = new IndexPending { Stat = stat, Path = walk.Path.ToArray(), NameLength = walk.Name.Length };
        switch (stat.Kind)
        {
            case TreeEntryKind.Link:
                pending.Target = directory.ReadLink(walk.Name);
                if (!System.Text.Unicode.Utf8.IsValid(pending.Target))
                    throw directory.Problem(walk.Name, "has a target that is no UTF-8");
                break;
            case TreeEntryKind.File:
                pending.Hash = new byte[IndexFormat.HashBytes];
                if (former is not null && former.TryHash(pending.Path, stat, pending.Hash))
                    break;
                directory.Retain();
                pending.Directory = directory;
                break;
        }

        return pending;
    }

    private void Write(CancellationToken cancellationToken)
    {
        var unknown = _pending.FindAll(static entry => entry.Directory is not null);
        try
        {
            Parallel.ForEach(unknown, new ParallelOptions { CancellationToken = cancellationToken }, entry => entry.WorkOut(cancellationToken));
        }
        catch (AggregateException several)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }

        foreach (var entry in _pending)
            writer.Write(Lasting(entry.Stat), entry.Path, entry.Hash, entry.Target);
        Forget();
    }

    private void Forget()
    {
        foreach (var entry in _pending)
            entry.Directory?.Release();
        _pending.Clear();
    }

    // What changed in the same tick of the file system's clock may change again without a trace: it is not believed the next time.
    private TreeStat Lasting(TreeStat stat) => stat.ChangedNs < beganNs ? stat : stat with { ChangedNs = 0 };
}
