namespace Donmai.Silo.Tests;

/// <summary>A directory of a test's own, with a path short enough for a Unix domain socket; gone afterwards.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("dm-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
