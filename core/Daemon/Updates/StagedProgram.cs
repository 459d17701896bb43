namespace Donmai.Core.Daemon.Updates;

/// <summary>A new version beside the present one, ready to take its place. Whatever was not installed is removed when it is disposed.</summary>
/// <param name="path">The file or directory.</param>
/// <param name="command">How it is started: program, then first arguments.</param>
public sealed class StagedProgram(string path, IReadOnlyList<string> command) : IDisposable
{
    /// <summary>The file or directory.</summary>
    public string Path { get; } = path;

    /// <summary>How it is started: program, then first arguments.</summary>
    public IReadOnlyList<string> Command { get; } = command;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
        else
            File.Delete(Path);
    }
}
