namespace Donmai.Worker.Sessions;

/// <summary>
/// Names of the phases of a session, <c>currentStep</c> in <c>state.json</c> (worker.md §2.1).
/// </summary>
internal static class SessionPhase
{
    public const string Accepted = "accepted";
    public const string Leasing = "leasing";
    public const string Preparing = "preparing";
    public const string Worktree = "worktree";
    public const string Kits = "kits";
    public const string Prompting = "prompting";
    public const string Spawning = "spawning";
    public const string Running = "running";
    public const string Evaluating = "evaluating";
    public const string Backstop = "backstop";
    public const string Publishing = "publishing";
    public const string Stopping = "stopping";
    public const string Closing = "closing";
    public const string Reporting = "reporting";
    public const string Cleaning = "cleaning";
    public const string Done = "done";
}
