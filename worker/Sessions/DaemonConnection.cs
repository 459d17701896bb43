using System.Text.Json;
using Donmai.Sessions;

namespace Donmai.Worker.Sessions;

/// <summary>
/// What a worker asks of its daemon, at one address. Two requests by hand: making a client of the whole control API takes longer than sending them
/// (docs/decisions/0026).
/// </summary>
/// <param name="Url">The address, without trailing slash.</param>
/// <param name="Http">Sends the requests.</param>
internal sealed record DaemonConnection(string Url, HttpClient Http)
{
    /// <summary>Makes the connection; nothing is sent yet.</summary>
    /// <param name="url">The address.</param>
    /// <param name="transport">Sends the requests.</param>
    /// <returns><see langword="null"/> when it is no URL of a daemon.</returns>
    public static DaemonConnection? TryMake(string url, HttpMessageHandler transport) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? new DaemonConnection(url.TrimEnd('/'), new HttpClient(transport, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan })
            : null;

    /// <summary>The session's detail (control-api.md §4.10).</summary>
    /// <exception cref="DaemonRefusalException">The daemon answered something else.</exception>
    /// <exception cref="JsonException">The answer is none.</exception>
    public async Task<SessionDetail> Detail(string sessionId, CancellationToken cancellationToken)
    {
        using var answer = await Send(HttpMethod.Get, $"/api/daemon/sessions/{Uri.EscapeDataString(sessionId)}", cancellationToken);
        var json = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        return JsonSerializer.Deserialize(json, WorkerFilesJson.Readable.SessionDetail) ?? throw new JsonException("the answer is empty");
    }

    /// <summary>Says that the session's agent has taken a message of its inbox.</summary>
    /// <exception cref="DaemonRefusalException">The daemon answered something else.</exception>
    public async Task AcknowledgeInput(string sessionId, string deliveryId, CancellationToken cancellationToken)
    {
        var path = $"/api/daemon/sessions/{Uri.EscapeDataString(sessionId)}/inbox/{Uri.EscapeDataString(deliveryId)}/ack";
        using var answer = await Send(HttpMethod.Post, path, cancellationToken);
    }

    private async Task<HttpResponseMessage> Send(HttpMethod method, string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(Url + path));
        var answer = await Http.SendAsync(request, cancellationToken);
        if (answer.IsSuccessStatusCode)
            return answer;
        using (answer)
            throw new DaemonRefusalException(answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken));
    }
}
