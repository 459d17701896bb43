using System.Runtime.InteropServices;

namespace Donmai.Core.Workareas;

/// <summary>Tells what stands at a path without following links and without opening it: opening a FIFO would wait for ever.</summary>
internal static unsafe partial class FileKinds
{
    private const int TypeMask = 0xF000;
    private const int Regular = 0x8000;
    private const int Directory = 0x4000;
    private const int Link = 0xA000;

    // struct statx is the same on every processor; struct stat of macOS has the mode at 4.
    private const int BufferSize = 256;
    private const int ModeOffset = 28;
    private const int ModeOffsetMac = 4;
    private const int CurrentDirectory = -100;
    private const int NoFollow = 0x100;
    private const uint TypeOnly = 1;

    /// <summary>Whether it is a FIFO, a socket or a device.</summary>
    internal static bool IsSpecial(FileSystemInfo entry)
    {
        // None of them has a length; most files do, and need not be asked.
        if (OperatingSystem.IsWindows() || entry is not FileInfo { Length: 0, LinkTarget: null })
            return false;
        var buffer = stackalloc byte[BufferSize];
        var failed = OperatingSystem.IsMacOS()
            ? LinkStatus(entry.FullName, buffer)
            : ExtendedStatus(CurrentDirectory, entry.FullName, NoFollow, TypeOnly, buffer);
        if (failed != 0)
            return false;
        var mode = *(ushort*)(buffer + (OperatingSystem.IsMacOS() ? ModeOffsetMac : ModeOffset));
        return (mode & TypeMask) is not (Regular or Directory or Link);
    }

    /// <summary>Whether it is a symbolic link.</summary>
    internal static bool IsLink(FileSystemInfo entry) => entry.LinkTarget is not null;

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ExtendedStatus(int directory, string path, int flags, uint mask, byte* buffer);

    [LibraryImport("libc", EntryPoint = "lstat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LinkStatus(string path, byte* buffer);
}
