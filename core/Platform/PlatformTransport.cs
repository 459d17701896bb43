using System.Net;

namespace Donmai.Core.Platform;

/// <summary>
/// How requests to an orchestrator are sent: whole, and never with their token to another host. A redirect is followed only for a GET and on the same
/// host (platform-api.md §1).
/// </summary>
public sealed class PlatformTransport : DelegatingHandler
{
    private const int MostRedirects = 5;
    private const string UserAgentHeader = "User-Agent";

    private static readonly TimeSpan ConnectionLife = TimeSpan.FromMinutes(2); // addresses of names change

    /// <summary>Creates it.</summary>
    /// <param name="connections">Sends what it is given, as it is.</param>
    public PlatformTransport(HttpMessageHandler connections)
        : base(connections)
    {
    }

    /// <summary>Creates it for a chain that is put together elsewhere.</summary>
    internal PlatformTransport()
    {
    }

    /// <summary>Opens connections of one's own.</summary>
    public static PlatformTransport Open() => new(Connections());

    /// <summary>Connections that follow no redirect and keep no cookie.</summary>
    internal static SocketsHttpHandler Connections() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = ConnectionLife,
    };

    /// <summary>A client that says who calls.</summary>
    internal static HttpClient Client(HttpMessageHandler transport, string userAgent) => Introduce(new HttpClient(transport, disposeHandler: false), userAgent);

    /// <summary>Lets a client say who calls.</summary>
    internal static HttpClient Introduce(HttpClient client, string userAgent)
    {
        client.DefaultRequestHeaders.TryAddWithoutValidation(UserAgentHeader, userAgent);
        return client;
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is { } content)
            await content.LoadIntoBufferAsync(cancellationToken); // its length is known then, which old servers ask for
        var answer = await base.SendAsync(request, cancellationToken);
        for (var redirects = 0; redirects < MostRedirects && Target(request, answer) is { } target; redirects++)
        {
            answer.Dispose();
            request.RequestUri = target;
            answer = await base.SendAsync(request, cancellationToken);
        }

        return answer;
    }

    private static Uri? Target(HttpRequestMessage request, HttpResponseMessage answer)
    {
        var isRedirect = answer.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;
        return isRedirect && request.Method == HttpMethod.Get && Uri.TryCreate(request.RequestUri!, answer.Headers.Location, out var target) && IsSamePlace(request.RequestUri!, target)
            ? target
            : null;
    }

    private static bool IsSamePlace(Uri asked, Uri target) =>
        string.Equals(asked.IdnHost, target.IdnHost, StringComparison.OrdinalIgnoreCase)
        && ((asked.Scheme == target.Scheme && asked.Port == target.Port) || (asked.Scheme == Uri.UriSchemeHttp && target.Scheme == Uri.UriSchemeHttps));
}
