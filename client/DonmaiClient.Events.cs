using System.Runtime.CompilerServices;
using Donmai.Sessions;
using Donmai.Sessions.Events;

namespace Donmai.Client;

public sealed partial class DonmaiClient
{
    /// <summary>
    /// The session's events after number <paramref name="after"/>, as they happen, until the session has ended. When the connection breaks,
    /// <see cref="DaemonUnreachableException"/> is thrown; <see cref="Follow"/> waits instead.
    /// </summary>
    /// <exception cref="NotFoundException">No session has that id.</exception>
    public async IAsyncEnumerable<AgentEvent> Events(
        string sessionId, long after = 0, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var answer = await _calls.Ask(token => _api.Events(Addressable(sessionId, "session not found"), after, token), cancellationToken);
        if (!answer.IsSuccessStatusCode)
            throw Refusal.Of(answer.StatusCode, await _calls.Ask(token => answer.Content.ReadAsStringAsync(token), cancellationToken));

        var body = await _calls.Ask(token => answer.Content.ReadAsStreamAsync(token), cancellationToken);
        await using var events = EventLines.Read(body, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await _calls.Tell(() => events.MoveNextAsync().AsTask(), cancellationToken))
            yield return events.Current;
    }

    /// <summary>
    /// As <see cref="Events"/>, but outlives the daemon: while it is away (for at most <see cref="DonmaiClientOptions.ReconnectFor"/>) it is
    /// waited for, and the events go on where they broke off, each exactly once. Ends when the session has ended.
    /// </summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="after">Number of the last event already known; 0 for all.</param>
    /// <param name="whenAway">Told once each time the daemon goes away and is waited for.</param>
    /// <param name="cancellationToken">Ends the following.</param>
    /// <exception cref="NotFoundException">No session has that id.</exception>
    /// <exception cref="DaemonUnreachableException">The daemon stayed away.</exception>
    public async IAsyncEnumerable<AgentEvent> Follow(
        string sessionId, long after = 0, Action? whenAway = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var absence = new Absence(_options, whenAway);
        while (true)
        {
            var before = after;
            await using var events = Events(sessionId, after, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (await Next(events, absence))
            {
                absence.Progress();
                if (events.Current.Seq > after)
                    after = events.Current.Seq;
                else if (events.Current.Seq > 0)
                    continue;
                yield return events.Current;
            }

            // The stream of a daemon that shuts down ends as that of a session that ended; only asking tells them apart.
            if (!absence.IsOngoing && await HasNothingMore(sessionId, after, after == before, absence, cancellationToken))
                yield break;
            await absence.Pause(cancellationToken);
        }
    }

    private static async Task<bool> Next<T>(IAsyncEnumerator<T> stream, Absence absence)
    {
        try
        {
            var arrived = await stream.MoveNextAsync();
            absence.Over();
            return arrived;
        }
        catch (Exception away) when (IsAway(away))
        {
            absence.Noticed(away);
            return false;
        }
    }

    private async Task<bool> HasNothingMore(string sessionId, long last, bool wasSilent, Absence absence, CancellationToken cancellationToken) =>
        await Ended(sessionId, absence, cancellationToken) is { } ended && (wasSilent || ended.LastEventSeq <= last);

    /// <summary>The session, if it has ended; <see langword="null"/> when it goes on, or the daemon is away.</summary>
    private async Task<SessionInspection?> Ended(string sessionId, Absence absence, CancellationToken cancellationToken)
    {
        try
        {
            var session = await Inspect(sessionId, cancellationToken);
            return session.State is SessionState.Starting or SessionState.Running ? null : session;
        }
        catch (Exception away) when (IsAway(away))
        {
            absence.Noticed(away);
            return null;
        }
    }

    private static bool IsAway(Exception problem) => problem is DaemonUnreachableException or UnavailableException;
}
