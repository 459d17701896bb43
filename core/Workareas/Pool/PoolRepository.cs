using Donmai.Core.Daemon;

namespace Donmai.Core.Workareas.Pool;

/// <summary>Repositories as the pool tells them apart (workareas.md §8.2).</summary>
public static class PoolRepository
{
    private const string GitSuffix = ".git";

    /// <summary>
    /// The same text for every spelling of a repository: without scheme and user, trailing <c>.git</c> and <c>/</c>, with the host in lower case; of one
    /// on this machine its path.
    /// </summary>
    public static string Normalize(string repository)
    {
        var text = repository.Trim();
        var name = RepositoryName.Parse(text);
        if (name.IsLocal)
            return name.Path.TrimEnd('/') is var path && path.EndsWith(GitSuffix, StringComparison.OrdinalIgnoreCase) ? path[..^GitSuffix.Length] : path;
        if (name.Path.Length == 0)
            return text;
        return name.Host is { } host ? $"{host}/{name.Path}" : name.Path;
    }

    /// <summary>Last part of a normalised repository, for the names of members.</summary>
    public static string ShortName(string normalized)
    {
        var last = normalized[(normalized.LastIndexOf('/') + 1)..];
        return last.Length > 0 ? last : "repository";
    }
}
