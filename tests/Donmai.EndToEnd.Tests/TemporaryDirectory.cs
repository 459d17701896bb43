namespace Donmai.EndToEnd.Tests;

/// <summary>A directory of one test, gone with it.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public TemporaryDirectory() => Path = Directory.CreateTempSubdirectory("donmai-e2e-").FullName;

    public string Path { get; }

    public static implicit operator string(TemporaryDirectory directory) => directory.Path;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public string Subdirectory(string name) => Directory.CreateDirectory(File(name)).FullName;

    // A worker whose daemon is gone would write its last lines while its directory goes.
    public void Dispose()
    {
        LeftoverProcesses.End(Path);
        MakeWritable(Path);
        Directory.Delete(Path, recursive: true);
    }

    private static void MakeWritable(string directory)
    {
        System.IO.File.SetUnixFileMode(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var child in Directory.EnumerateDirectories(directory))
        {
            if (new DirectoryInfo(child).LinkTarget is null)
                MakeWritable(child);
        }
    }
}
