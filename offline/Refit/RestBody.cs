namespace Refit;

/// <summary>The body of a successful response as a value.</summary>
internal static class RestBody
{
    /// <exception cref="ApiException">The body is not what the method promises.</exception>
    public static async Task<T?> Read<T>(HttpResponseMessage response, RefitSettings settings, CancellationToken token)
    {
        if (typeof(T) == typeof(HttpResponseMessage))
            return (T)(object)response;
        if (typeof(T) == typeof(HttpContent))
            return (T)(object)response.Content;

        try
        {
            if (typeof(T) == typeof(Stream))
                return (T)(object)await response.Content.ReadAsStreamAsync(token).ConfigureAwait(false);
            if (typeof(T) == typeof(string))
                return (T)(object)await response.Content.ReadAsStringAsync(token).ConfigureAwait(false);
            return await settings.ContentSerializer.FromHttpContentAsync<T>(response.Content, token).ConfigureAwait(false);
        }
        catch (Exception cause)
        {
            throw await ApiException.ForBody(response, settings, cause).ConfigureAwait(false);
        }
    }
}
