using System.Net;

namespace Donmai.Core.Platform;

/// <summary>Why an orchestrator refused a heartbeat or a poll (platform-api.md §5).</summary>
public static class RejectionReason
{
    /// <summary>The token's time is over.</summary>
    public const string RuntimeTokenExpired = "runtime-token-expired";

    /// <summary>The token is not accepted.</summary>
    public const string Unauthorized = "unauthorized";

    /// <summary>The worker id is not known.</summary>
    public const string WorkerNotFound = "worker-not-found";

    /// <summary>Anything else.</summary>
    public const string AuthFailure = "auth-failure";

    private const string ExpiredText = "Runtime token expired";

    /// <summary>The reason.</summary>
    /// <param name="statusCode">Status of the answer.</param>
    /// <param name="text">Text of the answer.</param>
    public static string Of(int statusCode, string text) => (HttpStatusCode)statusCode switch
    {
        HttpStatusCode.Unauthorized when text.Contains(ExpiredText, StringComparison.Ordinal) => RuntimeTokenExpired,
        HttpStatusCode.Unauthorized => Unauthorized,
        HttpStatusCode.NotFound => WorkerNotFound,
        _ => AuthFailure,
    };
}
