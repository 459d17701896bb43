namespace Donmai.Core.Git;

/// <summary>What may be cloned (worker.md §5.1 weak point h, daemon-runtime.md §8.3).</summary>
public static class GitRepositoryAddress
{
    private static readonly string[] Protocols = ["https://", "ssh://", "git://", "file://"];

    /// <summary>
    /// The address git is given: a URL, an scp-like address or an absolute path as it is, <c>host/owner/name</c> expanded to
    /// <c>https://host/owner/name.git</c>.
    /// </summary>
    /// <param name="repository">Repository of the work order.</param>
    /// <exception cref="GitFailureException">It is none of these, or uses a protocol that is not allowed.</exception>
    public static string ForClone(string repository)
    {
        var text = repository.Trim();
        if (text.Length == 0)
            throw Refused("no repository is given");
        if (text[0] == '-' || text.Contains("::", StringComparison.Ordinal) || text.Any(char.IsControl))
            throw Refused($"'{GitFailures.Mask(text)}' is not a repository address");
        if (text.Contains("://", StringComparison.Ordinal))
            return Protocols.Any(protocol => text.StartsWith(protocol, StringComparison.OrdinalIgnoreCase))
                ? text
                : throw Refused($"'{GitFailures.Mask(text)}' uses a protocol that is not allowed; allowed are https, ssh, git and file");
        if (Path.IsPathFullyQualified(text) || IsScpLike(text))
            return text;
        var host = text.Split('/')[0];
        return text.Contains('/') && !text.StartsWith('.') && (host.Contains('.') || host == "localhost")
            ? $"https://{(text.EndsWith(".git", StringComparison.Ordinal) ? text : text.TrimEnd('/') + ".git")}"
            : throw Refused($"'{text}' is neither a URL, nor host/owner/name, nor an absolute path");
    }

    /// <summary>Whether git reaches the repository through ssh.</summary>
    public static bool UsesSsh(string repository) =>
        repository.StartsWith("ssh://", StringComparison.OrdinalIgnoreCase)
        || (!repository.Contains("://", StringComparison.Ordinal) && IsScpLike(repository));

    /// <summary>Scheme, host and port of a repository that git reaches through https; <see langword="null"/> of any other.</summary>
    public static string? HttpsOrigin(string repository)
    {
        var text = repository.Trim();
        var isUrl = text.Contains("://", StringComparison.Ordinal);
        if (!isUrl && (Path.IsPathFullyQualified(text) || IsScpLike(text)))
            return null;
        return Uri.TryCreate(isUrl ? text : $"https://{text}", UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps
            ? url.GetLeftPart(UriPartial.Scheme) + url.Authority
            : null;
    }

    /// <summary>Whether the repository is a directory of this machine.</summary>
    public static bool IsOfThisMachine(string repository) =>
        Path.IsPathFullyQualified(repository) || repository.StartsWith("file://", StringComparison.OrdinalIgnoreCase);

    private static bool IsScpLike(string text)
    {
        var colon = text.IndexOf(':');
        return colon > 0 && !text[..colon].Contains('/');
    }

    private static GitFailureException Refused(string message) => new(GitFailureClass.NotFound, $"git clone: {message}");
}
