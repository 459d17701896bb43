using System.Diagnostics;

namespace Donmai.Cli.Tests.Sessions;

/// <summary>A real repository in a test's directory.</summary>
internal static class GitRepository
{
    public static string Create(string path, bool withCommit = true)
    {
        Directory.CreateDirectory(path);
        Git(path, "init", "--quiet", "--initial-branch=main");
        if (withCommit)
        {
            File.WriteAllText(Path.Combine(path, "a.txt"), "one\n");
            Git(path, "add", "--all");
            Git(path, "-c", "user.name=Test", "-c", "user.email=test@example.invalid", "commit", "--quiet", "--message", "First");
        }

        return path;
    }

    public static void Git(string directory, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = directory, RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        using var git = Process.Start(start)!;
        git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        git.ExitCode.ShouldBe(0, $"git {string.Join(' ', arguments)}");
    }
}
