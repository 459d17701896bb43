namespace Donmai.Worker.Tests;

/// <summary>A bare repository with one commit on <c>main</c>, reached by a <c>file://</c> URL.</summary>
internal sealed class GitRemote
{
    private readonly TemporaryDirectory _place;
    private int _files;
    private readonly IReadOnlyDictionary<string, string> _environment;

    public GitRemote(TemporaryDirectory place, IReadOnlyDictionary<string, string> environment)
    {
        _place = place;
        _environment = environment;
        place.Make("remote.git");
        place.Make("seed");
        Git("remote.git", "init", "--quiet", "--bare", "-b", "main");
        Git("seed", "init", "--quiet", "-b", "main");
        Git("seed", "config", "user.name", "Seed");
        Git("seed", "config", "user.email", "seed@example.invalid");
        Git("seed", "remote", "add", "origin", place.At("remote.git"));
        Commit("readme.md", "# Seed\n", "First");
        Git("seed", "push", "--quiet", "origin", "main");
    }

    public string Url => $"file://{_place.At("remote.git")}";

    public string Commit(string file, string content, string message)
    {
        _place.Write($"seed/{file}", content);
        Git("seed", "add", "--all");
        Git("seed", "commit", "--quiet", "-m", message);
        return Git("seed", "rev-parse", "HEAD").Trim();
    }

    public string Push(string branch, int commits)
    {
        Git("seed", "checkout", "--quiet", "-B", branch, "main");
        var sha = "";
        for (var number = 1; number <= commits; number++)
            sha = Commit($"{branch.Replace('/', '-')}-{number}.txt", $"{number}\n", $"{branch} {number}");
        Git("seed", "push", "--quiet", "origin", branch);
        Git("seed", "checkout", "--quiet", "main");
        return sha;
    }

    public string PushMain(int commits)
    {
        var sha = "";
        for (var number = 1; number <= commits; number++)
            sha = Commit($"main-{++_files}.txt", $"{number}\n", $"main {number}");
        Git("seed", "push", "--quiet", "origin", "main");
        return sha;
    }

    public string Seed(params string[] arguments) => Git("seed", arguments);

    public string InTree(string tree, params string[] arguments) => Shell.Run(tree, _environment, "/usr/bin/git", arguments);

    private string Git(string directory, params string[] arguments) => Shell.Run(_place.At(directory), _environment, "/usr/bin/git", arguments);
}
