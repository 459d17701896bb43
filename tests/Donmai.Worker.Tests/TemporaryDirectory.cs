using Donmai.Worker.Workareas;

namespace Donmai.Worker.Tests;

/// <summary>A directory of its own, removed with everything in it.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("donmai-worker-").FullName;

    public string At(params string[] parts) => Path.Combine([Root, .. parts]);

    public string Make(params string[] parts) => Directory.CreateDirectory(At(parts)).FullName;

    public string Write(string name, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
        File.WriteAllText(At(name), content);
        return At(name);
    }

    public string Script(string name, string content)
    {
        var path = Write(name, content);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    public void Dispose() => WorktreeRemoval.Delete(Root);
}
