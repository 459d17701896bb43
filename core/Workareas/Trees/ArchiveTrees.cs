using Donmai.Core.Daemon;
using Donmai.Workareas;

namespace Donmai.Core.Workareas.Trees;

/// <summary>The trees of the archives under the configured root, each with the index beside it.</summary>
internal sealed class ArchiveTrees(IDaemonConfiguration configuration, IArchiveUse use) : IArchiveTrees
{
    private const int Gates = 16;

    private readonly SemaphoreSlim[] _making = [.. Enumerable.Range(0, Gates).Select(static _ => new SemaphoreSlim(1))];

    /// <inheritdoc/>
    public async Task<ArchiveIndex> Open(string archiveId, CancellationToken cancellationToken)
    {
        var hold = use.Hold(archiveId);
        try
        {
            using var tree = await Tree(archiveId, cancellationToken);
            var file = new IndexFile(new ArchiveLayout(configuration.Current.ArchiveRoot).Archive(archiveId));
            return await Task.Run(() => Sound(file, tree, hold, cancellationToken), cancellationToken)
                ?? await Made(archiveId, file, tree, hold, cancellationToken);
        }
        catch (ArchiveProblem problem)
        {
            hold.Dispose();
            throw problem.ToRefusal();
        }
        catch
        {
            hold.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<TreeDirectory> Tree(string archiveId, CancellationToken cancellationToken)
    {
        if (!ArchiveLayout.IsArchiveId(archiveId))
            throw new WorkareaNotFoundException(archiveId);
        var layout = new ArchiveLayout(configuration.Current.ArchiveRoot);
        return Task.Run(() => Start(layout, archiveId), cancellationToken);
    }

    // Two that need it at once share the work: the second finds it made.
    private async Task<ArchiveIndex> Made(string archiveId, IndexFile file, TreeDirectory tree, IDisposable hold, CancellationToken cancellationToken)
    {
        var gate = _making[(uint)StringComparer.Ordinal.GetHashCode(archiveId) % Gates];
        await gate.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => Sound(file, tree, hold, cancellationToken) ?? Make(file, tree, hold, cancellationToken), cancellationToken);
        }
        finally
        {
            gate.Release();
        }
    }

    private static ArchiveIndex? Sound(IndexFile file, TreeDirectory tree, IDisposable hold, CancellationToken cancellationToken)
    {
        var index = file.Open();
        try
        {
            if (index is null || IndexCheck.Compare(index, tree, cancellationToken) is not { } found)
                return null;
            var sound = new ArchiveIndex(index, found.Entries, found.Size, hold);
            index = null;
            return sound;
        }
        catch (IndexDamage)
        {
            return null;
        }
        finally
        {
            index?.Dispose();
        }
    }

    private static ArchiveIndex Make(IndexFile file, TreeDirectory tree, IDisposable hold, CancellationToken cancellationToken)
    {
        using var former = file.Open();
        var known = former is not null && IndexCheck.IsSound(former, cancellationToken) ? former : null;
        var made = file.Make(tree, known, cancellationToken);
        return new ArchiveIndex(made.File, made.Entries, made.Size, hold);
    }

    private static TreeDirectory Start(ArchiveLayout layout, string id)
    {
        try
        {
            var place = new DirectoryInfo(layout.Archive(id));
            if (!place.Exists || ArchiveReader.Read(place) is null)
                throw new WorkareaNotFoundException(id);
            using var root = TreeDirectory.Open(layout.Root, follow: true);
            using var archive = root.Begin(System.Text.Encoding.UTF8.GetBytes(id));
            if (!Path.Exists(Path.Join(place.FullName, ArchiveLayout.TreeName)))
                throw new ArchiveProblem($"tree of \"{id}\" is missing");
            return archive.Begin("tree"u8);
        }
        catch (ArchiveProblem problem)
        {
            throw problem.ToRefusal();
        }
    }
}
