namespace Donmai.Worker.Providers.Codex;

/// <summary>Where a path leads once its links are followed.</summary>
internal static class RealPath
{
    private const int MostLinks = 40;
    private const int DeepestPath = 4096;

    /// <summary>The absolute path with every link on the way replaced; what does not exist is taken as it is written.</summary>
    /// <param name="path">The path.</param>
    /// <param name="directory">Absolute directory that a relative one starts in.</param>
    public static string Of(string path, string directory)
    {
        // A path that no system takes leads where it is written.
        var whole = Path.GetFullPath(path.Replace("\0", "", StringComparison.Ordinal), directory);
        var links = MostLinks;
        return whole.Length > DeepestPath ? whole : Follow(whole, ref links);
    }

    /// <summary>Whether a path is a directory or lies in it; both absolute.</summary>
    public static bool IsIn(string path, string directory) =>
        path == directory || path.StartsWith(directory.EndsWith('/') ? directory : directory + "/", StringComparison.Ordinal);

    private static string Follow(string path, ref int links)
    {
        if (Path.GetDirectoryName(path) is not { } parent)
            return path;
        var here = Path.Combine(Follow(parent, ref links), Path.GetFileName(path));
        if (links-- <= 0 || Link(here) is not { } target)
            return here;
        return Follow(Path.GetFullPath(target, Path.GetDirectoryName(here)!), ref links);
    }

    private static string? Link(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
