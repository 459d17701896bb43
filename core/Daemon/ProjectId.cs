namespace Donmai.Core.Daemon;

/// <summary>Derives the id of a project that is added without one (daemon-runtime.md §2.6).</summary>
public static class ProjectId
{
    private const string Fallback = "project";
    private const string GitSuffix = ".git";
    private const string SchemeEnd = "://";

    /// <summary>The id for a repository: its last two segments, e.g. <c>foo-bar</c> for <c>git@github.com:Foo/Bar.git</c>.</summary>
    /// <param name="repository">URL, <c>user@host:path</c>, <c>host/owner/name</c> or name.</param>
    public static string FromRepository(string repository)
    {
        var text = repository.Trim().ToLowerInvariant();
        if (text.EndsWith(GitSuffix, StringComparison.Ordinal))
            text = text[..^GitSuffix.Length];
        var scheme = text.IndexOf(SchemeEnd, StringComparison.Ordinal);
        if (scheme >= 0)
            text = text[(scheme + SchemeEnd.Length)..];
        else if (text.IndexOf('@', StringComparison.Ordinal) is > 0 and var user && text.IndexOf(':', user) is >= 0 and var colon)
            text = $"{text[(user + 1)..colon]}/{text[(colon + 1)..]}";
        var segments = text.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return MachineId.SlugOf(string.Join('-', segments.TakeLast(2)), Fallback);
    }
}
