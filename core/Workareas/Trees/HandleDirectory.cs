using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Donmai.Core.Workareas.Trees;

/// <summary>A directory on Linux: a handle, from which everything in it is reached.</summary>
internal sealed class HandleDirectory : TreeDirectory
{
    private const int ListingBytes = 64 * 1024;
    private const int NameOffset = 19;
    private const int LengthOffset = 16;

    private readonly SafeFileHandle _handle;

    private HandleDirectory(TreeDirectory? parent, byte[] name, SafeFileHandle handle)
        : base(parent, name) => _handle = handle;

    /// <summary>Opens the start of a tree.</summary>
    public static HandleDirectory OpenRoot(string path, bool follow)
    {
        var error = TreeNative.Open(path, follow ? TreeNative.FollowedDirectoryFlags : TreeNative.DirectoryFlags, out var handle);
        return error == 0 ? new HandleDirectory(null, [], handle) : throw Refusal(error, "the start of the tree");
    }

    /// <inheritdoc/>
    public override TreeNames Names()
    {
        var names = new TreeNames();
        var buffer = ArrayPool<byte>.Shared.Rent(ListingBytes);
        try
        {
            TreeNative.Rewind(_handle);
            int count;
            while ((count = TreeNative.Entries(_handle, buffer)) > 0)
                Take(buffer.AsSpan(0, count), names);
            return count == 0 ? names.Sort() : throw Refused(-count, []);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <inheritdoc/>
    public override TreeStat Stat(ReadOnlySpan<byte> entry) =>
        TreeNative.Stat(_handle, entry, out var stat) is var error and not 0 ? throw Refused(error, entry) : stat;

    /// <inheritdoc/>
    public override TreeStat Stat() => Stat([]);

    /// <inheritdoc/>
    public override TreeStat Stat(SafeFileHandle file) =>
        TreeNative.Stat(file, [], out var stat) is var error and not 0 ? throw Refused(error, []) : stat;

    /// <inheritdoc/>
    public override TreeDirectory Enter(ReadOnlySpan<byte> entry) =>
        new HandleDirectory(this, entry.ToArray(), Opened(entry, TreeNative.DirectoryFlags));

    /// <inheritdoc/>
    public override TreeDirectory Begin(ReadOnlySpan<byte> entry) => new HandleDirectory(null, [], Opened(entry, TreeNative.DirectoryFlags));

    /// <inheritdoc/>
    public override void Retain()
    {
        var kept = false;
        _handle.DangerousAddRef(ref kept);
    }

    /// <inheritdoc/>
    public override void Release() => _handle.DangerousRelease();

    /// <inheritdoc/>
    public override SafeFileHandle OpenFile(ReadOnlySpan<byte> entry)
    {
        var handle = Opened(entry, TreeNative.FileFlags);
        try
        {
            // What was a file may have become something else since it was looked at; opening does not wait, whatever it is.
            return Stat(handle).Kind is TreeEntryKind.File ? handle : throw Problem(entry, "changed while it was read");
        }
        catch (ArchiveProblem)
        {
            handle.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override int Read(ReadOnlySpan<byte> entry, SafeFileHandle file, Span<byte> buffer, long offset) =>
        TreeNative.Read(file, buffer, offset) is var count && count >= 0 ? count : throw Refused(-count, entry);

    /// <inheritdoc/>
    public override byte[] ReadLink(ReadOnlySpan<byte> entry) =>
        TreeNative.Link(_handle, entry, out var target) is var error and not 0 ? throw Refused(error, entry) : target;

    /// <inheritdoc/>
    public override void Remove(ReadOnlySpan<byte> entry, bool isDirectory)
    {
        if (TreeNative.Remove(_handle, entry, isDirectory) is var error and not 0)
            throw Refused(error, entry);
    }

    /// <inheritdoc/>
    public override void Unlock(ReadOnlySpan<byte> entry)
    {
        using var directory = Opened(entry, TreeNative.PlaceFlags);
        if (TreeNative.Unlock(directory) is var error and not 0)
            throw Refused(error, entry);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => _handle.Dispose();

    private static void Take(ReadOnlySpan<byte> entries, TreeNames names)
    {
        while (!entries.IsEmpty)
        {
            var length = MemoryMarshal.Read<ushort>(entries[LengthOffset..]);
            var name = entries[NameOffset..length];
            name = name[..name.IndexOf((byte)0)];
            if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8))
                names.Add(name);
            entries = entries[length..];
        }
    }

    private SafeFileHandle Opened(ReadOnlySpan<byte> entry, int flags)
    {
        var error = TreeNative.Open(_handle, entry, flags, out var handle);
        return error == 0 ? handle : throw Refused(error, entry);
    }

    private Exception Refused(int error, ReadOnlySpan<byte> entry) => Refusal(error, PathOf(entry));

    private static Exception Refusal(int error, string what) => error switch
    {
        TreeNative.Missing or TreeNative.NoDirectory or TreeNative.TooManyLinks => new ArchiveProblem($"{what} changed while it was read"),
        _ when TreeNative.IsShortage(error) => new IOException($"{what} cannot be opened now: {Marshal.GetPInvokeErrorMessage(error)}"),
        _ => new ArchiveProblem($"{what} cannot be read: {Marshal.GetPInvokeErrorMessage(error)}"),
    };
}
