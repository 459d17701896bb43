using Donmai.Cli.Daemon;
using Donmai.Worker;

namespace Donmai.Cli.Sessions;

/// <summary>
/// <c>donmai agent run</c> as a daemon starts it for each session: options that are a name and a value each. Loading the parser takes longer than the
/// worker has to wait for its work order, and whatever is written in another way is left to it, which also has the words for it.
/// </summary>
internal static class QuickAgentRun
{
    /// <summary>The options of such a command line.</summary>
    /// <param name="words">What follows <c>agent run</c>.</param>
    /// <returns>They; <see langword="null"/> when the parser has to read them.</returns>
    public static WorkerOptions? Read(ReadOnlySpan<string> words)
    {
        var options = new WorkerOptions();
        for (; words is [var name, var value, ..]; words = words[2..])
        {
            // What a parser takes for an option, or for a file with more of them.
            if (value is [] or ['-' or '@', ..] || Add(options, name, value) is not { } more)
                return null;
            options = more;
        }

        return words.IsEmpty ? options : null;
    }

    /// <summary>Runs the session.</summary>
    /// <param name="options">They.</param>
    /// <param name="cancellationToken">Ends the session.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(WorkerOptions options, CancellationToken cancellationToken = default)
    {
        using var export = TelemetryExport.FromEnvironment("donmai-worker", measures: false);
        return await WorkerProgram.Run(options, cancellationToken);
    }

    // An option that comes twice is a mistake, which the parser names.
    private static WorkerOptions? Add(WorkerOptions options, string name, string value) => name switch
    {
        "--session-id" when options.SessionId is null => options with { SessionId = value },
        "--daemon-url" when options.DaemonUrl is null => options with { DaemonUrl = value },
        "--worktree-dir" when options.WorktreeDirectory is null => options with { WorktreeDirectory = value },
        "--record-dir" when options.RecordDirectory is null => options with { RecordDirectory = value },
        "--keep-worktree" when value == "always" && options.KeepWorktree != WorktreeRetention.Always => options with { KeepWorktree = WorktreeRetention.Always },
        _ => null,
    };
}
