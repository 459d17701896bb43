namespace Donmai.Core.Daemon.Updates;

/// <summary>
/// The program as it is installed on this machine, and how another version takes its place in one step (daemon-runtime.md §12.5). What was
/// there before is kept beside it as <c>&lt;name&gt;.prev</c>.
/// </summary>
public interface IInstalledProgram
{
    /// <summary>Why it cannot be replaced; <see langword="null"/> when it can.</summary>
    string? Obstacle { get; }

    /// <summary>What is replaced: the executable file, or the link to the directory of the version.</summary>
    string Location { get; }

    /// <summary>What the name of the file of a release ends with.</summary>
    string ArtifactSuffix { get; }

    /// <summary>Makes a downloaded, verified file ready to take the place.</summary>
    /// <param name="download">The file, in the directory of <see cref="Location"/>; may be moved.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="IOException">It cannot be unpacked or made executable.</exception>
    StagedProgram Stage(string download, CancellationToken cancellationToken);

    /// <summary>Keeps the present version as <c>.prev</c> and puts the staged one in its place.</summary>
    /// <param name="staged">The new version.</param>
    /// <param name="version">Its version.</param>
    /// <exception cref="IOException">Nothing was replaced.</exception>
    void Install(StagedProgram staged, string version);

    /// <summary>Puts back what was there before the last <see cref="Install"/>.</summary>
    /// <exception cref="IOException">There is nothing to put back, or it cannot be.</exception>
    void Restore();
}
