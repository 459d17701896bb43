namespace Donmai.Worker.Sessions;

/// <summary>Failure classes (worker.md §2.5). Stable wire strings; readers accept others.</summary>
internal static class FailureMode
{
    public const string WorktreeProvision = "worktree-provision";
    public const string PromptRender = "prompt-render";
    public const string ProviderResolve = "provider-resolve";
    public const string SpawnFailed = "spawn-failed";
    public const string ProviderError = "provider-error";
    public const string SilentExit = "silent-exit";
    public const string LostOwnership = "lost-ownership";
    public const string NoProgress = "no-progress";
    public const string BackstopFailed = "backstop-failed";
    public const string KitFailed = "kit-failed";
    public const string Timeout = "timeout";
    public const string BudgetExceeded = "budget-exceeded";
    public const string OperatorCancelled = "operator-cancelled";
    public const string Terminated = "terminated";
    public const string AgentFailed = "agent-failed";
    public const string AuthRequired = "auth-required";
    public const string QuotaExhausted = "quota-exhausted";
    public const string ResumeFailed = "resume-failed";
    public const string Preflight = "preflight";
    public const string WorkerCrashed = "worker-crashed";
}
