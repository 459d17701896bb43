using System.Runtime.InteropServices;

namespace Donmai.Bench.Sessions;

/// <summary>The cheapest way to run a command: <c>posix_spawn</c>, then wait.</summary>
internal static partial class PosixSpawn
{
    /// <summary>Runs <c>/bin/sh -c</c> <paramref name="text"/> to its end.</summary>
    public static void RunShell(string text)
    {
        string?[] arguments = ["sh", "-c", text, null];
        string?[] environment = ["PATH=/usr/bin:/bin", null];
        var error = posix_spawn(out var process, "/bin/sh", 0, 0, arguments, environment);
        if (error != 0)
            throw new InvalidOperationException($"posix_spawn: {Marshal.GetPInvokeErrorMessage(error)}");
        if (waitpid(process, out var status, 0) != process || status != 0)
            throw new InvalidOperationException($"'{text}' ended with {status}.");
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int posix_spawn(
        out int process, string path, nint actions, nint attributes, string?[] arguments, string?[] environment);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int waitpid(int process, out int status, int options);
}
