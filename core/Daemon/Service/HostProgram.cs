using System.Reflection;
using Donmai.Core.Daemon.Updates;
using Donmai.Core.Sessions.Children;

namespace Donmai.Core.Daemon.Service;

/// <summary>The program a service runs (daemon-runtime.md §14).</summary>
/// <param name="Words">Program (absolute path), and what must follow it: the assembly, where the program is <c>dotnet</c>.</param>
public sealed record HostProgram(IReadOnlyList<string> Words)
{
    private const string Runtime = "dotnet";
    private const string Assemblies = ".dll";

    /// <summary>
    /// The program of this process, with symbolic links resolved where that is possible, but for the one that updates replace
    /// (docs/updates.md).
    /// </summary>
    /// <exception cref="ServiceException">The process has no file of its own.</exception>
    public static HostProgram OfThisProcess()
    {
        var program = Environment.ProcessPath;
        if (string.IsNullOrEmpty(program))
            throw new ServiceException("Cannot find the program's own file; name it with --binary.");
        if (Path.GetFileNameWithoutExtension(program) is not Runtime)
            return new HostProgram([Resolved(program)]);
        return Assembly.GetEntryAssembly()?.Location is { Length: > 0 } assembly
            ? new HostProgram([Resolved(program), Resolved(assembly)])
            : throw new ServiceException("Cannot find the program's own assembly; name it with --binary.");
    }

    /// <summary>The program at a path, which stays as it is: a link to the version in use goes on to mean the version in use.</summary>
    /// <param name="path">An executable file, or an assembly (<c>.dll</c>).</param>
    /// <param name="programs">Finds <c>dotnet</c> for an assembly.</param>
    /// <exception cref="ServiceException">Nothing there can be run.</exception>
    public static HostProgram At(string path, ServicePrograms programs)
    {
        var full = Path.GetFullPath(path);
        if (full.EndsWith(Assemblies, StringComparison.OrdinalIgnoreCase) && File.Exists(full))
            return new HostProgram([
                programs.Find(Runtime) ?? throw new ServiceException($"{full} is an assembly, and there is no '{Runtime}' on the PATH to run it with."),
                full,
            ]);
        return ProgramSearch.Find(full, searchPath: null) is { } program
            ? new HostProgram([program])
            : throw new ServiceException($"{full} is not a program that can be run.");
    }

    /// <summary>
    /// The file itself behind a link, by the path that goes on to mean the version in use; the link when it leads nowhere.
    /// </summary>
    /// <param name="path">Absolute path.</param>
    internal static string Resolved(string path)
    {
        try
        {
            return InstalledPrograms.Lasting(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path);
        }
        catch (IOException)
        {
            return path;
        }
    }
}
