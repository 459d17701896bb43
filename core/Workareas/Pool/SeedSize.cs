namespace Donmai.Core.Workareas.Pool;

/// <summary>What members of the pool cost on disk.</summary>
internal static class SeedSize
{
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    /// <summary>Bytes of the regular files below a directory; 0 when there is none.</summary>
    public static long Of(string directory)
    {
        var root = new DirectoryInfo(directory);
        return root.Exists ? root.EnumerateFiles("*", Everything).Sum(static file => file.Length) : 0;
    }
}
