using System.Reflection;
using Donmai.Core.Daemon;
using Donmai.Core.Sessions;

namespace Donmai.Silo.Daemon;

/// <summary>The programs that can run a session (daemon-runtime.md §9.2).</summary>
public static class WorkerCommands
{
    private const string Host = "dotnet";

    /// <summary>The running program itself as <c>agent run</c>, also when it was started as <c>dotnet donmai.dll</c>.</summary>
    /// <param name="state">Where the worker keeps trees and records.</param>
    /// <exception cref="DaemonStartException">The program's own path cannot be found out.</exception>
    public static WorkerCommand Own(StateDirectory state) => new(
        [
            .. Program(),
            "agent", "run", "--keep-worktree", "always", "--record-dir", state.Records, "--worktree-dir", state.Worktrees,
        ],
        IsOwnWorker: true);

    /// <summary>A shell command in the worker's place, for tests and embedders.</summary>
    /// <param name="text">What <c>/bin/sh -c</c> runs.</param>
    public static WorkerCommand Shell(string text) => new(["/bin/sh", "-c", text], IsOwnWorker: false);

    private static string[] Program()
    {
        var program = Environment.ProcessPath;
        if (string.IsNullOrEmpty(program) || !File.Exists(program))
            throw new DaemonStartException("Cannot find the program's own file to start workers with: name one with --worker-command.");
        if (Path.GetFileNameWithoutExtension(program) is not Host)
            return [program];
        return Assembly.GetEntryAssembly()?.Location is { Length: > 0 } assembly
            ? [program, assembly]
            : throw new DaemonStartException("Cannot find the program's own assembly to start workers with: name one with --worker-command.");
    }
}
