using System.Net;
using System.Text.Json;

namespace Donmai.Worker.Providers.Gemini;

/// <summary>What Google's interface says went wrong.</summary>
internal static class GeminiError
{
    /// <summary>The error in words.</summary>
    public static string Message(JsonElement error) =>
        $"{ForeignJson.Text(error, "message") ?? "gemini reported an error"} ({ForeignJson.Text(error, "status") ?? $"{ForeignJson.Integer(error, "code")}"})";

    /// <summary>Code of an <c>error</c> event (worker.md §3.2) for a status of HTTP.</summary>
    public static string Code(long status) => status switch
    {
        (int)HttpStatusCode.Unauthorized or (int)HttpStatusCode.Forbidden => "auth_required",
        (int)HttpStatusCode.TooManyRequests => "rate_limited",
        (int)HttpStatusCode.ServiceUnavailable => "overloaded",
        _ => "gemini_error",
    };

    /// <summary>Whether the same may succeed a little later.</summary>
    public static bool IsTransient(HttpStatusCode status) =>
        status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || (int)status >= (int)HttpStatusCode.InternalServerError;
}
