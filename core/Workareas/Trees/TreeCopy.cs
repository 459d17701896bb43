using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Donmai.Core.Workareas.Trees;

/// <summary>
/// Copies a tree with several threads: contents and permissions, links by their text, private directories with the rest; neither times nor
/// owners, and never as hard links (workareas.md §5). Every file goes from handle to handle, so no link is followed and no path is too long. The part
/// begun last is done first, which keeps the number of open directories small however large and deep the tree is.
/// </summary>
internal sealed class TreeCopy : IDisposable
{
    private const int NamesInPart = 128;

    private readonly TreeCopyOrder _order;
    private readonly CancellationTokenSource _ended;
    private readonly BlockingCollection<TreeCopyPart> _parts = new(new ConcurrentStack<TreeCopyPart>());
    private readonly LinksOut _linksOut = new();
    private int _left;
    private ExceptionDispatchInfo? _failure;

    private TreeCopy(TreeCopyOrder order, CancellationToken cancellationToken) =>
        (_order, _ended) = (order, CancellationTokenSource.CreateLinkedTokenSource(cancellationToken));

    /// <summary>Makes the copy; when this fails, what was made is still there.</summary>
    /// <exception cref="ArchiveProblem">The source holds something that cannot be copied, or changes meanwhile.</exception>
    /// <exception cref="IOException">The disk refused.</exception>
    public static async Task<TreeCopied> Run(TreeCopyOrder order, CancellationToken cancellationToken)
    {
        using var copy = new TreeCopy(order, cancellationToken);
        await copy.Run();
        return new TreeCopied(copy._linksOut.First());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _parts.Dispose();
        _ended.Dispose();
    }

    private async Task Run()
    {
        var start = new CopiedDirectory(_order.From, TreeTarget.Create(_order.To, FirstMode), 0, LastMode(_order.From), ownsSource: false);
        _left = 1;
        AddNames(start);
        Done();
        // Threads of their own: they wait for the disk and for each other, and there are few in the pool.
        await Task.WhenAll(Enumerable.Range(0, _order.Workers).Select(_ =>
            Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        while (_parts.TryTake(out var undone))
            undone.Directory.Release(whole: false);
        _failure?.Throw();
        _ended.Token.ThrowIfCancellationRequested();
        TreeTarget.Flush(_order.To);
    }

    private int FirstMode => _order.DirectoryMode ?? TreeTarget.OwnerOnly;

    private int? LastMode(TreeDirectory source) => _order.DirectoryMode is null ? source.Stat().Mode & TreeTarget.Permissions : null;

    private void Work()
    {
        try
        {
            foreach (var part in _parts.GetConsumingEnumerable(_ended.Token))
            {
                Do(part);
                Done();
            }
        }
        catch (OperationCanceledException)
        {
            // Another worker has failed, or nobody wants the copy any more.
        }
        catch (Exception failure)
        {
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(failure), null);
            _ended.Cancel();
        }
    }

    private void Done()
    {
        if (Interlocked.Decrement(ref _left) == 0)
            _parts.CompleteAdding();
    }

    private void Do(TreeCopyPart part)
    {
        var whole = false;
        try
        {
            if (part.Begins is { } name)
                Begin(part.Directory, name);
            else
                for (var i = part.Start; i < part.End; i++)
                    CopyEntry(part.Directory, part.Directory.Names[i]);
            whole = true;
        }
        finally
        {
            part.Directory.Release(whole);
        }
    }

    private void Begin(CopiedDirectory outer, byte[] name)
    {
        var from = outer.From.Enter(name);
        TreeTarget? to = null;
        try
        {
            to = outer.To.MakeDirectory(outer.From, name, FirstMode);
            AddNames(new CopiedDirectory(from, to, outer.Depth + 1, LastMode(from), ownsSource: true));
        }
        catch
        {
            to?.Dispose();
            from.Dispose();
            throw;
        }
    }

    private void AddNames(CopiedDirectory directory)
    {
        directory.Hold();
        for (var start = 0; start < directory.Names.Count; start += NamesInPart)
            Add(new TreeCopyPart(directory, null, start, Math.Min(start + NamesInPart, directory.Names.Count)));
        directory.Release(whole: true);
    }

    private void Add(TreeCopyPart part)
    {
        part.Directory.Hold();
        Interlocked.Increment(ref _left);
        _parts.Add(part);
    }

    private void CopyEntry(CopiedDirectory directory, ReadOnlySpan<byte> name)
    {
        _ended.Token.ThrowIfCancellationRequested();
        var stat = directory.From.Usable(name);
        switch (stat.Kind)
        {
            case TreeEntryKind.Directory:
                Add(new TreeCopyPart(directory, name.ToArray(), 0, 0));
                break;
            case TreeEntryKind.Link:
                var target = directory.From.ReadLink(name);
                directory.To.MakeLink(directory.From, name, target);
                _linksOut.Look(directory, name, target);
                break;
            default:
                CopyFile(directory, name);
                break;
        }
    }

    private void CopyFile(CopiedDirectory directory, ReadOnlySpan<byte> name)
    {
        using var file = directory.From.OpenFile(name);
        var before = directory.From.Stat(file);
        directory.To.MakeFile(directory.From, name, file, before, exactly: _order.DirectoryMode is null);
        var after = directory.From.Stat(file);
        if (after.Size != before.Size || after.ModifiedNs != before.ModifiedNs)
            throw directory.From.Problem(name, "changed while it was read");
    }
}
