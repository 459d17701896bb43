namespace Donmai.Worker.Sessions;

/// <summary>How a session ended (worker.md §1.7).</summary>
internal static class SessionStatus
{
    public const string Completed = "completed";
    public const string Failed = "failed";
    public const string Stopped = "stopped";
}
