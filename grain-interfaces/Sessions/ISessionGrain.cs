using Donmai.Sessions.Events;
using Orleans.Concurrency;

namespace Donmai.Sessions;

/// <summary>One session from accept to archived (architecture.md §3, §4). Key: the session id.</summary>
[Alias("donmai.ISessionGrain")]
public interface ISessionGrain : IGrainWithStringKey
{
    /// <summary>
    /// Makes the accepted session durable, prepares its place and starts its worker process. Called by the spawner only, with the
    /// slot already reserved.
    /// </summary>
    /// <param name="start">What was accepted.</param>
    /// <returns>The running session.</returns>
    /// <exception cref="SessionRefusedException">The worker process could not be started; nothing is left behind.</exception>
    [Alias("Start"), ResponseTimeout("01:00:00")]
    Task<SessionHandle> Start(SessionStart start);

    /// <summary>Finds the session's process again after the daemon's restart, or records its end (daemon-runtime.md §15.2).</summary>
    /// <returns>The session as it is now.</returns>
    [Alias("Recover"), ResponseTimeout("01:00:00")]
    Task<SessionHandle> Recover();

    /// <summary>The session as listed.</summary>
    /// <exception cref="SessionNotFoundException">No such session.</exception>
    [Alias("Handle"), AlwaysInterleave]
    Task<SessionHandle> Handle();

    /// <summary>What the session's worker reads at its start and again before each platform call (control-api.md §4.10).</summary>
    /// <exception cref="SessionNotFoundException">No such session, or it has ended.</exception>
    [Alias("Detail"), AlwaysInterleave]
    Task<SessionDetail> Detail();

    /// <summary>Everything that may be shown about the session, live or ended.</summary>
    /// <exception cref="SessionNotFoundException">No such session.</exception>
    [Alias("Inspect"), AlwaysInterleave]
    Task<SessionInspection> Inspect();

    /// <summary>
    /// Asks the session to end: records the intent, then TERM to the whole process tree, the grace period, KILL. Returns once the intent
    /// is recorded; repeating it is harmless.
    /// </summary>
    [Alias("Stop"), AlwaysInterleave]
    Task<SessionStopOutcome> Stop(SessionStopRequest request);

    /// <summary>
    /// Keeps messages for the session's agent until it has taken them (platform-api.md §7.1). One that was delivered before, by its id, and one
    /// without words is left out; an ended session takes none.
    /// </summary>
    /// <param name="messages">The messages in the order of their arrival.</param>
    /// <returns>When they are durable.</returns>
    /// <exception cref="SessionNotFoundException">No such session, or it has ended.</exception>
    [Alias("Deliver")]
    Task Deliver(List<InboxMessage> messages);

    /// <summary>The session's agent has taken a message: it is not shown again. Repeating it is harmless.</summary>
    /// <param name="deliveryId">Id of the message.</param>
    /// <returns>Whether there is or was a message of that id.</returns>
    /// <exception cref="SessionNotFoundException">No such session, or it has ended.</exception>
    [Alias("AcknowledgeInput")]
    Task<bool> AcknowledgeInput(string deliveryId);

    /// <summary>The session's process has ended. Called by the machine's process owner; repeating it is harmless.</summary>
    [Alias("Exited"), ResponseTimeout("01:00:00")]
    Task Exited(ProcessExit exit);

    /// <summary>
    /// Removes everything durable of a session that ended then, its routing decision as well; a later life of the same id is left alone.
    /// Called by the spawner when the session leaves the history (daemon-runtime.md §9.5).
    /// </summary>
    /// <param name="endedAt">When it ended, as listed.</param>
    [Alias("Forget")]
    Task Forget(DateTimeOffset? endedAt);

    /// <summary>The session's events after number <paramref name="after"/>, live until the session has ended.</summary>
    /// <param name="after">Number of the last event already known; 0 for all.</param>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    /// <exception cref="SessionNotFoundException">No such session.</exception>
    [Alias("Events"), AlwaysInterleave]
    IAsyncEnumerable<AgentEvent> Events(long after, CancellationToken cancellationToken = default);

    /// <summary>What the session's process has printed: whole lines (<see cref="SessionLogLine"/>), many at a time, each with its line feed.</summary>
    /// <param name="request">How much of it, and for how long.</param>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    /// <exception cref="SessionNotFoundException">No such session.</exception>
    [Alias("Logs"), AlwaysInterleave]
    IAsyncEnumerable<string> Logs(SessionLogRequest request, CancellationToken cancellationToken = default);
}
