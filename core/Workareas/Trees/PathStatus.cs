using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Donmai.Core.Workareas.Trees;

/// <summary>What stands at a path, links as links.</summary>
internal static unsafe partial class PathStatus
{
    private const int StatSize = 256;

    /// <summary>What stands at a path; <see langword="null"/> for nothing that can be looked at.</summary>
    public static TreeStat? Of(string path)
    {
        if (OperatingSystem.IsLinux())
            return TreeNative.Stat(path, out var stat) == 0 ? stat : null;
        if (!OperatingSystem.IsMacOS())
            return null;
        var buffer = stackalloc byte[StatSize];
        var failed = RuntimeInformation.ProcessArchitecture is Architecture.X64 ? LinkStatus64(path, buffer) : LinkStatus(path, buffer);
        return failed == 0 ? Read(buffer) : null;
    }

    /// <summary>What an open file is now.</summary>
    public static TreeStat? Of(SafeFileHandle file)
    {
        if (OperatingSystem.IsLinux())
            return TreeNative.Stat(file, [], out var stat) == 0 ? stat : null;
        if (!OperatingSystem.IsMacOS())
            return null;
        var buffer = stackalloc byte[StatSize];
        var failed = RuntimeInformation.ProcessArchitecture is Architecture.X64 ? FileStatus64(file, buffer) : FileStatus(file, buffer);
        return failed == 0 ? Read(buffer) : null;
    }

    // struct stat of macOS with 64-bit inodes.
    private static TreeStat Read(byte* status) => new(
        *(ushort*)(status + 4), *(long*)(status + 96), *(ulong*)(status + 8), Nanoseconds(status + 48), Nanoseconds(status + 64));

    private static long Nanoseconds(byte* time) => (*(long*)time * 1_000_000_000) + *(long*)(time + 8);

    [LibraryImport("libc", EntryPoint = "lstat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LinkStatus(string path, byte* buffer);

    [LibraryImport("libc", EntryPoint = "lstat$INODE64", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LinkStatus64(string path, byte* buffer);

    [LibraryImport("libc", EntryPoint = "fstat")]
    private static partial int FileStatus(SafeFileHandle file, byte* buffer);

    [LibraryImport("libc", EntryPoint = "fstat$INODE64")]
    private static partial int FileStatus64(SafeFileHandle file, byte* buffer);
}
