using System.Text.Json;
using Donmai.Core.Sessions;
using Donmai.Sessions;

namespace Donmai.Worker.Sessions;

/// <summary>
/// Reads the detail from the daemon: three attempts, waits of 200 and 400 ms, a refusal (400 to 499) is final, at most 32 MiB of body
/// (worker.md §1.4). A daemon that was started anew may have another address, which it leaves in the session's record directory.
/// </summary>
internal sealed class DaemonDetails : ISessionDetailSource
{
    private const long LargestBody = 32L * 1024 * 1024;
    private static readonly TimeSpan[] Waits = [TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(400)];

    private static readonly TimeSpan AcknowledgeTimeout = TimeSpan.FromSeconds(5);

    /// <summary>A daemon that refused connections for this long may have moved.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly WorkerPlaces _places;
    private readonly HttpMessageHandler _transport;
    private readonly TimeProvider _clock;
    private DaemonConnection _daemon;
    private long? _goneSince;

    /// <summary>Creates the reader; nothing is sent yet.</summary>
    /// <param name="places">Whom to ask for which session.</param>
    /// <param name="transport">Sends the requests; disposed with the reader.</param>
    /// <param name="clock">Source of time.</param>
    /// <exception cref="PreflightException">The daemon's URL is none.</exception>
    public DaemonDetails(WorkerPlaces places, HttpMessageHandler transport, TimeProvider clock)
    {
        _places = places;
        _transport = new BodyLimit(transport, LargestBody);
        _clock = clock;
        _daemon = DaemonConnection.TryMake(places.DaemonUrl, _transport)
            ?? throw new PreflightException($"'{places.DaemonUrl}' is not the URL of a daemon");
    }

    /// <inheritdoc/>
    public async Task<SessionDetail> Read(TimeSpan attemptTimeout, CancellationToken cancellationToken)
    {
        LookWhereItIs();
        try
        {
            var detail = await Ask(token => _daemon.Detail(_places.SessionId, token), attemptTimeout, cancellationToken);
            _goneSince = null;
            return detail;
        }
        catch (DaemonRefusalException refused) when (refused.IsFinal)
        {
            _goneSince = null;
            throw new PreflightException($"the daemon at {_daemon.Url} refused session '{_places.SessionId}': {refused.Message}");
        }
        catch (Exception failed) when (IsTemporary(failed))
        {
            _goneSince = failed is HttpRequestException ? _goneSince ?? _clock.GetTimestamp() : null;
            throw new PreflightException(
                $"the daemon at {_daemon.Url} did not give the detail of session '{_places.SessionId}' in {Waits.Length + 1} attempts: {failed.Message}");
        }
    }

    /// <inheritdoc/>
    public async Task<string?> Acknowledge(string deliveryId, CancellationToken cancellationToken)
    {
        try
        {
            return await Ask<string?>(
                async token =>
                {
                    await _daemon.AcknowledgeInput(_places.SessionId, deliveryId, token);
                    return null;
                },
                AcknowledgeTimeout,
                cancellationToken);
        }
        catch (Exception failed) when (failed is DaemonRefusalException || IsTemporary(failed))
        {
            return failed.Message;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _transport.Dispose();

    private void LookWhereItIs()
    {
        if (_goneSince is { } since && _clock.GetElapsedTime(since) >= Patience && NewAddress() is { } url && url != _daemon.Url
            && DaemonConnection.TryMake(url, _transport) is { } moved)
            (_daemon, _goneSince) = (moved, null);
    }

    private string? NewAddress()
    {
        try
        {
            return File.ReadAllText(Path.Combine(_places.Record, SessionRecordFiles.DaemonUrl)).Trim().TrimEnd('/');
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException)
        {
            return null; // no daemon has adopted the session
        }
    }

    private Task<T> Ask<T>(Func<CancellationToken, Task<T>> question, TimeSpan timeout, CancellationToken cancellationToken) =>
        new Attempts(_clock, Waits) { IsRetried = static (failed, _) => IsTemporary(failed) }.Make(token => Within(timeout, question, token), cancellationToken);

    private async Task<T> Within<T>(TimeSpan timeout, Func<CancellationToken, Task<T>> question, CancellationToken cancellationToken)
    {
        using var bound = new CancellationTokenSource(timeout, _clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, bound.Token);
        try
        {
            return await question(ending.Token);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"it did not answer within {timeout.TotalSeconds:0} s", late);
        }
    }

    private static bool IsTemporary(Exception failed) => failed switch
    {
        DaemonRefusalException answer => !answer.IsFinal,
        HttpRequestException or IOException or JsonException or TimeoutException => true,
        _ => false,
    };
}
