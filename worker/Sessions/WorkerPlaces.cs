using Donmai.Core.Daemon;
using Donmai.Core.Sessions;

namespace Donmai.Worker.Sessions;

/// <summary>Where a session's files are and whom it asks (worker.md §1.1, §1.2).</summary>
/// <param name="SessionId">The session.</param>
/// <param name="DaemonUrl">Control API, without trailing slash.</param>
/// <param name="Worktrees">Parent of all work trees, absolute.</param>
/// <param name="Records">Parent of all record directories, absolute.</param>
internal sealed record WorkerPlaces(string SessionId, string DaemonUrl, string Worktrees, string Records)
{
    private const string DefaultDaemonUrl = "http://127.0.0.1:7734";

    /// <summary>The session's record directory.</summary>
    public string Record => Path.Combine(Records, SessionId);

    /// <summary>Where workers keep what they have learnt about installed programs.</summary>
    /// <param name="worktrees">Parent of all work trees.</param>
    public static string ProbesIn(string worktrees) => Path.Combine(worktrees, ".probes");

    /// <summary>Works them out; a flag beats the environment.</summary>
    /// <exception cref="PreflightException">There is no session id, or it cannot name a directory.</exception>
    public static WorkerPlaces Resolve(WorkerOptions options, WorkerVariables variables)
    {
        var id = Given(options.SessionId) ?? variables.Own("SESSION_ID")
            ?? throw new PreflightException("no session id: give --session-id or set DONMAI_SESSION_ID");
        if (!SessionIds.IsUsable(id))
            throw new PreflightException($"'{id}' is not a session id: 1 to 128 characters of A-Z a-z 0-9 . _ : -, the first no dot");
        var worktrees = Path.GetFullPath(Given(options.WorktreeDirectory) ?? new StateDirectory(StateRoot(variables)).Worktrees);
        return new WorkerPlaces(
            id,
            (Given(options.DaemonUrl) ?? variables.Own("DAEMON_URL") ?? DefaultDaemonUrl).TrimEnd('/'),
            worktrees,
            Path.GetFullPath(Given(options.RecordDirectory) ?? Path.Combine(worktrees, ".records")));
    }

    private static string StateRoot(WorkerVariables variables) =>
        variables.Text("DONMAI_STATE_HOME") ?? Path.Combine(variables.Text("HOME") ?? Path.GetTempPath(), ".donmai");

    private static string? Given(string? flag) => string.IsNullOrWhiteSpace(flag) ? null : flag.Trim();
}
