namespace Donmai.Worker.Sessions;

/// <summary>
/// Names of the phases of a session, <c>currentStep</c> in <c>state.json</c> (worker.md §2.1). Names of phases that only sessions with
/// an issue, kits or a platform have are missing here.
/// </summary>
internal static class SessionPhase
{
    public const string Accepted = "accepted";
    public const string Preparing = "preparing";
    public const string Worktree = "worktree";
    public const string Prompting = "prompting";
    public const string Spawning = "spawning";
    public const string Running = "running";
    public const string Evaluating = "evaluating";
    public const string Stopping = "stopping";
    public const string Closing = "closing";
    public const string Cleaning = "cleaning";
    public const string Done = "done";
}
