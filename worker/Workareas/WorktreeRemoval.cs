namespace Donmai.Worker.Workareas;

/// <summary>Removes work trees (worker.md §5.5): read-only files too, never through a link, and never failing for good.</summary>
internal static class WorktreeRemoval
{
    private const int Attempts = 3;
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(200);

    /// <summary>Removes a tree. One that is not there is no trouble.</summary>
    /// <returns>A warning when it could only be moved out of the way.</returns>
    public static async Task<string?> Remove(string tree, TimeProvider clock)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            if (TryDelete(tree))
                return null;
            await Task.Delay(Wait, clock);
        }

        var trash = Path.Combine(Path.GetDirectoryName(tree)!, $".trash-{Guid.NewGuid():N}");
        try
        {
            Directory.Move(tree, trash);
            return $"the work tree could not be removed; it was moved to {trash}";
        }
        catch (IOException refused)
        {
            return $"the work tree could not be removed: {refused.Message}";
        }
    }

    /// <summary>Removes what is left of an unfinished tree, as far as it goes.</summary>
    public static void Delete(string tree) => TryDelete(tree);

    private static bool TryDelete(string tree)
    {
        try
        {
            if (!Directory.Exists(tree))
                return true;
            MakeWritable(new DirectoryInfo(tree));
            Directory.Delete(tree, recursive: true);
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static void MakeWritable(DirectoryInfo directory)
    {
        if (!OperatingSystem.IsWindows() && (directory.UnixFileMode & Owner) != Owner)
            directory.UnixFileMode |= Owner;
        foreach (var child in directory.EnumerateDirectories())
            if (child.LinkTarget is null)
                MakeWritable(child);
    }
}
