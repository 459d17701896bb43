namespace Donmai.Core.Daemon.Updates;

/// <summary>A program that updates cannot replace.</summary>
/// <param name="obstacle">Why.</param>
internal sealed class UnreplaceableProgram(string obstacle) : IInstalledProgram
{
    public string? Obstacle => obstacle;

    public string Location => "";

    public string ArtifactSuffix => "";

    public StagedProgram Stage(string download, CancellationToken cancellationToken) => throw new IOException(obstacle);

    public void Install(StagedProgram staged, string version) => throw new IOException(obstacle);

    public void Restore() => throw new IOException(obstacle);
}
