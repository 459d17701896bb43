using Donmai.Sessions.Events;

namespace Donmai.Worker.Providers;

/// <summary>
/// A live agent session (worker.md §3.4). It is read turn by turn: <see cref="Turn"/> streams the turn that runs and ends with it;
/// <see cref="Inject"/> starts the next. Disposing stops what is left of it.
/// </summary>
internal interface IAgentHandle : IAsyncDisposable
{
    /// <summary>The provider's own session id; empty until it is known.</summary>
    string SessionId { get; }

    /// <summary>
    /// The events of the turn that runs, in order, none dropped: at most one <c>init</c>, which comes first, at most one <c>result</c>,
    /// which comes last; without <c>result</c> at least one fatal <c>error</c>, except after a stop (EV-1 to EV-6). The stream ends at the
    /// latest when the agent's process has ended and its pipes are drained. Usage and costs in it are the turn's, not the provider session's
    /// (§3.7). Empty when no turn was started since the last one.
    /// </summary>
    /// <param name="cancellationToken">Stops reading; the agent itself is ended by <see cref="Stop"/>.</param>
    IAsyncEnumerable<AgentEvent> Turn(CancellationToken cancellationToken);

    /// <summary>
    /// Gives the next user message and returns once the agent has it; it never waits for the turn. Between turns it starts the next one, which
    /// <see cref="Turn"/> then streams. While a turn runs it goes into that turn where the provider can do so
    /// (<see cref="Donmai.Providers.ProviderCapabilities.SupportsMidTurnInput"/>), and is refused otherwise.
    /// </summary>
    /// <exception cref="AgentNotReadyException">
    /// The session id is not known yet, the agent was stopped, or a turn is running that takes no input: the message may be given again after it.
    /// </exception>
    /// <exception cref="AgentUnsupportedException">The provider takes no follow-up messages at all.</exception>
    /// <exception cref="AgentStartException">The next turn could not be started; nothing runs.</exception>
    Task Inject(string text, CancellationToken cancellationToken);

    /// <summary>
    /// Ends the agent and everything it started, politely first, in 8 seconds at most. Idempotent, harmless after the end.
    /// </summary>
    /// <param name="atOnce">Cancelled when there is no time for politeness.</param>
    Task<AgentStop> Stop(CancellationToken atOnce);
}
