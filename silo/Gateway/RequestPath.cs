namespace Donmai.Silo.Gateway;

/// <summary>Turns a request target into the path that is dispatched (control-api.md §1.4).</summary>
internal static class RequestPath
{
    /// <summary>
    /// The percent-decoded path, <c>%2F</c> included; <see langword="null"/> for a path with <c>.</c> or <c>..</c> segments or doubled
    /// slashes, which is never dispatched.
    /// </summary>
    /// <param name="target">The request target as received: a path with query, or an absolute address.</param>
    public static string? Decode(string target)
    {
        var path = PathOf(target);
        if (path.Contains('%'))
            path = Uri.UnescapeDataString(path);
        return path.StartsWith('/') && !path.Contains("//", StringComparison.Ordinal) && !HasDotSegment(path) ? path : null;
    }

    /// <summary>
    /// Whether <paramref name="word"/>, decoded, came as one segment: <c>a%2Fb</c> did, <c>a/b</c> did not (routing.md §4).
    /// </summary>
    /// <param name="target">The request target as received.</param>
    /// <param name="word">The end of its decoded path.</param>
    public static bool EndsInOneSegment(string target, string word)
    {
        var path = PathOf(target);
        return Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]).EndsWith(word, StringComparison.Ordinal);
    }

    private static string PathOf(string target)
    {
        var start = 0;
        if (!target.StartsWith('/') && target.IndexOf("://", StringComparison.Ordinal) is var scheme and >= 0)
        {
            start = target.IndexOf('/', scheme + 3);
            if (start < 0)
                return "/";
        }

        var end = target.IndexOf('?', start);
        return end < 0 ? target[start..] : target[start..end];
    }

    private static bool HasDotSegment(string path)
    {
        if (!path.Contains("/.", StringComparison.Ordinal))
            return false;
        foreach (var range in path.AsSpan().Split('/'))
        {
            if (path.AsSpan(range) is "." or "..")
                return true;
        }

        return false;
    }
}
