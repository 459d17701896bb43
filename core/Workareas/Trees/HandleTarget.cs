using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Donmai.Core.Workareas.Trees;

/// <summary>A directory that is being filled on Linux: a handle, from which everything in it is made.</summary>
internal sealed class HandleTarget : TreeTarget
{
    private readonly SafeFileHandle _handle;
    private readonly FileContent _content;

    private HandleTarget(SafeFileHandle handle, FileContent content) => (_handle, _content) = (handle, content);

    /// <summary>Makes the start of a tree.</summary>
    public static HandleTarget CreateRoot(string path, int mode)
    {
        var name = Path.GetFileName(path);
        if (TargetNative.MakeDirectory(path, mode) is not 0 and var refused)
            throw Failure(refused, name);
        var error = TreeNative.Open(path, TreeNative.DirectoryFlags, out var handle);
        return error == 0 ? new HandleTarget(handle, new FileContent()) : throw Failure(error, name);
    }

    /// <summary>Brings everything on a directory's volume to disk.</summary>
    public static void FlushVolume(string path)
    {
        var error = TreeNative.Open(path, TreeNative.DirectoryFlags, out var handle);
        using (handle)
        {
            if (error == 0)
                error = TargetNative.FlushVolume(handle);
            if (error != 0)
                throw Failure(error, Path.GetFileName(path));
        }
    }

    /// <inheritdoc/>
    public override TreeTarget MakeDirectory(TreeDirectory source, ReadOnlySpan<byte> name, int mode)
    {
        Check(TargetNative.MakeDirectory(_handle, name, mode), source, name);
        Check(TreeNative.Open(_handle, name, TreeNative.DirectoryFlags, out var opened), source, name);
        return new HandleTarget(opened, _content);
    }

    /// <inheritdoc/>
    public override void MakeFile(TreeDirectory source, ReadOnlySpan<byte> name, SafeFileHandle content, TreeStat stat, bool exactly)
    {
        Check(TargetNative.MakeFile(_handle, name, stat.Mode & Permissions, out var file), source, name);
        using (file)
        {
            try
            {
                _content.Copy(content, file, stat.Size);
            }
            catch (IOException refusal)
            {
                throw new IOException($"{source.PathOf(name)} cannot be copied: {refusal.Message}", refusal);
            }

            if (exactly)
                Check(TargetNative.SetMode(file, stat.Mode & Permissions), source, name);
        }
    }

    /// <inheritdoc/>
    public override void MakeLink(TreeDirectory source, ReadOnlySpan<byte> name, byte[] target) =>
        Check(TargetNative.MakeLink(_handle, name, target), source, name);

    /// <inheritdoc/>
    public override void SetMode(TreeDirectory source, int mode) => Check(TargetNative.SetMode(_handle, mode), source, []);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => _handle.Dispose();

    private static void Check(int error, TreeDirectory source, ReadOnlySpan<byte> name)
    {
        if (error != 0)
            throw Failure(error, source.PathOf(name));
    }

    private static IOException Failure(int error, string what) => new($"{what} cannot be written: {Marshal.GetPInvokeErrorMessage(error)}");
}
