using System.Diagnostics;

namespace Donmai.EndToEnd.Tests.Daemon;

/// <summary>A disk that is soon full: a small tmpfs, for tests that run as root.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    public static SmallDisk Mount(string below, int kilobytes)
    {
        var path = Directory.CreateDirectory(System.IO.Path.Combine(below, "small-disk")).FullName;
        Run("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", path).ShouldBe(0);
        return new SmallDisk(path);
    }

    /// <summary>Whether this user may mount at all.</summary>
    public static bool IsPossible()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            return false;
        using var directory = new TemporaryDirectory();
        if (Run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", directory) != 0)
            return false;
        Run("umount", directory);
        return true;
    }

    /// <summary>Uses up all its space.</summary>
    public void Fill()
    {
        using var file = File.Create(System.IO.Path.Combine(Path, "filler"));
        var block = new byte[4096];
        try
        {
            while (true)
            {
                file.Write(block);
                file.Flush();
            }
        }
        catch (IOException)
        {
            return; // full, as wanted
        }
    }

    public void Dispose() => Run("umount", "--lazy", Path);

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
