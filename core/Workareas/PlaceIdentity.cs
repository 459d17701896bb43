using System.Runtime.InteropServices;

namespace Donmai.Core.Workareas;

/// <summary>Which directory a path leads to, links followed.</summary>
/// <param name="Device">Its volume.</param>
/// <param name="Inode">Its number there.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly unsafe partial record struct PlaceIdentity(ulong Device, ulong Inode)
{
    private const int StatusBytes = 256;
    private const int CurrentDirectory = -100;
    private const uint Basic = 0x7ff;
    private const int TypeMask = 0xF000;
    private const int DirectoryType = 0x4000;

    /// <summary>What is at a path; <see langword="null"/> for no directory.</summary>
    public static PlaceIdentity? Of(string path)
    {
        if (!OperatingSystem.IsLinux())
            return Directory.Exists(path) ? default(PlaceIdentity) : null;
        var status = stackalloc byte[StatusBytes];
        if (Status(CurrentDirectory, path, 0, Basic, status) != 0 || (*(ushort*)(status + 28) & TypeMask) != DirectoryType)
            return null;
        return new PlaceIdentity(*(ulong*)(status + 136), *(ulong*)(status + 32));
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Status(int directory, string path, int flags, uint mask, byte* status);
}
