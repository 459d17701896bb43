using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Headers;

namespace Refit;

/// <summary>An answer that is not 2xx, or whose body could not be read.</summary>
[SuppressMessage("Design", "MA0053", Justification = "Open in the library it stands in for.")]
public class ApiException : Exception
{
    private const string Unreadable = "An error occured deserializing the response.";

    private ApiException(string message, HttpRequestMessage request, HttpResponseMessage response, string? content, RefitSettings settings, Exception? inner)
        : base(message, inner)
    {
        RequestMessage = request;
        StatusCode = response.StatusCode;
        ReasonPhrase = response.ReasonPhrase;
        Headers = response.Headers;
        ContentHeaders = response.Content.Headers;
        Content = content;
        RefitSettings = settings;
    }

    public HttpStatusCode StatusCode { get; }

    public string? ReasonPhrase { get; }

    public HttpResponseHeaders Headers { get; }

    public HttpContentHeaders? ContentHeaders { get; }

    public HttpRequestMessage RequestMessage { get; }

    public HttpMethod HttpMethod => RequestMessage.Method;

    public Uri? Uri => RequestMessage.RequestUri;

    public string? Content { get; }

    [MemberNotNullWhen(true, nameof(Content))]
    public bool HasContent => !string.IsNullOrWhiteSpace(Content);

    public RefitSettings RefitSettings { get; }

    public async Task<T?> GetContentAsAsync<T>() =>
        HasContent
            ? await RefitSettings.ContentSerializer.FromHttpContentAsync<T>(new StringContent(Content)).ConfigureAwait(false)
            : default;

    internal static async Task<ApiException> ForStatus(HttpResponseMessage response, RefitSettings settings)
    {
        var message = $"Response status code does not indicate success: {(int)response.StatusCode} ({response.ReasonPhrase}).";
        return new ApiException(message, response.RequestMessage!, response, await Text(response).ConfigureAwait(false), settings, inner: null);
    }

    internal static async Task<ApiException> ForBody(HttpResponseMessage response, RefitSettings settings, Exception cause) =>
        new(Unreadable, response.RequestMessage!, response, await Text(response).ConfigureAwait(false), settings, cause);

    // The text is a courtesy: the status is known, and a body that breaks off must not hide it.
    private static async Task<string?> Text(HttpResponseMessage response)
    {
        try
        {
            return await response.Content.ReadAsStringAsync().ConfigureAwait(false);
        }
        catch (Exception unreadable) when (unreadable is HttpRequestException or IOException or InvalidOperationException or OperationCanceledException)
        {
            return null;
        }
    }
}
