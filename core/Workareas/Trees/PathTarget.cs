using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Donmai.Core.Workareas.Trees;

/// <summary>A directory that is being filled where the system is not Linux: by the framework, by paths.</summary>
internal sealed class PathTarget : TreeTarget
{
    private readonly string _path;
    private readonly FileContent _content;

    private PathTarget(string path, FileContent content) => (_path, _content) = (path, content);

    /// <summary>Makes the start of a tree.</summary>
    public static PathTarget CreateRoot(string path, int mode) =>
        Path.Exists(path) ? throw new IOException($"{Path.GetFileName(path)} is there already") : new PathTarget(Make(path, mode), new FileContent());

    /// <inheritdoc/>
    public override TreeTarget MakeDirectory(TreeDirectory source, ReadOnlySpan<byte> name, int mode) => new PathTarget(Make(Place(name), mode), _content);

    /// <inheritdoc/>
    public override void MakeFile(TreeDirectory source, ReadOnlySpan<byte> name, SafeFileHandle content, TreeStat stat, bool exactly)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = (UnixFileMode)(stat.Mode & Permissions);
        using var file = new FileStream(Place(name), options);
        _content.Copy(content, file.SafeFileHandle, stat.Size);
        if (exactly && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(file.SafeFileHandle, (UnixFileMode)(stat.Mode & Permissions));
    }

    /// <inheritdoc/>
    public override void MakeLink(TreeDirectory source, ReadOnlySpan<byte> name, byte[] target) =>
        File.CreateSymbolicLink(Place(name), Encoding.UTF8.GetString(target));

    /// <inheritdoc/>
    public override void SetMode(TreeDirectory source, int mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_path, (UnixFileMode)mode);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        // A path holds nothing open.
    }

    private static string Make(string path, int mode)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, (UnixFileMode)mode);
        return path;
    }

    private string Place(ReadOnlySpan<byte> name) => Path.Join(_path, Encoding.UTF8.GetString(name));
}
