using System.Diagnostics;

namespace Donmai.EndToEnd.Tests;

/// <summary>A real git repository with one commit on <c>main</c>.</summary>
internal sealed class GitRepository
{
    private GitRepository(string path) => Path = path;

    public string Path { get; }

    /// <summary>Makes a repository of <paramref name="files"/> text files in some folders.</summary>
    public static GitRepository Create(string path, int files)
    {
        Directory.CreateDirectory(path);
        var repository = new GitRepository(path);
        repository.Git("init", "--quiet", "--initial-branch=main");
        for (var i = 0; i < files; i++)
        {
            var folder = Directory.CreateDirectory(System.IO.Path.Combine(path, "src", $"part-{i % 12:00}"));
            File.WriteAllText(System.IO.Path.Combine(folder.FullName, $"file-{i:000}.txt"), $"line one of file {i}\nline two\n");
        }

        repository.Git("add", "--all");
        repository.Git("-c", "user.name=Test", "-c", "user.email=test@example.invalid", "commit", "--quiet", "--message", "First", "--allow-empty");
        return repository;
    }

    /// <summary>Runs git in the repository and returns what it printed.</summary>
    public string Git(params string[] arguments) => Git(Path, arguments);

    /// <summary>Runs git in a directory and returns what it printed.</summary>
    public static string Git(string directory, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        using var git = Process.Start(start)!;
        git.BeginErrorReadLine();
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        git.ExitCode.ShouldBe(0, $"git {string.Join(' ', arguments)}");
        return output;
    }
}
