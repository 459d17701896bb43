namespace Refit;

/// <summary><c>Task&lt;ApiResponse&lt;T&gt;&gt;</c> and its interfaces: status, headers, and either the body or what went wrong.</summary>
internal sealed class RestAnswerResponse<TResponse, TBody> : RestAnswer
    where TResponse : IApiResponse
{
    public override object Receive(HttpClient client, RefitSettings settings, Func<HttpRequestMessage> compose, CancellationToken token) =>
        Run(client, settings, compose, token);

    private static async Task<TResponse> Run(HttpClient client, RefitSettings settings, Func<HttpRequestMessage> compose, CancellationToken token)
    {
        using var request = compose();
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token).ConfigureAwait(false);
        var (body, error) = await Open(response, settings, token).ConfigureAwait(false);
        return (TResponse)(IApiResponse)new ApiResponse<TBody>(response, body, settings, error);
    }

    private static async Task<(TBody? Body, ApiException? Error)> Open(HttpResponseMessage response, RefitSettings settings, CancellationToken token)
    {
        if (!response.IsSuccessStatusCode)
            return (default, await ApiException.ForStatus(response, settings).ConfigureAwait(false));

        try
        {
            return (await RestBody.Read<TBody>(response, settings, token).ConfigureAwait(false), null);
        }
        catch (ApiException unreadable)
        {
            return (default, unreadable);
        }
    }
}
