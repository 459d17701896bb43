namespace Donmai.Worker.Sessions;

/// <summary>
/// What a session still does after its agent (worker.md §2.4, second table). Steering is not among them: it belongs to the turns, and after a
/// cancellation there are none.
/// </summary>
internal sealed record TailSteps
{
    /// <summary>What is delivered in the agent's place.</summary>
    public required BackstopScope Backstop { get; init; }

    /// <summary>Whether the issue's status is decided and told.</summary>
    public required bool IssueStatus { get; init; }

    /// <summary>Only the terminal status is told, no completion.</summary>
    public bool StatusOnly { get; init; }

    /// <summary>Whether the end is waited for, so that the terminal requests have 10 seconds, not 30.</summary>
    public bool Hurried { get; init; }

    /// <summary>The steps that are due.</summary>
    /// <param name="end">How the session ended.</param>
    /// <param name="agentRan">Whether an agent was started.</param>
    public static TailSteps After(SessionEnd end, bool agentRan) => end switch
    {
        { ExitReason: ExitReason.LostOwnership } => new() { Backstop = If(agentRan, BackstopScope.Rescue), IssueStatus = false, StatusOnly = true, Hurried = true },
        { IsHurried: true } => new() { Backstop = If(agentRan, BackstopScope.Rescue), IssueStatus = false, Hurried = true },
        { ExitReason: ExitReason.DiskFull } or { FailureMode: FailureMode.WorkerCrashed } => new() { Backstop = If(agentRan, BackstopScope.Rescue), IssueStatus = false },
        { IsLimit: true } => new() { Backstop = If(agentRan, BackstopScope.Full), IssueStatus = true },
        _ => new() { Backstop = If(agentRan, BackstopScope.Full), IssueStatus = agentRan },
    };

    private static BackstopScope If(bool agentRan, BackstopScope scope) => agentRan ? scope : BackstopScope.None;
}
