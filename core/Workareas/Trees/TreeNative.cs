using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Donmai.Core.Workareas.Trees;

/// <summary>The calls of Linux that reach entries by the handle of their directory.</summary>
internal static unsafe partial class TreeNative
{
    public const int Interrupted = 4;
    public const int Missing = 2;
    public const int NoDirectory = 20;
    public const int TooManyLinks = 40;
    public const int CurrentDirectory = -100;

    private const int NoMemory = 12;
    private const int TooManyInSystem = 23;
    private const int TooManyInProcess = 24;
    private const int NoFollow = 0x100;
    private const int EmptyPath = 0x1000;
    private const uint Basic = 0x7ff;
    private const int StatSize = 256;
    private const int LongestName = 255;
    private const int NameTooLong = 36;
    private const int CloseOnExec = 0x80000;
    private const int NonBlocking = 0x800;
    private const int OnlyPlace = 0x200000;
    private const int RemoveDirectory = 0x200;
    private const uint OwnerEverything = 0x1c0;

    // The only flags of open that differ between processors.
    private static readonly bool Arm = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm;
    private static readonly int OnlyDirectory = Arm ? 0x4000 : 0x10000;
    private static readonly int LinksNot = Arm ? 0x8000 : 0x20000;

    // By its number: C libraries before glibc 2.30 have no function for it.
    private static readonly nint DirectoryEntriesCall = RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm ? 217 : 61;

    public static int DirectoryFlags => OnlyDirectory | LinksNot | CloseOnExec;

    public static int PlaceFlags => DirectoryFlags | OnlyPlace;

    public static int FollowedDirectoryFlags => OnlyDirectory | CloseOnExec;

    public static int FileFlags => LinksNot | CloseOnExec | NonBlocking;

    /// <summary>Whether the machine, not the entry, is at its end.</summary>
    public static bool IsShortage(int error) => error is NoMemory or TooManyInSystem or TooManyInProcess;

    /// <summary>Opens an entry.</summary>
    public static int Open(SafeFileHandle? directory, ReadOnlySpan<byte> name, int flags, out SafeFileHandle opened)
    {
        Span<byte> terminated = stackalloc byte[LongestName + 1];
        var error = Terminate(name, ref terminated);
        int descriptor = -1;
        if (error == 0)
            fixed (byte* text = terminated)
                do
                {
                    descriptor = OpenAt(Number(directory), text, flags, 0);
                    error = descriptor < 0 ? Marshal.GetLastPInvokeError() : 0;
                }
                while (error == Interrupted);
        opened = new SafeFileHandle(descriptor, ownsHandle: true);
        return error;
    }

    /// <summary>Opens a path whose last part may be no link.</summary>
    public static int Open(string path, int flags, out SafeFileHandle opened)
    {
        int error;
        int descriptor;
        do
        {
            descriptor = OpenPath(path, flags, 0);
            error = descriptor < 0 ? Marshal.GetLastPInvokeError() : 0;
        }
        while (error == Interrupted);
        opened = new SafeFileHandle(descriptor, ownsHandle: true);
        return error;
    }

    /// <summary>What stands at a name; an empty name asks for the handle itself.</summary>
    public static int Stat(SafeFileHandle directory, ReadOnlySpan<byte> name, out TreeStat stat)
    {
        Span<byte> terminated = stackalloc byte[LongestName + 1];
        var buffer = stackalloc byte[StatSize];
        stat = default;
        if (Terminate(name, ref terminated) is not 0 and var error)
            return error;
        fixed (byte* text = terminated)
            if (ExtendedStatus(Number(directory), text, name.IsEmpty ? EmptyPath : NoFollow, Basic, buffer) != 0)
                return Marshal.GetLastPInvokeError();
        stat = Read(buffer);
        return 0;
    }

    /// <summary>What stands at a path.</summary>
    public static int Stat(string path, out TreeStat stat)
    {
        var buffer = stackalloc byte[StatSize];
        stat = default;
        if (ExtendedStatus(CurrentDirectory, path, NoFollow, Basic, buffer) != 0)
            return Marshal.GetLastPInvokeError();
        stat = Read(buffer);
        return 0;
    }

    /// <summary>Reads the next entries of a directory.</summary>
    /// <returns>Bytes, 0 at the end, a negative error.</returns>
    public static int Entries(SafeFileHandle directory, Span<byte> buffer)
    {
        fixed (byte* into = buffer)
        {
            var count = (int)DirectoryEntries(DirectoryEntriesCall, Number(directory), into, (nuint)buffer.Length);
            return count < 0 ? -Marshal.GetLastPInvokeError() : count;
        }
    }

