namespace Donmai.Core.Daemon.Doctor;

/// <summary>Tries whether a file can be made in a directory, or the directory itself where there is none yet.</summary>
internal static class WritableDirectory
{
    /// <summary>Why not, and what to do; <see langword="null"/> when it can.</summary>
    public static string? Problem(string directory)
    {
        if (File.Exists(directory))
            return $"{directory} is not a directory";
        if (!Directory.Exists(directory))
            return Path.GetDirectoryName(directory) is { Length: > 0 } parent ? Problem(parent) : $"{directory} does not exist";
        var probe = Path.Combine(directory, $".doctor-{Guid.NewGuid():N}");
        try
        {
            using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose))
                return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return $"{directory} cannot be written: {refused.Message}";
        }
    }
}
