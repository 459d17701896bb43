using Donmai.Core.Daemon;
using Microsoft.Win32.SafeHandles;

namespace Donmai.Core.Workareas.Trees;

/// <summary>The index of one archive on disk.</summary>
/// <param name="archive">Directory of the archive.</param>
internal sealed class IndexFile(string archive)
{
    private readonly string _path = Path.Join(archive, IndexFormat.Name);
    private readonly string _unfinished = Path.Join(archive, IndexFormat.UnfinishedName);

    /// <summary>Opens it; <see langword="null"/> when there is none that can be read.</summary>
    public SafeFileHandle? Open()
    {
        if (PathStatus.Of(_path) is not { Kind: TreeEntryKind.File })
            return null;
        try
        {
            return File.OpenHandle(_path);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Makes it from a tree; where the archive cannot be written to, in a file of its own that is gone when it is closed.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="former">A former index that is sound.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="ArchiveProblem">The tree cannot be used.</exception>
    /// <exception cref="IOException">There is no room anywhere.</exception>
    public IndexWritten Make(TreeDirectory tree, SafeFileHandle? former, CancellationToken cancellationToken)
    {
        try
        {
            return Beside(tree, former, cancellationToken);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            return Elsewhere(tree, former, cancellationToken);
        }
    }

    private IndexWritten Beside(TreeDirectory tree, SafeFileHandle? former, CancellationToken cancellationToken)
    {
        File.Delete(_unfinished);
        var file = new FileStream(_unfinished, DurableFile.OwnerOnly(FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete));
        try
        {
            var written = Write(file, tree, former, cancellationToken);
            file.Flush(flushToDisk: true);
            File.Move(_unfinished, _path, overwrite: true);
            return written;
        }
        catch
        {
            file.Dispose();
            File.Delete(_unfinished);
            throw;
        }
    }

    private static IndexWritten Elsewhere(TreeDirectory tree, SafeFileHandle? former, CancellationToken cancellationToken)
    {
        var options = DurableFile.OwnerOnly(FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        options.Options = FileOptions.DeleteOnClose;
        var file = new FileStream(Path.Join(Path.GetTempPath(), $"donmai-index-{Guid.NewGuid():N}"), options);
        try
        {
            return Write(file, tree, former, cancellationToken);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static IndexWritten Write(FileStream file, TreeDirectory tree, SafeFileHandle? former, CancellationToken cancellationToken)
    {
        // A new file tells the time of its file system, which is the one that the entries' stamps are of.
        var began = PathStatus.Of(file.SafeFileHandle)?.ModifiedNs ?? 0;
        using var writer = new IndexWriter(file);
        using var cursor = former is null ? null : new IndexCursor(former);
        new IndexBuilder(tree, writer, cursor, began).Build(cancellationToken);
        return new IndexWritten(file.SafeFileHandle, writer.Entries, writer.Size);
    }
}
