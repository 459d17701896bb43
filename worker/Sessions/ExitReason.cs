namespace Donmai.Worker.Sessions;

/// <summary>Typed causes of a session's end (worker.md §2.4, §2.5). Stable wire strings; where none fits, the failure mode is the reason.</summary>
internal static class ExitReason
{
    public const string AgentCompleted = "agent-completed";
    public const string StopRequested = "stop-requested";
    public const string Signal = "signal";
    public const string SessionLimit = "session-limit";
    public const string BudgetDuration = "budget-duration";
    public const string BudgetTokens = "budget-tokens";
    public const string BudgetSubAgents = "budget-sub-agents";
    public const string BudgetTurns = "budget-turns";
    public const string BudgetCost = "budget-cost";
    public const string LostOwnership = "lost-ownership";
    public const string NoProgress = "no-progress";
    public const string DiskFull = "disk-full";
    public const string UnhandledException = "unhandled-exception";
}
