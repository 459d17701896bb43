namespace Donmai.Core.Workareas.Pool;

/// <summary>Removes members of the pool, and what is left of unfinished ones.</summary>
internal static class SeedRemoval
{
    /// <summary>Removes it, as far as it goes; what is not there is no trouble.</summary>
    public static void Delete(string path)
    {
        try
        {
            Remove(path);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return; // found again when the pool is swept
        }
    }

    /// <summary>Removes it. It is moved out of the way first, so that nobody finds half of it.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be removed.</exception>
    public static void Remove(string path)
    {
        if (File.Exists(path) || new FileInfo(path).LinkTarget is not null)
            File.Delete(path);
        if (!Directory.Exists(path))
            return;
        var aside = Path.Combine(Path.GetDirectoryName(path)!, $".trash-{Guid.NewGuid():N}");
        Directory.Move(path, aside);
        Directory.Delete(aside, recursive: true);
    }
}
