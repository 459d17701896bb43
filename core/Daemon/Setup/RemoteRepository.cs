namespace Donmai.Core.Daemon.Setup;

/// <summary>Turns what git knows of a remote into the repository of a project (daemon-runtime.md §4.4, with the parser of §8.3).</summary>
public static class RemoteRepository
{
    /// <summary>
    /// <c>host/path</c> without user and <c>.git</c>; the address as it is, without a secret, where that would not be the same place (a port, a
    /// directory of this machine). <see langword="null"/> when it names nothing.
    /// </summary>
    public static string? Normalize(string address)
    {
        var name = RepositoryName.Parse(address.Trim());
        if (name.Path.Length == 0)
            return null;
        if (name.IsLocal)
            return name.Path;
        return name.Host is { } host && !host.Contains(':', StringComparison.Ordinal) ? $"{host}/{name.Path}" : RepositorySecrets.Strip(address.Trim());
    }

    /// <summary>The project id for a repository: its last segment as a slug.</summary>
    public static string IdOf(string repository) => MachineId.SlugOf(RepositoryName.Parse(repository).LastSegment, otherwise: "project");
}
