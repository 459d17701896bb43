namespace Donmai.EndToEnd.Tests;

/// <summary>A user's machine as far as the product sees it: a home, a state directory, a <c>PATH</c> with fakes in front, the built program.</summary>
internal sealed class Installation : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public Installation()
    {
        Home = _directory.Subdirectory("home");
        Bin = _directory.Subdirectory("bin");
        State = _directory.File("state");
        Environment = new()
        {
            ["PATH"] = $"{Bin}:/usr/local/bin:/usr/bin:/bin",
            ["HOME"] = Home,
            ["LANG"] = "C.UTF-8",
            ["DONMAI_STATE_HOME"] = State,
            ["GIT_CONFIG_NOSYSTEM"] = "1",
            ["GIT_CONFIG_GLOBAL"] = "/dev/null",
        };
        if (System.Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } dotnet)
            Environment["DOTNET_ROOT"] = dotnet;
    }

    public static string Donmai { get; } = Path.Combine(AppContext.BaseDirectory, "donmai");

    public string Home { get; }

    public string Bin { get; }

    public string State { get; }

    public string Directory => _directory;

    public Dictionary<string, string> Environment { get; }

    /// <summary>Starts <c>donmai</c> with <paramref name="arguments"/>.</summary>
    public RunningProgram Start(params string[] arguments) => RunningProgram.Start(Donmai, arguments, Environment, _directory);

    /// <summary>Runs <c>donmai</c> to its end.</summary>
    public async Task<ProgramOutcome> Run(params string[] arguments)
    {
        await using var program = Start(arguments);
        return await program.Ended();
    }

    /// <summary>Writes <c>daemon.yaml</c> with this allowlist.</summary>
    public void Configure(int capacity, params (string Id, string Repository)[] projects)
    {
        System.IO.Directory.CreateDirectory(State, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var lines = new List<string>
        {
            "machine: { id: test-machine }",
            $"orchestrator: {{ url: \"file://{State}/queue\" }}",
            $"capacity: {{ maxConcurrentSessions: {capacity} }}",
            "providers: { allowStub: true }",
            "session: { stopGraceSeconds: 2 }",
            "projects:",
        };
        lines.AddRange(projects.Select(static project => $"  - {{ id: {project.Id}, repository: \"{project.Repository}\" }}"));
        File.WriteAllLines(Path.Combine(State, "daemon.yaml"), lines);
    }

    /// <summary>Puts an executable shell script in front of the <c>PATH</c>.</summary>
    public string Script(string name, string text)
    {
        var path = Path.Combine(Bin, name);
        File.WriteAllText(path, "#!/bin/sh\n" + text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    public void Dispose() => _directory.Dispose();
}
