using Donmai.Sessions;

namespace Donmai.Core.Daemon;

/// <summary>Which entry of the allowlist in force a request runs under (daemon-runtime.md §8.3). Not safe for use by several threads.</summary>
/// <param name="configuration">The configuration; read at each request.</param>
public sealed class ProjectAdmission(IDaemonConfiguration configuration)
{
    private ProjectAllowlist _allowlist = new([]);

    /// <summary>The entry of a repository, or one made for it where every repository is allowed.</summary>
    /// <param name="repository">Repository as asked for; what it carries as user or password is not shown.</param>
    /// <exception cref="SessionRefusedException">It is not allowed, matches several entries, or would bring a password into records.</exception>
    public ProjectConfiguration For(string repository)
    {
        var shown = RepositorySecrets.Strip(repository);
        if (Allowlist().Match(shown) is { } project)
            return project;
        if (!configuration.Current.AllowAnyRepository)
            throw new SessionRefusedException($"repository \"{shown}\" is not in the project allowlist", RefusalReason.NotAllowed);
        return shown == repository
            ? _allowlist.EntryFor(repository)
            : throw new SessionRefusedException(
                $"the URL of repository \"{shown}\" carries a user or password, which would be written down: leave it out and let a credential helper of git know it",
                RefusalReason.NotAllowed);
    }

    private ProjectAllowlist Allowlist()
    {
        var projects = configuration.Current.Projects;
        if (!ReferenceEquals(_allowlist.Projects, projects))
            _allowlist = new ProjectAllowlist(projects);
        return _allowlist;
    }
}
