namespace Donmai.Worker.Sessions;

/// <summary>Makes directories with their mode, never wider for a moment.</summary>
internal static class PrivateDirectory
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes a directory that only its owner can enter (0700).</summary>
    public static void Make(string path) => Make(path, Owner);

    /// <summary>Makes a directory that the group can read (0750).</summary>
    public static void MakeReadable(string path) => Make(path, Owner | UnixFileMode.GroupRead | UnixFileMode.GroupExecute);

    private static void Make(string path, UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, mode);
    }
}
