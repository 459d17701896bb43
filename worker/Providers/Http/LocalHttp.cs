namespace Donmai.Worker.Providers.Http;

/// <summary>Connections to agents that are servers: no redirects, no proxy for this machine, no time-out of its own.</summary>
internal static class LocalHttp
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Makes a client.</summary>
    /// <param name="address">The server's address.</param>
    public static HttpClient Connect(Uri address) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = !address.IsLoopback, UseCookies = false, ConnectTimeout = ConnectTimeout })
        {
            BaseAddress = address,
            Timeout = Timeout.InfiniteTimeSpan,
        };

    /// <summary>The first KiB of an answer's body, for error texts.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<string> Excerpt(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        const int Kept = 1024;
        var buffer = new byte[Kept];
        try
        {
            await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
            var count = await body.ReadAtLeastAsync(buffer, Kept, throwOnEndOfStream: false, cancellationToken);
            return System.Text.Encoding.UTF8.GetString(buffer, 0, count).Trim();
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException)
        {
            return "";
        }
    }
}
