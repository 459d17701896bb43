using Donmai.Core.Tests.Workareas.Trees;

namespace Donmai.Core.Tests.Workareas.Restoring;

/// <summary>Goes down a <see cref="DeepTree"/> that no path reaches the end of: each inner part is moved up to a short path first.</summary>
internal sealed class MovedUp(string path) : IDisposable
{
    private readonly string _up = path + "-up";
    private int _number;

    /// <summary>The directory it has come to.</summary>
    public string Path { get; private set; } = path;

    /// <summary>Goes into the only directory of the current one.</summary>
    public bool Next()
    {
        var inner = System.IO.Path.Join(Path, new string('d', DeepTree.NameLength));
        if (!Directory.Exists(inner))
            return false;
        Directory.CreateDirectory(_up);
        Path = System.IO.Path.Join(_up, $"{_number++}");
        Directory.Move(inner, Path);
        return true;
    }

    public void Dispose()
    {
        if (Directory.Exists(_up))
            Directory.Delete(_up, recursive: true);
    }
}
