using Donmai.Core.Daemon;
using Microsoft.Win32.SafeHandles;

namespace Donmai.Core.Workareas.Trees;

/// <summary>
/// One directory that is being filled with the entries of a <see cref="TreeDirectory"/>. Entries are made by their name in it, never by a path,
/// so that no path is too long; nothing that is there already is written to.
/// </summary>
internal abstract class TreeTarget : IDisposable
{
    /// <summary>Permissions of a directory until it is full.</summary>
    public const int OwnerOnly = 0x1C0;

    /// <summary>The permissions in the bits of <c>st_mode</c>.</summary>
    public const int Permissions = 0x1FF;

    /// <summary>Makes the start of a tree.</summary>
    /// <param name="path">Its place, in a directory that exists.</param>
    /// <param name="mode">Permissions, of which the process's mask takes away.</param>
    /// <exception cref="IOException">It is there already, or the disk refused.</exception>
    public static TreeTarget Create(string path, int mode) =>
        OperatingSystem.IsLinux() ? HandleTarget.CreateRoot(path, mode) : PathTarget.CreateRoot(path, mode);

    /// <summary>Brings what was made to disk, with everything else on its volume: one flush for all files is much less than one for each.</summary>
    /// <param name="path">The start of the tree.</param>
    /// <exception cref="IOException">The disk refused.</exception>
    public static void Flush(string path)
    {
        if (OperatingSystem.IsLinux())
            HandleTarget.FlushVolume(path);
        else
            DurableFile.FlushEverything();
    }

    /// <summary>Makes a directory and opens it.</summary>
    /// <param name="source">The directory it comes from.</param>
    /// <param name="name">Its name in both.</param>
    /// <param name="mode">Permissions, of which the process's mask takes away.</param>
    /// <exception cref="IOException">The disk refused.</exception>
    public abstract TreeTarget MakeDirectory(TreeDirectory source, ReadOnlySpan<byte> name, int mode);

    /// <summary>Makes a file with the content of <paramref name="content"/>: its blocks where the file system can share them, else a copy.</summary>
    /// <param name="source">The directory the file comes from.</param>
    /// <param name="name">The file's name in both.</param>
    /// <param name="content">The file, open for reading.</param>
    /// <param name="stat">What the file is.</param>
    /// <param name="exactly">Whether it gets the permissions as they are, and not what the process's mask leaves of them.</param>
    /// <exception cref="IOException">The disk refused.</exception>
    public abstract void MakeFile(TreeDirectory source, ReadOnlySpan<byte> name, SafeFileHandle content, TreeStat stat, bool exactly);

    /// <summary>Makes a link with this target text.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public abstract void MakeLink(TreeDirectory source, ReadOnlySpan<byte> name, byte[] target);

    /// <summary>Gives the directory exactly these permissions, once it is full.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public abstract void SetMode(TreeDirectory source, int mode);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes it.</summary>
    protected abstract void Dispose(bool disposing);
}
