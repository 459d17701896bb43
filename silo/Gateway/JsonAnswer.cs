using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Donmai.Silo.Gateway;

/// <summary>One JSON value as an answer: <c>application/json</c> without charset, a newline at the end (control-api.md §1.5).</summary>
/// <param name="json">The value's text in UTF-8.</param>
/// <param name="status">The status code.</param>
internal sealed class JsonAnswer<T>(byte[] json, int status = StatusCodes.Status200OK) : IResult, IStatusCodeHttpResult
{
    /// <summary>Creates the answer.</summary>
    /// <param name="value">The value.</param>
    /// <param name="type">How it is written.</param>
    /// <param name="status">The status code.</param>
    public JsonAnswer(T value, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK)
        : this(JsonSerializer.SerializeToUtf8Bytes(value, type), status)
    {
    }

    /// <inheritdoc/>
    public int? StatusCode => status;

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.ContentLength = json.Length + 1;
        var body = response.BodyWriter;
        var place = body.GetMemory(json.Length + 1);
        json.CopyTo(place);
        place.Span[json.Length] = (byte)'\n';
        body.Advance(json.Length + 1);
        await body.FlushAsync();
    }
}
