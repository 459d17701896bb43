using Donmai.Core.Workareas.Trees;
using Donmai.Workareas;

namespace Donmai.Core.Workareas.Restoring;

/// <summary>
/// An archive as it is found before it is restored. That its tree cannot be used is known here already and told by <see cref="Check"/>, after what
/// comes first in the order of refusals (workareas.md §5).
/// </summary>
internal sealed class ArchiveToRestore : IDisposable
{
    private TreeDirectory? _tree;
    private Exception? _problem;

    private ArchiveToRestore(string id, ArchiveManifest manifest) => (Id, Manifest) = (id, manifest);

    /// <summary>Its id.</summary>
    public string Id { get; }

    /// <summary>Its manifest.</summary>
    public ArchiveManifest Manifest { get; }

    /// <summary>Bytes of the regular files in its tree as they are, whatever the manifest says; 0 when it has none that can be read.</summary>
    public long SizeBytes { get; private set; }

    /// <summary>The start of its tree.</summary>
    public TreeDirectory Tree => _tree!;

    /// <summary>Looks at an archive.</summary>
    /// <exception cref="WorkareaNotFoundException">No such archive, or an id that cannot name one.</exception>
    /// <exception cref="ArchiveCorruptedException">Its manifest cannot be used.</exception>
    public static async Task<ArchiveToRestore> Open(string archiveRoot, string id, IArchiveTrees trees, CancellationToken cancellationToken)
    {
        var archive = new ArchiveToRestore(id, ReadManifest(archiveRoot, id));
        try
        {
            archive._tree = await trees.Tree(id, cancellationToken);
            using var walk = new TreeWalk(archive._tree);
            while (walk.Next())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (walk.Stat.Kind is TreeEntryKind.File)
                    archive.SizeBytes += walk.Stat.Size;
            }
        }
        catch (ArchiveCorruptedException problem)
        {
            archive._problem = problem;
        }
        catch (ArchiveProblem problem)
        {
            archive._problem = problem.ToRefusal();
        }
        catch (IOException failure)
        {
            archive._problem = new RestoreFailedException($"restore failed, nothing was kept: {failure.Message}");
        }

        return archive;
    }

    /// <summary>Says that the tree can be copied, as far as that is known.</summary>
    /// <exception cref="ArchiveCorruptedException">It is missing, or holds something that no archive can hold.</exception>
    /// <exception cref="RestoreFailedException">The machine is at its end.</exception>
    public void Check()
    {
        if (_problem is not null)
            throw _problem;
    }

    /// <inheritdoc/>
    public void Dispose() => _tree?.Dispose();

    private static ArchiveManifest ReadManifest(string archiveRoot, string id)
    {
        if (!ArchiveLayout.IsArchiveId(id))
            throw new WorkareaNotFoundException(id);
        var directory = new DirectoryInfo(new ArchiveLayout(archiveRoot).Archive(id));
        try
        {
            return directory.Exists && ArchiveReader.Read(directory) is { } manifest ? manifest : throw new WorkareaNotFoundException(id);
        }
        catch (ArchiveProblem problem)
        {
            throw problem.ToRefusal();
        }
    }
}
