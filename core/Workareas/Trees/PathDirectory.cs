using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Donmai.Core.Workareas.Trees;

/// <summary>A directory where the system offers no handles for it: a path, looked at without following a link in its last part.</summary>
internal sealed class PathDirectory : TreeDirectory
{
    private static readonly EnumerationOptions Everything = new()
    {
        AttributesToSkip = FileAttributes.None,
        IgnoreInaccessible = false,
        ReturnSpecialDirectories = false,
    };

    private readonly string _path;

    private PathDirectory(TreeDirectory? parent, byte[] name, string path)
        : base(parent, name) => _path = path;

    /// <summary>Opens the start of a tree.</summary>
    public static PathDirectory OpenRoot(string path, bool follow)
    {
        var place = follow ? new DirectoryInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path : path;
        var root = new PathDirectory(null, [], place);
        return root.Stat().Kind is TreeEntryKind.Directory ? root : throw root.Problem([], "is no directory");
    }

    /// <inheritdoc/>
    public override TreeNames Names() => Asked([], () =>
    {
        var names = new TreeNames();
        foreach (var entry in new DirectoryInfo(_path).EnumerateFileSystemInfos("*", Everything))
            names.Add(Encoding.UTF8.GetBytes(entry.Name));
        return names.Sort();
    });

    /// <inheritdoc/>
    public override TreeStat Stat(ReadOnlySpan<byte> entry) => PathStatus.Of(At(entry)) ?? throw Problem(entry, "changed while it was read");

    /// <inheritdoc/>
    public override TreeStat Stat() => PathStatus.Of(_path) ?? throw Problem([], "changed while it was read");

    /// <inheritdoc/>
    public override TreeStat Stat(SafeFileHandle file) => PathStatus.Of(file) ?? throw Problem([], "cannot be looked at");

    /// <inheritdoc/>
    public override TreeDirectory Enter(ReadOnlySpan<byte> entry)
    {
        var directory = new PathDirectory(this, entry.ToArray(), At(entry));
        return directory.Stat().Kind is TreeEntryKind.Directory ? directory : throw Problem(entry, "changed while it was read");
    }

    /// <inheritdoc/>
    public override TreeDirectory Begin(ReadOnlySpan<byte> entry) => OpenRoot(At(entry), follow: false);

    /// <inheritdoc/>
    public override void Retain()
    {
        // Nothing is held.
    }

    /// <inheritdoc/>
    public override void Release()
    {
        // Nothing is held.
    }

    /// <inheritdoc/>
    public override SafeFileHandle OpenFile(ReadOnlySpan<byte> entry)
    {
        var before = Stat(entry);
        if (before.Kind is not TreeEntryKind.File)
            throw Problem(entry, "changed while it was read");
        var path = At(entry);
        var handle = Asked(entry, () => File.OpenHandle(path));
        if (PathStatus.Of(handle) is { } opened && opened.Inode == before.Inode && opened.Kind is TreeEntryKind.File)
            return handle;
        handle.Dispose();
        throw Problem(entry, "changed while it was read");
    }

    /// <inheritdoc/>
    public override int Read(ReadOnlySpan<byte> entry, SafeFileHandle file, Span<byte> buffer, long offset)
    {
        try
        {
            return RandomAccess.Read(file, buffer, offset);
        }
        catch (IOException)
        {
            throw Problem(entry, "cannot be read");
        }
    }

    /// <inheritdoc/>
    public override byte[] ReadLink(ReadOnlySpan<byte> entry)
    {
        var path = At(entry);
        var target = Asked(entry, () => new FileInfo(path).LinkTarget);
        return target is null ? throw Problem(entry, "changed while it was read") : Encoding.UTF8.GetBytes(target);
    }

    /// <inheritdoc/>
    public override void Remove(ReadOnlySpan<byte> entry, bool isDirectory)
    {
        var path = At(entry);
        _ = Asked(entry, () =>
        {
            if (isDirectory)
                Directory.Delete(path);
            else
                File.Delete(path);
            return path;
        });
    }

    /// <inheritdoc/>
    public override void Unlock(ReadOnlySpan<byte> entry)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(At(entry), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        // Nothing is held.
    }

    private string At(ReadOnlySpan<byte> entry) => Path.Join(_path, Encoding.UTF8.GetString(entry));

    private T Asked<T>(ReadOnlySpan<byte> entry, Func<T> ask)
    {
        try
        {
            return ask();
        }
        catch (UnauthorizedAccessException)
        {
            throw Problem(entry, "cannot be read: permission denied");
        }
        catch (IOException failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Problem(entry, "changed while it was read");
        }
    }
}
