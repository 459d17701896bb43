using Donmai.Sessions;

namespace Donmai.Core.Daemon;

/// <summary>The repositories a daemon may run, and how a request finds its entry (daemon-runtime.md §8.3).</summary>
public sealed class ProjectAllowlist
{
    private const string DefaultHost = "github.com";

    private readonly Entry[] _entries;

    /// <summary>Creates the allowlist.</summary>
    /// <param name="projects">Entries in file order.</param>
    public ProjectAllowlist(IReadOnlyList<ProjectConfiguration> projects)
    {
        Projects = projects;
        _entries = [.. projects.Select(static project => new Entry(project, RepositoryName.Parse(project.Repository)))];
    }

    /// <summary>The entries, in file order.</summary>
    public IReadOnlyList<ProjectConfiguration> Projects { get; }

    /// <summary>The entry a request means: by id, else by host and path, else by path, else by a unique last segment.</summary>
    /// <param name="requested">Id, URL, <c>host/owner/name</c>, <c>owner/name</c>, name, or path on this machine.</param>
    /// <returns>The entry; <see langword="null"/> when none matches.</returns>
    /// <exception cref="SessionRefusedException">Several entries match equally well.</exception>
    public ProjectConfiguration? Match(string requested)
    {
        if (requested.Length == 0)
            return null;
        if (_entries.FirstOrDefault(entry => entry.Project.Id == requested) is { } byId)
            return byId.Project;
        var name = RepositoryName.Parse(requested);
        return name.Path.Length == 0
            ? null
            : Only(requested, entry => SamePlace(entry.Name, name))
                ?? Only(requested, entry => SamePathWithoutHost(entry.Name, name))
                ?? (name.IsSingleSegment ? Only(requested, entry => SameLastSegment(entry.Name, name)) : null);
    }

    /// <summary>An entry for a repository that has none, under an id that is not taken.</summary>
    /// <param name="repository">Repository as asked for.</param>
    /// <exception cref="SessionRefusedException">It is a bare name: nobody could tell where to clone it from.</exception>
    public ProjectConfiguration EntryFor(string repository)
    {
        var name = RepositoryName.Parse(repository);
        if (name is { IsSingleSegment: true, IsUrl: false })
            throw new SessionRefusedException($"repository \"{repository}\" is neither a directory, nor a URL, nor the id of a project of daemon.yaml");
        var slug = name.LastSegment.Length == 0 ? "repository" : name.LastSegment;
        var id = slug;
        for (var i = 2; Projects.Any(project => project.Id == id); i++)
            id = $"{slug}-{i}";
        return new ProjectConfiguration { Id = id, Repository = repository };
    }

    /// <summary>What git is to clone for an entry: its repository, with scheme and host where the entry leaves them out.</summary>
    public static string CloneSource(ProjectConfiguration project)
    {
        var name = RepositoryName.Parse(project.Repository);
        if (name.IsLocal)
            return name.Path;
        var isComplete = name.IsUrl || name.IsSingleSegment || project.Repository.IndexOf(':', StringComparison.Ordinal) > 0;
        return isComplete ? project.Repository : $"https://{name.Host ?? DefaultHost}/{name.Path}.git";
    }

    private static bool SamePlace(RepositoryName entry, RepositoryName requested) =>
        entry.IsLocal == requested.IsLocal
        && entry.Host == requested.Host
        && string.Equals(entry.Path, requested.Path, entry.PathComparison);

    private static bool SamePathWithoutHost(RepositoryName entry, RepositoryName requested)
    {
        if (entry.IsLocal || requested.IsLocal || (entry.Host is null) == (requested.Host is null))
            return false;
        var comparison = entry.Host is null ? requested.PathComparison : entry.PathComparison;
        return string.Equals(entry.Path, requested.Path, comparison);
    }

    private static bool SameLastSegment(RepositoryName entry, RepositoryName requested) =>
        !entry.IsLocal && string.Equals(entry.LastSegment, requested.Path, entry.PathComparison);

    private ProjectConfiguration? Only(string requested, Func<Entry, bool> matches)
    {
        var found = _entries.Where(matches).ToList();
        return found.Count switch
        {
            0 => null,
            1 => found[0].Project,
            _ => throw new SessionRefusedException(
                $"repository \"{requested}\" matches several projects ({string.Join(", ", found.Select(static entry => entry.Project.Id))}); ask for one of these ids"),
        };
    }

    private sealed record Entry(ProjectConfiguration Project, RepositoryName Name);
}
