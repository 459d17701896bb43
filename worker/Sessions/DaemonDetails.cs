using System.Text.Json;
using Donmai.Client;
using Donmai.Sessions;
using Polly;
using Polly.Retry;
using Polly.Timeout;
using Refit;

namespace Donmai.Worker.Sessions;

/// <summary>
/// Reads the detail from the daemon: three attempts, waits of 200 and 400 ms, a refusal (400 to 499) is final, at most 32 MiB of body
/// (worker.md §1.4).
/// </summary>
internal sealed class DaemonDetails : ISessionDetailSource
{
    private const int Attempts = 3;
    private const long LargestBody = 32L * 1024 * 1024;
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200);

    private readonly string _sessionId;
    private readonly string _daemonUrl;
    private readonly HttpClient _http;
    private readonly IControlApi _api;
    private readonly TimeProvider _clock;

    /// <summary>Creates the reader; nothing is sent yet.</summary>
    /// <param name="places">Whom to ask for which session.</param>
    /// <param name="transport">Sends the requests.</param>
    /// <param name="clock">Source of time.</param>
    /// <exception cref="PreflightException">The daemon's URL is none.</exception>
    public DaemonDetails(WorkerPlaces places, HttpMessageHandler transport, TimeProvider clock)
    {
        if (!Uri.TryCreate(places.DaemonUrl, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new PreflightException($"'{places.DaemonUrl}' is not the URL of a daemon");
        _sessionId = places.SessionId;
        _daemonUrl = places.DaemonUrl;
        _clock = clock;
        _http = new HttpClient(new BodyLimit(transport, LargestBody)) { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
        _api = RestService.For<IControlApi>(
            _http, new RefitSettings(new SystemTextJsonContentSerializer(new JsonSerializerOptions(ControlApiJson.Default.Options))));
    }

    /// <inheritdoc/>
    public async Task<SessionDetail> Read(TimeSpan attemptTimeout, CancellationToken cancellationToken)
    {
        try
        {
            return await Retrying(attemptTimeout).ExecuteAsync(
                async token => await _api.Detail(_sessionId, token) ?? throw new JsonException("the answer is empty"), cancellationToken);
        }
        catch (ApiException refused) when (IsFinal(refused))
        {
            throw new PreflightException(
                $"the daemon at {_daemonUrl} refused session '{_sessionId}': {(int)refused.StatusCode} {refused.Content?.Trim()}".TrimEnd());
        }
        catch (Exception failed) when (IsTemporary(failed))
        {
            throw new PreflightException(
                $"the daemon at {_daemonUrl} did not give the detail of session '{_sessionId}' in {Attempts} attempts: {failed.Message}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

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
