using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Donmai.Core.Sessions.Processes;

/// <summary>
/// Gives the disk the beginning of an output file back while a process writes at its end: nothing moves, and the file is as long as before.
/// </summary>
internal static partial class OutputSpace
{
    private const int PunchHole = 1 | 2; // and keep the size
    private const int SeekData = 3;

    // Elsewhere offsets have other sizes, or there is nothing like it.
    private static readonly bool IsPossible = OperatingSystem.IsLinux() && Environment.Is64BitProcess;

    /// <summary>Frees bytes of a file; they are zero from then on.</summary>
    /// <returns>Whether that is possible.</returns>
    internal static bool Free(string path, long from, long length)
    {
        if (!IsPossible)
            return false;
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            return Allocate(file, PunchHole, from, length) == 0;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false; // a file that stays as large as it is harms no session
        }
    }

    /// <summary>The first byte from this one on that was not freed.</summary>
    internal static long Next(string path, long from)
    {
        if (!IsPossible || from >= (new FileInfo(path) is { Exists: true } there ? there.Length : 0))
            return from;
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return Math.Max(from, Seek(file, from, SeekData));
    }

    [LibraryImport("libc", EntryPoint = "fallocate", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Allocate(SafeFileHandle file, int mode, long offset, long length);

    [LibraryImport("libc", EntryPoint = "lseek", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial long Seek(SafeFileHandle file, long offset, int whence);
}
