using System.Text.Json;
using Donmai.Core.Sessions;
using Donmai.Sessions;
using Polly;
using Polly.Retry;
using Polly.Timeout;
using Refit;

namespace Donmai.Worker.Sessions;

/// <summary>
/// Reads the detail from the daemon: three attempts, waits of 200 and 400 ms, a refusal (400 to 499) is final, at most 32 MiB of body
/// (worker.md §1.4). A daemon that was started anew may have another address, which it leaves in the session's record directory.
/// </summary>
internal sealed class DaemonDetails : ISessionDetailSource
{
    private const int Attempts = 3;
    private const long LargestBody = 32L * 1024 * 1024;
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200);

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
            var detail = await Retrying(attemptTimeout).ExecuteAsync(
                async token => await _daemon.Api.Detail(_places.SessionId, token) ?? throw new JsonException("the answer is empty"), cancellationToken);
            _goneSince = null;
            return detail;
        }
        catch (ApiException refused) when (IsFinal(refused))
        {
            _goneSince = null;
            throw new PreflightException(
                $"the daemon at {_daemon.Url} refused session '{_places.SessionId}': {(int)refused.StatusCode} {refused.Content?.Trim()}".TrimEnd());
        }
        catch (Exception failed) when (IsTemporary(failed))
        {
            _goneSince = failed is HttpRequestException ? _goneSince ?? _clock.GetTimestamp() : null;
            throw new PreflightException(
                $"the daemon at {_daemon.Url} did not give the detail of session '{_places.SessionId}' in {Attempts} attempts: {failed.Message}");
        }
    }

    /// <inheritdoc/>
    public async Task<string?> Acknowledge(string deliveryId, CancellationToken cancellationToken)
    {
        try
        {
            await Retrying(AcknowledgeTimeout).ExecuteAsync(
                async token => await _daemon.Api.AcknowledgeInput(_places.SessionId, deliveryId, token), cancellationToken);
            return null;
        }
        catch (Exception failed) when (failed is ApiException || IsTemporary(failed))
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

    private ResiliencePipeline Retrying(TimeSpan attemptTimeout) => new ResiliencePipelineBuilder { TimeProvider = _clock }
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = Attempts - 1,
            Delay = FirstWait,
            BackoffType = DelayBackoffType.Exponential,
            ShouldHandle = static outcome => ValueTask.FromResult(outcome.Outcome.Exception is { } failed && IsTemporary(failed)),
        })
        .AddTimeout(new TimeoutStrategyOptions { Timeout = attemptTimeout })
        .Build();

    private static bool IsFinal(ApiException answer) => (int)answer.StatusCode is >= 400 and < 500;

    private static bool IsTemporary(Exception failed) => failed switch
    {
        ApiException answer => !IsFinal(answer),
        HttpRequestException or IOException or JsonException or TimeoutRejectedException => true,
        _ => false,
    };
}
