namespace Donmai.Core.Daemon.Updates;

/// <summary>A program that is one executable file.</summary>
internal sealed class ProgramFile : IInstalledProgram
{
    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>The program at a path.</summary>
    /// <param name="path">Its path; symbolic links are resolved.</param>
    public ProgramFile(string path) => Location = new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);

    public string? Obstacle => null;

    public string Location { get; }

    public string ArtifactSuffix => "";

    private string Previous => Location + ".prev";

    public StagedProgram Stage(string download, CancellationToken cancellationToken)
    {
        try
        {
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(download, Executable);
            return new StagedProgram(download, [download]);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new UpdateFailedException(UpdateReason.ModeFailed, refused.Message, refused);
        }
    }

    public void Install(StagedProgram staged, string version)
    {
        // A copy, so that at no moment there is no program.
        var keeping = Previous + ".new";
        File.Copy(Location, keeping, overwrite: true);
        File.Move(keeping, Previous, overwrite: true);
        File.Move(staged.Path, Location, overwrite: true);
    }

    public void Restore() => File.Move(Previous, Location, overwrite: true);
}
