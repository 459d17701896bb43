namespace Refit;

/// <summary><c>Task&lt;T&gt;</c>: the body, or the response itself when that is what is asked for.</summary>
internal sealed class RestAnswerBody<T> : RestAnswer
{
    private static readonly bool IsRaw = typeof(T) == typeof(HttpResponseMessage);
    private static readonly bool KeepsResponse = IsRaw || typeof(T) == typeof(HttpContent) || typeof(T) == typeof(Stream);

    public override object Receive(HttpClient client, RefitSettings settings, Func<HttpRequestMessage> compose, CancellationToken token) =>
        Run(client, settings, compose, token);

    private static async Task<T?> Run(HttpClient client, RefitSettings settings, Func<HttpRequestMessage> compose, CancellationToken token)
    {
        using var request = compose();
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token).ConfigureAwait(false);
        try
        {
            if (!IsRaw && !response.IsSuccessStatusCode)
                throw await ApiException.ForStatus(response, settings).ConfigureAwait(false);

            return await RestBody.Read<T>(response, settings, token).ConfigureAwait(false);
        }
        finally
        {
            if (!KeepsResponse)
                response.Dispose();
        }
    }
}
