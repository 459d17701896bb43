using System.Runtime.InteropServices;

namespace Donmai.Core.Workareas;

/// <summary>Moves a tree, by name where the file system allows it, else by copy.</summary>
internal static partial class TreeMove
{
    private const int OtherVolume = 18;

    private static readonly EnumerationOptions Everything = new()
    {
        AttributesToSkip = FileAttributes.None,
        IgnoreInaccessible = false,
        RecurseSubdirectories = false,
    };

    /// <summary>Gives a directory another name in one step.</summary>
    /// <returns>Whether it could be done; not between volumes.</returns>
    /// <exception cref="IOException">The system refused for another reason.</exception>
    internal static bool TryRename(string from, string to)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.Move(from, to);
            return true;
        }

        if (Rename(from, to) == 0)
            return true;
        var error = Marshal.GetLastPInvokeError();
        return error == OtherVolume
            ? false
            : throw new IOException($"{Path.GetFileName(from)} cannot be moved: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    /// <summary>Copies a tree: modes are kept, links stay links, special files are left out.</summary>
    internal static void Copy(DirectoryInfo from, string to, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(to);
        foreach (var entry in from.EnumerateFileSystemInfos("*", Everything))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var target = Path.Join(to, entry.Name);
            if (entry.LinkTarget is { } text)
                File.CreateSymbolicLink(target, text);
            else if (entry is DirectoryInfo deeper)
                Copy(deeper, target, cancellationToken);
            else if (!FileKinds.IsSpecial(entry))
                File.Copy(entry.FullName, target);
        }

        // Last: a directory may forbid writing to it.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(to, from.UnixFileMode);
    }

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(string from, string to);
}
