namespace Refit;

/// <summary><c>Task</c>: only the status matters.</summary>
internal sealed class RestAnswerNone : RestAnswer
{
    public override object Receive(HttpClient client, RefitSettings settings, Func<HttpRequestMessage> compose, CancellationToken token) =>
        Run(client, settings, compose, token);

    private static async Task Run(HttpClient client, RefitSettings settings, Func<HttpRequestMessage> compose, CancellationToken token)
    {
        using var request = compose();
        using var response = await client.SendAsync(request, token).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
            throw await ApiException.ForStatus(response, settings).ConfigureAwait(false);
    }
}
