using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Donmai.Sessions;

namespace Donmai.Bench.Sessions;

/// <summary>A repository, and an agent that says when it was started and does nothing.</summary>
internal sealed class WorkerBed
{
    private const string Agent = """
        #!/bin/sh
        case "$1" in
          --version) echo '2.1.0 (Claude Code)'; exit 0 ;;
          --help) echo '  --output-format <format>  --append-system-prompt-file <file>'; exit 0 ;;
        esac
        date +%s.%N > "${0%/*}/started.new" && mv "${0%/*}/started.new" "${0%/*}/started"
        exec sleep 600
        """;

    private readonly string _directory;
    private int _sessions;

    public WorkerBed(string directory)
    {
        _directory = directory;
        var agent = Path.Combine(Directory.CreateDirectory(Path.Combine(directory, "bin")).FullName, "claude");
        File.WriteAllText(agent, Agent);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(agent, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.CreateDirectory(Repository);
        Git("init", "--quiet", "--initial-branch=main");
        Git("-c", "user.name=Bench", "-c", "user.email=bench@example.invalid", "commit", "--quiet", "--allow-empty", "--message", "First");
    }

    /// <summary>What the worker is told to do.</summary>
    public SessionDetail Order => new()
    {
        SessionId = "bench",
        Repository = Repository,
        Ref = "main",
        PromptContext = "Do nothing.",
        ResolvedProfile = new() { Provider = "claude" },
    };

    public string Detail => Path.Combine(_directory, "detail.json");

    public string Trees => Path.Combine(_directory, "trees");

    public string Records => Path.Combine(_directory, "records");

    private string Repository => Path.Combine(_directory, "repository");

    private string Started => Path.Combine(_directory, "bin", "started");

    /// <summary>The next session's id; the former one's agent is forgotten.</summary>
    public string Next()
    {
        File.Delete(Started);
        return string.Create(CultureInfo.InvariantCulture, $"bench-{++_sessions}");
    }

    /// <summary>Starts a <c>dotnet</c> program with an environment of its own.</summary>
    public Process Start(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _directory,
        };
        start.Environment["PATH"] = $"{Path.Combine(_directory, "bin")}:{start.Environment["PATH"]}";
        start.Environment["DONMAI_STATE_HOME"] = _directory;
        start.Environment["HOME"] = _directory;
        return Process.Start(start)!;
    }

    /// <summary>When the agent was started.</summary>
    public async Task<DateTimeOffset> AgentStart(Process worker, TimeSpan deadline, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        while (!File.Exists(Started))
        {
            if (worker.HasExited || clock.Elapsed > deadline)
                throw new InvalidOperationException($"The worker did not start its agent:\n{await worker.StandardOutput.ReadToEndAsync(cancellation)}");
            await Task.Delay(TimeSpan.FromMilliseconds(5), cancellation);
        }

        var seconds = decimal.Parse(await File.ReadAllTextAsync(Started, cancellation), CultureInfo.InvariantCulture);
        return DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond));
    }

    /// <summary>How long the work tree took, by the session's own events: from the first phase to the next.</summary>
    public TimeSpan TimeOfGit(string session)
    {
        var events = File.ReadLines(Path.Combine(Records, session, "events.jsonl"))
            .Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("ts").GetDateTimeOffset())
            .Take(2)
            .ToList();
        return events[1] - events[0];
    }

    /// <summary>Ends a worker as its daemon would.</summary>
    public static void End(Process worker)
    {
        using var kill = Process.Start("kill", ["-s", "TERM", worker.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private void Git(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = Repository })!;
        git.WaitForExit();
        if (git.ExitCode != 0)
            throw new InvalidOperationException($"git {arguments[0]} ended with {git.ExitCode}");
    }
}
