using Donmai.Sessions;

namespace Donmai.Worker.Sessions;

/// <summary>How and why a session ends (worker.md §2.4, §2.5).</summary>
/// <param name="Status"><see cref="SessionStatus"/>.</param>
/// <param name="FailureMode"><see cref="Sessions.FailureMode"/>; empty when completed.</param>
/// <param name="ExitReason"><see cref="Sessions.ExitReason"/>.</param>
/// <param name="Error">What went wrong, in words; empty when completed.</param>
internal sealed record SessionEnd(string Status, string FailureMode, string ExitReason, string Error)
{
    /// <summary>The agent says it succeeded.</summary>
    public static SessionEnd Completed { get; } = new(SessionStatus.Completed, "", Sessions.ExitReason.AgentCompleted, "");

    /// <summary>A signal without a request to stop: drain or shutdown of the machine; may be dispatched again.</summary>
    public static SessionEnd Signalled { get; } =
        new(SessionStatus.Stopped, Sessions.FailureMode.Terminated, Sessions.ExitReason.Signal, "the worker was asked to end by a signal") { IsHurried = true };

    /// <summary>Exit code of a worker whose session ended like this (worker.md §1.7).</summary>
    public int ExitCode => Status switch
    {
        SessionStatus.Completed => WorkerExitCode.Completed,
        SessionStatus.Stopped => WorkerExitCode.Stopped,
        _ => WorkerExitCode.Failed,
    };

    /// <summary>Whether a limit, not a person, ended the session.</summary>
    public bool IsLimit => ExitReason
        is Sessions.ExitReason.SessionLimit or Sessions.ExitReason.NoProgress or Sessions.ExitReason.BudgetDuration
        or Sessions.ExitReason.BudgetTokens or Sessions.ExitReason.BudgetSubAgents or Sessions.ExitReason.BudgetTurns or Sessions.ExitReason.BudgetCost;

    /// <summary>Whoever asked for the end waits for it and ends the worker by force when it takes too long.</summary>
    public bool IsHurried { get; init; }

    /// <summary>Another worker has the session now (worker.md §2.4).</summary>
    /// <param name="error">How that became known.</param>
    public static SessionEnd LostOwnership(string error) => Failed(Sessions.FailureMode.LostOwnership, Sessions.ExitReason.LostOwnership, error);

    /// <summary>The agent did nothing for too long.</summary>
    public static SessionEnd NoProgress(TimeSpan patience) => Failed(
        Sessions.FailureMode.NoProgress, Sessions.ExitReason.NoProgress, $"the agent did nothing for {patience.TotalSeconds:0.###} s");

    /// <summary>Somebody asked for the stop. Limits that the daemon watches are limits, whoever found them.</summary>
    /// <param name="mode">Mode given with the request; empty means <c>operator-cancelled</c>.</param>
    public static SessionEnd StopRequested(string? mode)
    {
        var known = string.IsNullOrWhiteSpace(mode) ? SessionStopMode.OperatorCancelled : mode.Trim();
        return known switch
        {
            SessionStopMode.Timeout => Failed(
                Sessions.FailureMode.Timeout, Sessions.ExitReason.SessionLimit, "the session reached the limit of its daemon") with
            { IsHurried = true },
            SessionStopMode.NoProgress => Failed(
                Sessions.FailureMode.NoProgress, Sessions.ExitReason.NoProgress, "the agent did nothing for too long") with
            { IsHurried = true },
            _ => new(SessionStatus.Stopped, known, Sessions.ExitReason.StopRequested, $"the session was asked to stop ({known})") { IsHurried = true },
        };
    }

    /// <summary>The session reached its longest life.</summary>
    public static SessionEnd OutOfTime(TimeSpan limit) =>
        Failed(Sessions.FailureMode.Timeout, Sessions.ExitReason.SessionLimit, $"the session reached its limit of {limit.TotalSeconds:0.###} s");

    /// <summary>The stage exceeded one of its caps (worker.md §7.5).</summary>
    /// <param name="reason"><see cref="Sessions.ExitReason"/> of the cap.</param>
    /// <param name="detail">By how much.</param>
    public static SessionEnd OverBudget(string reason, string detail) => Failed(Sessions.FailureMode.BudgetExceeded, reason, detail);

    /// <summary>Nothing was run.</summary>
    public static SessionEnd NotStarted(string error) => Failed(Sessions.FailureMode.Preflight, Sessions.FailureMode.Preflight, error);

    /// <summary>The worker itself failed.</summary>
    public static SessionEnd Unforeseen(Exception error) =>
        Failed(Sessions.FailureMode.WorkerCrashed, Sessions.ExitReason.UnhandledException, $"{error.GetType().Name}: {error.Message}");

    /// <summary>It failed.</summary>
    public static SessionEnd Failed(string mode, string reason, string error) => new(SessionStatus.Failed, mode, reason, error);
}
