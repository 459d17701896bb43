using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Donmai.EndToEnd.Tests;

/// <summary>What a test has begun and nobody has ended: workers whose daemon is gone, their agents, what those left behind.</summary>
internal static class LeftoverProcesses
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>Ends every process whose environment names a directory, and returns when all of them have ended.</summary>
    public static void End(string directory)
    {
        while (Of(directory) is { Count: > 0 } left)
            foreach (var pid in left)
                End(pid);
    }

    private static List<int> Of(string directory) =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Where(path => Environment(path).Contains(directory, StringComparison.Ordinal))
            .Select(static path => int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture)),
    ];

    private static string Environment(string process)
    {
        try
        {
            return char.IsAsciiDigit(Path.GetFileName(process)[0]) ? Encoding.Latin1.GetString(File.ReadAllBytes(Path.Combine(process, "environ"))) : "";
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return ""; // it has ended, or is another user's
        }
    }

    private static void End(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            process.Kill();
            process.WaitForExit(Deadline).ShouldBeTrue($"process {pid} does not end");
        }
        catch (ArgumentException)
        {
            return; // it has ended meanwhile
        }
    }
}
