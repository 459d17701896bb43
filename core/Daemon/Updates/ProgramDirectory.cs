using Donmai.Core.Workareas;

namespace Donmai.Core.Daemon.Updates;

/// <summary>
/// A program that is a directory of files: <c>&lt;root&gt;/&lt;version&gt;/…</c>, with a link <c>&lt;root&gt;/current</c> to the version that
/// is to be started. Only the link is replaced, so that the running version keeps its files.
/// </summary>
internal sealed class ProgramDirectory : IInstalledProgram
{
    /// <summary>Name of the link.</summary>
    internal const string LinkName = "current";

    private readonly string _root;
    private readonly Func<string, IReadOnlyList<string>> _command;

    /// <summary>The program behind a link.</summary>
    /// <param name="link">The link, <c>…/current</c>.</param>
    /// <param name="command">How the program in a directory is started.</param>
    public ProgramDirectory(string link, Func<string, IReadOnlyList<string>> command)
    {
        Location = Path.GetFullPath(link);
        _root = Path.GetDirectoryName(Location) ?? "/";
        _command = command;
    }

    public string? Obstacle => null;

    public string Location { get; }

    public string ArtifactSuffix => ReleaseAddresses.ArchiveSuffix;

    private string Previous => Location + ".prev";

    public StagedProgram Stage(string download, CancellationToken cancellationToken)
    {
        var directory = download + ".unpacked";
        try
        {
            ReleaseArchive.Unpack(download, directory, cancellationToken);
        }
        catch
        {
            if (Directory.Exists(directory))
                Directory.Delete(directory, recursive: true);
            throw;
        }

        return new StagedProgram(directory, _command(directory));
    }

    public void Install(StagedProgram staged, string version)
    {
        var present = Target(Location) ?? throw new IOException($"{Location} is not a link to a version any more");
        var outdated = Target(Previous);
        var directory = Path.Combine(_root, version);
        if (directory == present)
            throw new IOException($"{directory} is in use");
        if (Directory.Exists(directory))
            Directory.Delete(directory, recursive: true); // left by an installation that was undone or did not end
        Directory.Move(staged.Path, directory);
        Point(Previous, present);
        Point(Location, directory);
        if (outdated is not null && outdated != present && outdated != directory && Path.GetDirectoryName(outdated) == _root)
            Directory.Delete(outdated, recursive: true);
    }

    public void Restore()
    {
        var previous = Target(Previous) ?? throw new IOException($"{Previous} is not a link to a version");
        Point(Location, previous);
    }

    /// <summary>What a link leads to; <see langword="null"/> when it is not a link to a directory.</summary>
    internal static string? Target(string link) =>
        Directory.Exists(link) && Directory.ResolveLinkTarget(link, returnFinalTarget: true) is { } target
            ? Path.TrimEndingDirectorySeparator(target.FullName)
            : null;

    /// <summary>Makes a link lead elsewhere in one step. It is relative, so that the whole installation can be moved.</summary>
    private void Point(string link, string directory)
    {
        var fresh = link + ".new";
        File.Delete(fresh);
        Directory.CreateSymbolicLink(fresh, Path.GetRelativePath(_root, directory));
        _ = TreeMove.TryRename(fresh, link);
    }
}
