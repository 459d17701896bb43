namespace Donmai.FakePlatform.Requests;

/// <summary>
/// A pattern of paths: <c>*</c> stands for any characters, slashes too. A pattern that does not begin with a slash is that of the end of a path:
/// <c>activity</c> means <c>*/activity</c>. No pattern means every path.
/// </summary>
internal sealed class PathPattern(string? pattern)
{
    private readonly string[] _parts = (pattern switch
    {
        null or "" => "*",
        ['/' or '*', ..] => pattern,
        _ => "*/" + pattern,
    }).Split('*');

    public bool Matches(string path)
    {
        if (_parts.Length == 1)
            return path == _parts[0];
        if (!path.StartsWith(_parts[0], StringComparison.Ordinal))
            return false;
        var at = _parts[0].Length;
        foreach (var part in _parts[1..^1])
        {
            var found = path.IndexOf(part, at, StringComparison.Ordinal);
            if (found < 0)
                return false;
            at = found + part.Length;
        }

        return path.Length - at >= _parts[^1].Length && path.EndsWith(_parts[^1], StringComparison.Ordinal);
    }
}
