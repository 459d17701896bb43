using System.Runtime.CompilerServices;
using Donmai.Sessions;

namespace Donmai.Client;

public sealed partial class DonmaiClient
{
    /// <summary>
    /// What the session's process has printed. When the connection breaks while a session is followed, <see cref="DaemonUnreachableException"/>
    /// is thrown.
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
}
