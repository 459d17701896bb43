using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Donmai.Core.Workareas.Trees;

/// <summary>The calls of Linux that change what is in a directory by its handle. Each gives the system's error, 0 for none.</summary>
internal static unsafe partial class TargetNative
{
    private const int LongestName = 255;
    private const int NameTooLong = 36;
    private const int WriteOnly = 0x1;
    private const int CreateNew = 0x40 | 0x80;
    private const int CloseOnExec = 0x80000;
    private const nuint CloneRequest = 0x40049409;
    private const nint MostAtOnce = 1 << 30;

    /// <summary>Makes a directory.</summary>
    public static int MakeDirectory(SafeFileHandle directory, ReadOnlySpan<byte> name, int mode)
    {
        Span<byte> terminated = stackalloc byte[LongestName + 1];
        if (!Terminate(name, terminated))
            return NameTooLong;
        fixed (byte* text = terminated)
            return Error(MkdirAt(Number(directory), text, (uint)mode));
    }

    /// <summary>Makes a directory at a path.</summary>
    public static int MakeDirectory(string path, int mode) => Error(Mkdir(path, (uint)mode));

    /// <summary>Makes a file that is not there yet and opens it for writing.</summary>
    public static int MakeFile(SafeFileHandle directory, ReadOnlySpan<byte> name, int mode, out SafeFileHandle file)
    {
        Span<byte> terminated = stackalloc byte[LongestName + 1];
        var descriptor = -1;
        var error = NameTooLong;
        if (Terminate(name, terminated))
            fixed (byte* text = terminated)
                do
                {
                    descriptor = OpenAt(Number(directory), text, WriteOnly | CreateNew | CloseOnExec, (uint)mode);
                    error = descriptor < 0 ? Marshal.GetLastPInvokeError() : 0;
                }
                while (error == TreeNative.Interrupted);
        file = new SafeFileHandle(descriptor, ownsHandle: true);
        return error;
    }

    /// <summary>Makes a link.</summary>
    public static int MakeLink(SafeFileHandle directory, ReadOnlySpan<byte> name, byte[] target)
    {
        Span<byte> terminated = stackalloc byte[LongestName + 1];
        if (!Terminate(name, terminated))
            return NameTooLong;
        byte[] targetText = [.. target, 0];
        fixed (byte* text = terminated)
        fixed (byte* to = targetText)
            return Error(SymlinkAt(to, Number(directory), text));
    }

    /// <summary>Gives an open file or directory its permissions.</summary>
    public static int SetMode(SafeFileHandle opened, int mode) => Error(ChangeMode(Number(opened), (uint)mode));

    /// <summary>Lets a file have the blocks of another; the file system copies what is written to later.</summary>
    public static int Clone(SafeFileHandle from, SafeFileHandle to) => Error(Control(Number(to), CloneRequest, Number(from)));

    /// <summary>Copies the next bytes within the system.</summary>
    /// <param name="from">Read from where it stands.</param>
    /// <param name="to">Written to where it stands.</param>
    /// <param name="copied">How many; 0 at the end.</param>
    public static int CopyRange(SafeFileHandle from, SafeFileHandle to, out long copied)
    {
        copied = CopyFileRange(Number(from), null, Number(to), null, MostAtOnce, 0);
        return copied < 0 ? Marshal.GetLastPInvokeError() : 0;
    }

    /// <summary>Brings everything on a handle's volume to disk.</summary>
    public static int FlushVolume(SafeFileHandle opened) => Error(SynchronizeVolume(Number(opened)));

    private static int Error(int result) => result < 0 ? Marshal.GetLastPInvokeError() : 0;

    private static int Number(SafeFileHandle handle) => (int)handle.DangerousGetHandle();

    private static bool Terminate(ReadOnlySpan<byte> name, Span<byte> terminated)
    {
        if (!name.TryCopyTo(terminated[..LongestName]))
            return false;
        terminated[name.Length] = 0;
        return true;
    }

    [LibraryImport("libc", EntryPoint = "mkdirat", SetLastError = true)]
    private static partial int MkdirAt(int directory, byte* name, uint mode);

    [LibraryImport("libc", EntryPoint = "mkdir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Mkdir(string path, uint mode);

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true)]
    private static partial int OpenAt(int directory, byte* name, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "symlinkat", SetLastError = true)]
    private static partial int SymlinkAt(byte* target, int directory, byte* name);

    [LibraryImport("libc", EntryPoint = "fchmod", SetLastError = true)]
    private static partial int ChangeMode(int descriptor, uint mode);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(int descriptor, nuint request, nint argument);

    [LibraryImport("libc", EntryPoint = "copy_file_range", SetLastError = true)]
    private static partial nint CopyFileRange(int from, long* fromOffset, int to, long* toOffset, nint length, uint flags);

    [LibraryImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    private static partial int SynchronizeVolume(int descriptor);
}
