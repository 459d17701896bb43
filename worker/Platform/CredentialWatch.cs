using System.Net;

namespace Donmai.Worker.Platform;

/// <summary>Tells a source of credentials when the platform did not accept them.</summary>
/// <param name="connections">Sends the requests.</param>
/// <param name="credentials">Told of every 401.</param>
internal sealed class CredentialWatch(HttpMessageHandler connections, ICredentialSource credentials) : DelegatingHandler(connections)
{
    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.Unauthorized)
            credentials.Rejected();
        return answer;
    }
}
