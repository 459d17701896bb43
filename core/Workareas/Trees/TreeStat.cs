using System.Runtime.InteropServices;

namespace Donmai.Core.Workareas.Trees;

/// <summary>What the file system says of an entry, links as links.</summary>
/// <param name="Mode">The bits of <c>st_mode</c>.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Inode">Number of the entry on its volume.</param>
/// <param name="ModifiedNs">When its content changed, nanoseconds since 1970.</param>
/// <param name="ChangedNs">When anything of it changed, nanoseconds since 1970; no program can set it back.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TreeStat(int Mode, long Size, ulong Inode, long ModifiedNs, long ChangedNs)
{
    private const int TypeMask = 0xF000;

    /// <summary>What it is; <see langword="null"/> for a FIFO, a socket or a device.</summary>
    public TreeEntryKind? Kind => (Mode & TypeMask) switch
    {
        0x4000 => TreeEntryKind.Directory,
        0x8000 => TreeEntryKind.File,
        0xA000 => TreeEntryKind.Link,
        _ => null,
    };

    /// <summary>The word for what it is.</summary>
    public string KindName => (Mode & TypeMask) switch
    {
        0x1000 => "a FIFO",
        0x2000 or 0x6000 => "a device",
        0x4000 => "a directory",
        0x8000 => "a file",
        0xA000 => "a symbolic link",
        0xC000 => "a socket",
        _ => "nothing that an archive can hold",
    };
}
