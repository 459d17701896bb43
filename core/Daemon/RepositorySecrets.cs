namespace Donmai.Core.Daemon;

/// <summary>
/// Users and passwords in the URLs of repositories. They do not count when a project is looked for, and must not be written down with
/// what was asked for (architecture.md §5).
/// </summary>
public static class RepositorySecrets
{
    private const string SchemeEnd = "://";

    /// <summary>The repository without a user that may be a secret: any of a web address, one with a password elsewhere (<c>ssh://git@…</c> is none).</summary>
    public static string Strip(string repository) =>
        UserOf(repository) is { } user && IsSecret(repository, user) ? repository.Remove(user.Start, user.Length + 1) : repository;

    /// <summary>The password in a repository's URL, or the user that stands for one in a web address; <see langword="null"/> when there is neither.</summary>
    public static string? PasswordIn(string repository)
    {
        if (UserOf(repository) is not { } user || !IsSecret(repository, user))
            return null;
        var text = repository.Substring(user.Start, user.Length);
        return text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..];
    }

    private static (int Start, int Length)? UserOf(string repository)
    {
        var start = repository.IndexOf(SchemeEnd, StringComparison.Ordinal);
        if (start < 0)
            return null;
        start += SchemeEnd.Length;
        var end = repository.IndexOfAny(['/', '?', '#'], start);
        var length = repository[start..(end < 0 ? repository.Length : end)].LastIndexOf('@');
        return length < 0 ? null : (start, length);
    }

    private static bool IsSecret(string repository, (int Start, int Length) user) =>
        repository.StartsWith("http", StringComparison.OrdinalIgnoreCase) || repository.AsSpan(user.Start, user.Length).Contains(':');
}
