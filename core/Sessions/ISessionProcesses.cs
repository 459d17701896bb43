using Donmai.Sessions;

namespace Donmai.Core.Sessions;

/// <summary>
/// Owner of the machine's session processes: starts them in a session and process group of their own, finds them again after a restart,
/// ends whole trees, and reports each end exactly once to <see cref="ISessionExits"/> (architecture.md §3, §5).
/// </summary>
public interface ISessionProcesses
{
    /// <summary>Names this run of the system: no process outlives it, and files that were not flushed may not have outlived the one before.</summary>
    string BootId { get; }

    /// <summary>Starts a session's process. Its output goes to files in the record directory, so that its life is not tied to the daemon's.</summary>
    /// <returns>The process; its end will be reported.</returns>
    /// <exception cref="WorkerStartException">The system refused; nothing runs.</exception>
    ProcessIdentity Start(WorkerLaunch launch);

    /// <summary>Looks for a session's process after a restart and, when it lives, watches it so that its end will be reported.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="recordPath">Its record directory.</param>
    /// <param name="identity">The process as recorded; <see langword="null"/> when the daemon died before it could record it.</param>
    ProcessFinding Find(string sessionId, string recordPath, ProcessIdentity? identity);

    /// <summary>
    /// Ends a session's whole process tree: TERM to the group, the grace period, KILL, and anything that left the group but belongs to the
    /// session. Completes when none of it is left.
    /// </summary>
    Task Stop(string sessionId, ProcessIdentity identity, TimeSpan grace, CancellationToken cancellationToken = default);
}
