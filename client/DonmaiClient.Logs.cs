using System.Runtime.CompilerServices;
using Donmai.Sessions;

namespace Donmai.Client;

public sealed partial class DonmaiClient
{
    /// <summary>
    /// What the session's process has printed. When the connection breaks while a session is followed, <see cref="DaemonUnreachableException"/>
    /// is thrown; <see cref="FollowLogs"/> waits instead.
    /// </summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="follow">Whether to go on until the session has ended.</param>
    /// <param name="tail">Only so many of the lines that are there, the last; <see langword="null"/> for all.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="NotFoundException">No session has that id.</exception>
    public async IAsyncEnumerable<SessionLogLine> Logs(
        string sessionId, bool follow = false, int? tail = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var answer = await _calls.Ask(
            token => _api.Logs(Addressable(sessionId, "session not found"), follow ? "true" : "false", tail, token), cancellationToken);
        if (!answer.IsSuccessStatusCode)
            throw Refusal.Of(answer.StatusCode, await _calls.Ask(token => answer.Content.ReadAsStringAsync(token), cancellationToken));

        using var lines = new StreamReader(await _calls.Ask(token => answer.Content.ReadAsStreamAsync(token), cancellationToken));
        while (await _calls.Tell(() => lines.ReadLineAsync(cancellationToken).AsTask(), cancellationToken) is { } line)
            if (SessionLogLine.Parse(line) is { } one)
                yield return one;
    }

    /// <summary>
    /// As <see cref="Logs"/> until the session has ended, but outlives the daemon: while it is away (for at most
    /// <see cref="DonmaiClientOptions.ReconnectFor"/>) it is waited for, and the lines go on where they broke off.
    /// </summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="tail">Only so many of the lines that are there, the last; <see langword="null"/> for all.</param>
    /// <param name="whenAway">Told once each time the daemon goes away and is waited for.</param>
    /// <param name="cancellationToken">Ends the following.</param>
    /// <exception cref="NotFoundException">No session has that id.</exception>
    /// <exception cref="DaemonUnreachableException">The daemon stayed away.</exception>
    public async IAsyncEnumerable<SessionLogLine> FollowLogs(
        string sessionId, int? tail = null, Action? whenAway = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var absence = new Absence(_options, whenAway);
        var place = new LogPlace();
        while (true)
        {
            place.StartOver();
            await using var lines = Logs(sessionId, follow: true, place.IsKnown ? null : tail, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (await Next(lines, absence))
            {
                absence.Progress();
                if (place.IsNew(lines.Current))
                    yield return lines.Current;
            }

            if (!absence.IsOngoing && await Ended(sessionId, absence, cancellationToken) is not null)
                yield break;
            await absence.Pause(cancellationToken);
        }
    }
}
