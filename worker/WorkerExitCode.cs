namespace Donmai.Worker;

/// <summary>Exit codes of <c>donmai agent run</c> (worker.md §1.7).</summary>
public static class WorkerExitCode
{
    /// <summary>The session completed.</summary>
    public const int Completed = 0;

    /// <summary>The session failed.</summary>
    public const int Failed = 1;

    /// <summary>Nothing was run: the worker could not start.</summary>
    public const int Preflight = 2;

    /// <summary>The session was asked to stop.</summary>
    public const int Stopped = 5;
}
