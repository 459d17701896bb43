using System.Diagnostics;

namespace Donmai.Bench.Platform;

/// <summary>A platform that takes requests and never answers.</summary>
internal sealed class SilentPlatform : HttpMessageHandler
{
    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        throw new UnreachableException();
    }
}
