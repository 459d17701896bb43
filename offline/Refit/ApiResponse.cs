using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Headers;

namespace Refit;

public sealed class ApiResponse<T>(HttpResponseMessage response, T? content, RefitSettings settings, ApiException? error = null) : IApiResponse<T>
{
    public T? Content { get; } = content;

    public RefitSettings Settings { get; } = settings;

    public ApiException? Error { get; } = error;

    public HttpResponseHeaders Headers => response.Headers;

    public HttpContentHeaders? ContentHeaders => response.Content.Headers;

    [MemberNotNullWhen(true, nameof(ContentHeaders))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccessStatusCode => response.IsSuccessStatusCode;

    [MemberNotNullWhen(true, nameof(Content), nameof(ContentHeaders))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccessful => IsSuccessStatusCode && Error is null;

    public HttpStatusCode StatusCode => response.StatusCode;

    public string? ReasonPhrase => response.ReasonPhrase;

    public HttpRequestMessage? RequestMessage => response.RequestMessage;

    public void Dispose() => response.Dispose();

    public async Task<ApiResponse<T>> EnsureSuccessStatusCodeAsync()
    {
        if (IsSuccessStatusCode)
            return this;

        Dispose();
        throw Error;
    }

    public async Task<ApiResponse<T>> EnsureSuccessfulAsync()
    {
        if (IsSuccessful)
            return this;

        Dispose();
        throw Error;
    }
}
