using System.Diagnostics;

namespace Donmai.Core.Tests;

/// <summary>
/// Writes a program to be run. Another process writes it: a test that starts a process at the same moment would hand it the open file, and
/// a file that is open for writing cannot be run ("text file busy").
/// </summary>
internal static class ProgramOnDisk
{
    public static void Write(string path, string text)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "cat >\"$0\" && chmod 700 \"$0\"", path]) { RedirectStandardInput = true, UseShellExecute = false })!;
        shell.StandardInput.Write(text);
        shell.StandardInput.Close();
        if (!shell.WaitForExit(TimeSpan.FromSeconds(60)))
            throw new TimeoutException($"{path} was not written within a minute");
        if (shell.ExitCode != 0)
            throw new IOException($"{path} could not be written");
    }
}
