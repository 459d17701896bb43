namespace Donmai.Worker.Sessions;

/// <summary>Refuses answers whose body is larger than a limit, before it is read into memory whole.</summary>
/// <param name="transport">Sends the requests.</param>
/// <param name="limit">Largest body in bytes.</param>
internal sealed class BodyLimit(HttpMessageHandler transport, long limit) : DelegatingHandler(transport)
{
    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        await answer.Content.LoadIntoBufferAsync(limit, cancellationToken);
        return answer;
    }
}
