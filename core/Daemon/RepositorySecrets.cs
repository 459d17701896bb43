namespace Donmai.Core.Daemon;

/// <summary>
/// Users and passwords in the URLs of repositories. They do not count when a project is looked for, and must not be written down with
/// what was asked for (architecture.md §5).
/// </summary>
public static class RepositorySecrets
{
    private const string SchemeEnd = "://";

    /// <summary>The repository without a user that may be a secret: any of a web address, one with a password elsewhere (<c>ssh://git@…</c> is none).</summary>
    public static string Strip(string repository)
    {
        var start = repository.IndexOf(SchemeEnd, StringComparison.Ordinal);
        if (start < 0)
            return repository;
        start += SchemeEnd.Length;
        var end = repository.IndexOfAny(['/', '?', '#'], start);
        var user = repository[start..(end < 0 ? repository.Length : end)].LastIndexOf('@');
        return user >= 0 && IsSecret(repository[..start], repository.AsSpan(start, user))
            ? repository.Remove(start, user + 1)
            : repository;
    }

    private static bool IsSecret(string scheme, ReadOnlySpan<char> user) =>
        scheme.StartsWith("http", StringComparison.OrdinalIgnoreCase) || user.Contains(':');
}
