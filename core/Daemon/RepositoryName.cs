namespace Donmai.Core.Daemon;

/// <summary>
/// A repository string in canonical form (daemon-runtime.md §8.3): lower-case host without user and default port, path without outer slashes
/// and without one trailing <c>.git</c>.
/// </summary>
internal sealed record RepositoryName
{
    private const string GitSuffix = ".git";

    private static readonly HashSet<string> CaseInsensitiveHosts = new(StringComparer.Ordinal) { "github.com", "gitlab.com", "bitbucket.org" };

    private RepositoryName(string? host, string path)
    {
        Host = host is { Length: > 0 } ? host.ToLowerInvariant() : null;
        Path = WithoutSuffix(path.Trim('/'));
    }

    /// <summary>The host, when one is named.</summary>
    public string? Host { get; }

    /// <summary>The path on the host; of a local repository the absolute path.</summary>
    public string Path { get; private init; }

    /// <summary>The string names a directory of this machine.</summary>
    public bool IsLocal { get; private init; }

    /// <summary>The string is a full URL, which never matches by a part of it.</summary>
    public bool IsUrl { get; private init; }

    /// <summary>The string is a bare name.</summary>
    public bool IsSingleSegment => Host is null && !IsLocal && !Path.Contains('/');

    /// <summary>Last segment of the path.</summary>
    public string LastSegment => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>How paths on this host compare.</summary>
    public StringComparison PathComparison =>
        Host is not null && CaseInsensitiveHosts.Contains(Host) ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>Parses any form of daemon-runtime.md §8.3; the path is empty when the string names nothing.</summary>
    public static RepositoryName Parse(string text)
    {
        if (LocalPath(text) is { } local)
            return new RepositoryName(null, "") { IsLocal = true, Path = local };
        if (text.Contains("://", StringComparison.Ordinal))
            return FromUrl(text);
        var slash = text.IndexOf('/');
        var colon = text.IndexOf(':');
        if (colon > 0 && (slash < 0 || colon < slash))
            return new RepositoryName(text[(text.LastIndexOf('@', colon) + 1)..colon], text[(colon + 1)..]);
        if (slash > 0 && (text.AsSpan(0, slash).Contains('.') || text.AsSpan(0, slash).SequenceEqual("localhost")))
            return new RepositoryName(text[..slash], text[(slash + 1)..]);
        return new RepositoryName(null, text);
    }

    private static RepositoryName FromUrl(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http" or "ssh" or "git"))
            return new RepositoryName(null, "") { IsUrl = true };
        var defaultPort = url.Scheme switch { "ssh" => 22, "git" => 9418, "http" => 80, _ => 443 };
        var host = url.Port < 0 || url.Port == defaultPort ? url.Host : $"{url.Host}:{url.Port}";
        return new RepositoryName(host, url.AbsolutePath) { IsUrl = true };
    }

    private static string? LocalPath(string text)
    {
        const string scheme = "file://";
        if (text.StartsWith(scheme, StringComparison.Ordinal))
            return Uri.TryCreate(text, UriKind.Absolute, out var url) ? Canonical(url.LocalPath) : text;
        if (text.StartsWith('/'))
            return Canonical(text);
        return text.StartsWith("./", StringComparison.Ordinal) || text.StartsWith("../", StringComparison.Ordinal) || text is "." or ".." ? text : null;
    }

    private static string Canonical(string path) =>
        System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));

    private static string WithoutSuffix(string path) =>
        path.EndsWith(GitSuffix, StringComparison.OrdinalIgnoreCase) ? path[..^GitSuffix.Length] : path;
}