    /// <summary>Reads from a file.</summary>
    /// <returns>Bytes, 0 at the end, a negative error.</returns>
    public static int Read(SafeFileHandle file, Span<byte> buffer, long offset)
    {
        fixed (byte* into = buffer)
            while (true)
            {
                var count = (int)ReadAt(Number(file), into, (nuint)buffer.Length, offset);
                if (count >= 0)
                    return count;
                if (Marshal.GetLastPInvokeError() is var error and not Interrupted)
                    return -error;
            }
    }

    /// <summary>Begins a directory anew.</summary>
    public static void Rewind(SafeFileHandle directory) => _ = Seek(Number(directory), 0, 0);

    /// <summary>Removes an entry.</summary>
    public static int Remove(SafeFileHandle directory, ReadOnlySpan<byte> name, bool isDirectory)
    {
        Span<byte> terminated = stackalloc byte[LongestName + 1];
        if (Terminate(name, ref terminated) is not 0 and var error)
            return error;
        fixed (byte* text = terminated)
            return UnlinkAt(Number(directory), text, isDirectory ? RemoveDirectory : 0) == 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    /// <summary>Gives a directory that is open as a place the mode 0700: there is no call for that which follows no links on every kernel.</summary>
    public static int Unlock(SafeFileHandle place) =>
        ChangeMode($"/proc/self/fd/{Number(place)}", OwnerEverything) == 0 ? 0 : Marshal.GetLastPInvokeError();

    /// <summary>The target of a link.</summary>
    public static int Link(SafeFileHandle directory, ReadOnlySpan<byte> name, out byte[] target)
    {
        Span<byte> terminated = stackalloc byte[LongestName + 1];
        target = [];
        if (Terminate(name, ref terminated) is not 0 and var error)
            return error;
        for (var size = 4096; ; size *= 2)
        {
            var rented = ArrayPool<byte>.Shared.Rent(size);
            try
            {
                nint length;
                fixed (byte* text = terminated)
                fixed (byte* into = rented)
                    length = ReadLinkAt(Number(directory), text, into, (nuint)rented.Length);
                if (length < 0)
                    return Marshal.GetLastPInvokeError();
                if (length == rented.Length)
                    continue;
                target = rented.AsSpan(0, (int)length).ToArray();
                return 0;
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    // struct statx is the same on every processor.
    private static TreeStat Read(byte* status) => new(
        *(ushort*)(status + 28), *(long*)(status + 40), *(ulong*)(status + 32), Nanoseconds(status + 112), Nanoseconds(status + 96));

    private static long Nanoseconds(byte* time) => (*(long*)time * 1_000_000_000) + *(uint*)(time + 8);

    private static int Number(SafeFileHandle? handle) => handle is null ? CurrentDirectory : (int)handle.DangerousGetHandle();

    private static int Terminate(ReadOnlySpan<byte> name, scoped ref Span<byte> terminated)
    {
        if (name.Length > LongestName)
            return NameTooLong;
        name.CopyTo(terminated);
        terminated[name.Length] = 0;
        return 0;
    }

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true)]
    private static partial int OpenAt(int directory, byte* name, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenPath(string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true)]
    private static partial int ExtendedStatus(int directory, byte* name, int flags, uint mask, byte* status);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ExtendedStatus(int directory, string path, int flags, uint mask, byte* status);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint DirectoryEntries(nint call, nint directory, byte* buffer, nuint size);

    [LibraryImport("libc", EntryPoint = "pread", SetLastError = true)]
    private static partial nint ReadAt(int file, byte* buffer, nuint size, long offset);

    [LibraryImport("libc", EntryPoint = "lseek", SetLastError = true)]
    private static partial long Seek(int descriptor, long offset, int origin);

    [LibraryImport("libc", EntryPoint = "unlinkat", SetLastError = true)]
    private static partial int UnlinkAt(int directory, byte* name, int flags);

    [LibraryImport("libc", EntryPoint = "chmod", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeMode(string path, uint mode);

    [LibraryImport("libc", EntryPoint = "readlinkat", SetLastError = true)]
    private static partial nint ReadLinkAt(int directory, byte* name, byte* target, nuint size);
}
