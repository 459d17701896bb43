using System.Net;
using System.Text.Json;

namespace Donmai.Client;

/// <summary>The one place that turns a status code into an exception (control-api.md §1.6).</summary>
internal static class Refusal
{
    private const int LongestText = 300;

    /// <param name="status">Status of the answer.</param>
    /// <param name="body">Its body, if it could be read.</param>
    public static ControlApiException Of(HttpStatusCode status, string? body)
    {
        var message = Sentence(body) ?? $"The daemon answered {(int)status} ({status}).";
        return status switch
        {
            HttpStatusCode.BadRequest => new BadRequestException(message),
            HttpStatusCode.Unauthorized => new NotAuthenticatedException(message),
            HttpStatusCode.Forbidden => new UnauthorizedException(message),
            HttpStatusCode.NotFound => new NotFoundException(message),
            HttpStatusCode.Conflict => new ConflictException(message),
            HttpStatusCode.TooManyRequests => new RateLimitedException(message),
            HttpStatusCode.ServiceUnavailable => new UnavailableException(message),
            >= HttpStatusCode.InternalServerError => new ServerErrorException(status, message),
            _ => new UnexpectedStatusException(status, message),
        };
    }

    private static string? Sentence(string? body)
    {
        if (string.IsNullOrWhiteSpace(body))
            return null;

        try
        {
            using var document = JsonDocument.Parse(body);
            var answer = document.RootElement;
            return Text(answer, "error") is { } error && EchoedId(answer) is { } id ? $"{error}: {id}" : Text(answer, "error") ?? Text(answer, "message");
        }
        catch (JsonException)
        {
            var text = body.Trim().ReplaceLineEndings(" ");
            return text.Length <= LongestText ? text : text[..LongestText] + "…";
        }
    }

    private static string? EchoedId(JsonElement answer) => Text(answer, "sessionId") ?? Text(answer, "workareaId") ?? Text(answer, "providerId");

    private static string? Text(JsonElement answer, string key) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String
            && value.GetString() is { Length: > 0 } text
            ? text
            : null;
}
