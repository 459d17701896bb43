namespace Donmai.Core.Workareas;

/// <summary>Looks through a tree that is to be archived.</summary>
internal static class TreeSurvey
{
    /// <summary>Directories at the top of a tree that are nobody's work (workareas.md §6.1).</summary>
    private static readonly HashSet<string> Private = new(StringComparer.Ordinal) { ArchiveLayout.WorkerPrivate, ".rensei", ".donmai" };

    private static readonly EnumerationOptions Everything = new()
    {
        AttributesToSkip = FileAttributes.None,
        IgnoreInaccessible = false,
        RecurseSubdirectories = false,
    };

    /// <summary>Direct entries of a directory, links as links.</summary>
    internal static IEnumerable<FileSystemInfo> Entries(DirectoryInfo directory) => directory.EnumerateFileSystemInfos("*", Everything);

    /// <summary>Adds up the regular files and takes out what no archive can hold: sockets and FIFOs of processes that are gone.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="removed">Told the paths of what was taken out, relative to the tree.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Bytes of the regular files, private directories left out.</returns>
    internal static long Prepare(DirectoryInfo tree, Action<string> removed, CancellationToken cancellationToken)
    {
        var size = 0L;
        var directories = new Stack<DirectoryInfo>([tree]);
        while (directories.TryPop(out var directory))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var entry in Entries(directory))
                if (FileKinds.IsLink(entry) || (directory == tree && Private.Contains(entry.Name)))
                    continue;
                else if (entry is DirectoryInfo deeper)
                    directories.Push(deeper);
                else if (FileKinds.IsSpecial(entry))
                {
                    entry.Delete();
                    removed(Path.GetRelativePath(tree.FullName, entry.FullName));
                }
                else
                    size += ((FileInfo)entry).Length;
        }

        return size;
    }
}
