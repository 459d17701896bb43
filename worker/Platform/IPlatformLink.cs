using Donmai.Sessions;
using Donmai.Sessions.Events;

namespace Donmai.Worker.Platform;

/// <summary>
/// A session's link to the orchestrator that ordered it (platform-api.md §9–§12). Nothing of it ever ends or delays the agent, except the loss of
/// the session's ownership. A local session has <see cref="NoPlatform"/>.
/// </summary>
internal interface IPlatformLink : IAsyncDisposable
{
    /// <summary>
    /// Takes the lease on the session and keeps it until the link is disposed. The first refresh has ended when the task does. Whoever loses the
    /// lease, or is told to stop by the platform, finds the cause in <see cref="Sessions.SessionStop"/>.
    /// </summary>
    Task StartLease();

    /// <summary>
    /// Asks whether the session is still this worker's, before something is tried again that takes long. Whoever lost it finds the cause in
    /// <see cref="Sessions.SessionStop"/>.
    /// </summary>
    Task ConfirmLease();

    /// <summary>Tells the platform what the agent does. Never blocks: what finds no room is counted and told at the end.</summary>
    /// <param name="happening">What happened.</param>
    void Tell(AgentEvent happening);

    /// <summary>Changes the status of an issue.</summary>
    /// <param name="issueId">Id of the issue; blank sends nothing.</param>
    /// <param name="status">Name of the status; blank sends nothing.</param>
    /// <param name="cancellationToken">Ends the attempts at once.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    Task<PlatformPostOutcome> UpdateIssueStatus(string issueId, string status, CancellationToken cancellationToken);

    /// <summary>Comments on an issue.</summary>
    /// <param name="issueId">Id of the issue; blank sends nothing.</param>
    /// <param name="text">The comment; blank sends nothing.</param>
    /// <param name="cancellationToken">Ends the attempts at once.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    Task<PlatformPostOutcome> CreateComment(string issueId, string text, CancellationToken cancellationToken);

    /// <summary>Takes no more activity, and gives what is left two seconds.</summary>
    Task CloseActivity();

    /// <summary>Reports the end: the requests are on disk before the first of them is sent, completion first, then status, whatever became of it.</summary>
    /// <param name="result">How the session ended.</param>
    /// <param name="statusOnly">The completion is not this worker's to send any more (lost ownership).</param>
    /// <param name="deadline">Longest time it may take; no other cancellation shortens it. What is left then stays for the daemon.</param>
    Task<TerminalReport> Report(SessionResult result, bool statusOnly, TimeSpan deadline);
}
