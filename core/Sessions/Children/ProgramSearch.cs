namespace Donmai.Core.Sessions.Children;

/// <summary>Finds programs as a shell would, without the current directory (worker.md §4.0 CP-1).</summary>
public static class ProgramSearch
{
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Absolute path of a program.</summary>
    /// <param name="name">Name to look for; with a separator it is a path already.</param>
    /// <param name="searchPath">Text of <c>PATH</c>; relative entries are skipped.</param>
    /// <returns>The path, or <see langword="null"/> when there is no executable file of that name.</returns>
    public static string? Find(string name, string? searchPath)
    {
        if (name.Contains(Path.DirectorySeparatorChar))
            return IsExecutable(Path.GetFullPath(name)) ? Path.GetFullPath(name) : null;
        return (searchPath ?? "").Split(Path.PathSeparator)
            .Where(Path.IsPathFullyQualified)
            .Select(directory => Path.Combine(directory, name))
            .FirstOrDefault(IsExecutable);
    }

    private static bool IsExecutable(string path) =>
        File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & Executable) != UnixFileMode.None);
}
