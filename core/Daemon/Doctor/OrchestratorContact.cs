namespace Donmai.Core.Daemon.Doctor;

/// <summary>Asks the orchestrator for its front page, once for all checks of a round.</summary>
/// <param name="configuration">Where it is.</param>
/// <param name="clock">Source of time.</param>
/// <param name="handler">Sends the request.</param>
public sealed class OrchestratorContact(IDaemonConfiguration configuration, TimeProvider clock, HttpMessageHandler handler) : IDisposable
{
    private static readonly TimeSpan StaysTrue = TimeSpan.FromSeconds(1);

    private readonly HttpMessageInvoker _http = new(handler);
    private readonly Lock _gate = new();
    private Task<OrchestratorAnswer>? _asking;
    private long _askedAt;

    /// <summary>A handler that follows nothing and keeps nothing.</summary>
    public static HttpMessageHandler PlainHandler() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };

    /// <summary>Where it is; <see langword="null"/> when there is none (<c>file://</c>, or nothing configured).</summary>
    public Uri? Address =>
        Uri.TryCreate(configuration.Current.OrchestratorUrl, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : null;

    /// <summary>Asks it, in two seconds at most.</summary>
    public Task<OrchestratorAnswer> Ask(Uri address)
    {
        lock (_gate)
        {
            if (_asking is null || (_asking.IsCompleted && clock.GetElapsedTime(_askedAt) > StaysTrue))
                (_asking, _askedAt) = (Contact(address), clock.GetTimestamp());
            return _asking;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<OrchestratorAnswer> Contact(Uri address)
    {
        using var over = new CancellationTokenSource(DoctorRound.Bound, clock);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        try
        {
            using var answer = await _http.SendAsync(request, over.Token);
            return new OrchestratorAnswer(answer.StatusCode, answer.Headers.Date, clock.GetUtcNow(), Failure: null);
        }
        catch (OperationCanceledException)
        {
            return new OrchestratorAnswer(default, null, clock.GetUtcNow(), $"no answer within {DoctorRound.Bound.TotalSeconds} seconds");
        }
        catch (HttpRequestException failure)
        {
            return new OrchestratorAnswer(default, null, clock.GetUtcNow(), (failure.InnerException ?? failure).Message);
        }
    }
}
