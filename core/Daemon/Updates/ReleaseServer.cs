using System.Net;

namespace Donmai.Core.Daemon.Updates;

/// <summary>
/// Fetches files from the source of releases (daemon-runtime.md §12.1, §12.4): within a time, within a size, whole, and from nowhere else than
/// where the configuration says.
/// </summary>
/// <param name="program">Who asks.</param>
/// <param name="clock">Time.</param>
internal sealed class ReleaseServer(ProgramIdentity program, TimeProvider clock) : IDisposable
{
    private const int MostRedirects = 5;
    private const int BufferSize = 64 * 1024;

    private static readonly TimeSpan RequestLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ConnectionLife = TimeSpan.FromMinutes(2); // addresses of names change

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = ConnectionLife,
    });

    /// <summary>Fetches a file.</summary>
    /// <param name="request">Which.</param>
    /// <param name="target">Where its bytes go.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="ReleaseSourceException">It could not be had, or not whole.</exception>
    public async Task<ReleaseAnswer> Fetch(ReleaseRequest request, Stream target, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(RequestLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var answer = await Ask(request, either.Token);
            if (answer.StatusCode == HttpStatusCode.NotModified && request.Known is not null)
                return new ReleaseAnswer(IsUnchanged: true, request.Known);
            if (answer.StatusCode != HttpStatusCode.OK)
                throw new ReleaseSourceException($"{request.Shown} answered {(int)answer.StatusCode}");
            await Take(answer.Content, request, target, either.Token);
            return new ReleaseAnswer(IsUnchanged: false, answer.Headers.ETag);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ReleaseSourceException($"{request.Shown} was not fetched within {RequestLimit.TotalSeconds} s");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            throw new ReleaseSourceException($"{request.Shown} could not be fetched: {failure.Message}", failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> Ask(ReleaseRequest request, CancellationToken cancellationToken)
    {
        var address = request.Address;
        for (var redirects = 0; redirects <= MostRedirects; redirects++)
        {
            using var message = Message(request, address);
            var answer = await _http.SendAsync(message, cancellationToken);
            if (!IsRedirect(answer.StatusCode))
                return answer;
            using (answer)
                address = Follow(request, address, answer.Headers.Location);
        }

        throw new ReleaseSourceException($"{request.Shown} redirects more than {MostRedirects} times");
    }

    private HttpRequestMessage Message(ReleaseRequest request, Uri address)
    {
        var message = new HttpRequestMessage(HttpMethod.Get, address);
        message.Headers.TryAddWithoutValidation("User-Agent", $"donmai-daemon/{program.Version}");
        if (request.Known is { } known)
            message.Headers.IfNoneMatch.Add(known);
        return message;
    }

    /// <summary>Releases come from the configured host, never less protected than it was asked for.</summary>
    private static Uri Follow(ReleaseRequest request, Uri from, Uri? location)
    {
        if (!Uri.TryCreate(from, location, out var to))
            throw new ReleaseSourceException($"{request.Shown} redirects to nowhere");
        var isSamePlace = to.Scheme == from.Scheme && to.Port == from.Port;
        var isBetterProtected = from.Scheme == Uri.UriSchemeHttp && to.Scheme == Uri.UriSchemeHttps;
        return string.Equals(to.IdnHost, from.IdnHost, StringComparison.OrdinalIgnoreCase) && (isSamePlace || isBetterProtected)
            ? to
            : throw new ReleaseSourceException($"{request.Shown} redirects to {to.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)}, which is not asked");
    }

    private static async Task Take(HttpContent content, ReleaseRequest request, Stream target, CancellationToken cancellationToken)
    {
        var announced = content.Headers.ContentLength;
        if (announced is null && request.NeedsLength)
            throw new ReleaseSourceException($"{request.Shown} does not say how long it is (Content-Length)");
        if (announced > request.Largest)
            throw TooLarge(request);
        await using var source = await content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[BufferSize];
        var taken = 0L;
        while (await source.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            taken += count;
            if (taken > request.Largest)
                throw TooLarge(request);
            await target.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
        }

        if (announced is { } length && taken != length)
            throw new ReleaseSourceException($"{request.Shown} ended after {taken} of {length} bytes");
    }

    private static bool IsRedirect(HttpStatusCode status) => status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found
        or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    private static ReleaseSourceException TooLarge(ReleaseRequest request) => new($"{request.Shown} is larger than {request.Largest} bytes");
}
