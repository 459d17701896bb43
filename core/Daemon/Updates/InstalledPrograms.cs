using System.Reflection;

namespace Donmai.Core.Daemon.Updates;

/// <summary>Finds out how the running program is installed.</summary>
public static class InstalledPrograms
{
    private const string Product = "donmai";
    private const string Host = "dotnet";

    /// <summary>The running program.</summary>
    public static IInstalledProgram Running() => Find(
        Environment.ProcessPath, Assembly.GetEntryAssembly()?.GetName().Name, System.IO.File.Exists(Path.Combine(AppContext.BaseDirectory, Product + ".dll")) ? AppContext.BaseDirectory : null);

    /// <summary>
    /// A path that goes on to mean the version in use, for whoever starts the program again: through the link, where the program is a directory
    /// per version.
    /// </summary>
    /// <param name="program">Path of one of the program's files; links resolved.</param>
    public static string Lasting(string program)
    {
        var version = Path.GetDirectoryName(program);
        return LinkTo(version) is { } link ? Path.Combine(link, Path.GetFileName(program)) : program;
    }

    /// <summary>A program that is one executable file.</summary>
    /// <param name="path">Its path; symbolic links are resolved.</param>
    public static IInstalledProgram File(string path) => new ProgramFile(path);

    /// <summary>A program.</summary>
    /// <param name="process">Path of the executable; <see langword="null"/> when it is not known.</param>
    /// <param name="entry">Name of the assembly that was started.</param>
    /// <param name="directory">Directory of the program's files; <see langword="null"/> when all of them are in the executable.</param>
    internal static IInstalledProgram Find(string? process, string? entry, string? directory)
    {
        if (string.IsNullOrEmpty(process) || !System.IO.File.Exists(process))
            return new UnreplaceableProgram("the file of the running program is not known");
        if (entry != Product)
            return new UnreplaceableProgram($"the daemon runs inside of another program ({entry}), which is not replaced");
        if (directory is null)
            return new ProgramFile(process);
        var version = Path.TrimEndingDirectorySeparator(directory);
        return LinkTo(version) is { } link
            ? new ProgramDirectory(link, Path.GetFileNameWithoutExtension(process) == Host ? InHost(process) : OnItsOwn(Path.GetFileName(process)))
            : new UnreplaceableProgram($"{version} is not installed for updates: there is no link \"{ProgramDirectory.LinkName}\" to it beside it");
    }

    /// <summary>The link beside a version's directory that leads to it; <see langword="null"/> when there is none.</summary>
    private static string? LinkTo(string? version)
    {
        if (Path.GetDirectoryName(version) is not { } root)
            return null;
        var link = Path.Combine(root, ProgramDirectory.LinkName);
        return ProgramDirectory.Target(link) is { } target && target == Target(version!) ? link : null;
    }

    private static string Target(string directory) => ProgramDirectory.Target(directory) ?? directory;

    private static Func<string, IReadOnlyList<string>> InHost(string host) => directory => [host, Path.Combine(directory, Product + ".dll")];

    private static Func<string, IReadOnlyList<string>> OnItsOwn(string name) => directory => [Path.Combine(directory, name)];
}
