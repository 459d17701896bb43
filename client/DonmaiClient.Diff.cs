using System.Runtime.CompilerServices;
using Donmai.Workareas;

namespace Donmai.Client;

public sealed partial class DonmaiClient
{
    private const string Lines = "application/x-ndjson";

    /// <summary>
    /// What differs between two archives, in byte order of the paths and as the daemon finds it (workareas.md §6). How long the daemon takes is
    /// not limited by <see cref="DonmaiClientOptions.RequestTimeout"/>. A difference that breaks off throws: it never looks like a shorter one.
    /// </summary>
    /// <param name="older">Id of the archive on the old side, A.</param>
    /// <param name="newer">Id of the archive on the new side, B.</param>
    /// <param name="whenDone">Told how many paths differ, once, after the last of them.</param>
    /// <param name="cancellationToken">Ends the reading, and the daemon's work.</param>
    /// <exception cref="NotFoundException">One of them is no archive.</exception>
    /// <exception cref="BadRequestException">One of them is corrupted.</exception>
    /// <exception cref="DiffFailedException">The daemon could not go on after the first entries.</exception>
    /// <exception cref="UnreadableAnswerException">The answer has no summary, or a line that is none of a difference.</exception>
    public async IAsyncEnumerable<WorkareaDifference> Diff(
        string older, string newer, Action<WorkareaDiffSummary>? whenDone = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var answer = await _calls.Tell(
            () => _api.Diff(AddressableWorkarea(older), AddressableWorkarea(newer), cancellationToken), cancellationToken);
        if (!answer.IsSuccessStatusCode)
            throw Refusal.Of(answer.StatusCode, await _calls.Ask(token => answer.Content.ReadAsStringAsync(token), cancellationToken));

        var inLines = answer.Content.Headers.ContentType?.MediaType == Lines;
        var body = new DifferenceBody(await _calls.Tell(() => answer.Content.ReadAsStreamAsync(cancellationToken), cancellationToken), Address);
        await using var entries = (inLines ? body.Lines(cancellationToken) : body.OnePiece(cancellationToken)).GetAsyncEnumerator(cancellationToken);
        while (await _calls.Tell(() => entries.MoveNextAsync().AsTask(), cancellationToken))
            yield return entries.Current;
        whenDone?.Invoke(body.Summary);
    }
}
