using Donmai.Core.Platform.Wire;
using Refit;

namespace Donmai.Core.Platform;

/// <summary>
/// The orchestrator's calls as they are on the wire (platform-api.md §1.1). Status codes are not turned into exceptions and bodies are not read
/// here: <see cref="PlatformClient"/> does, within the limits of each call.
/// </summary>
internal interface IPlatformApi
{
    /// <summary>Registers a machine (platform-api.md §3).</summary>
    [Post("/api/workers/register")]
    Task<HttpResponseMessage> Register([Header("Authorization")] string? authorization, [Body] RegisterRequest request, CancellationToken cancellationToken);

    /// <summary>Replaces a runtime token (platform-api.md §5.1).</summary>
    [Post("/api/workers/{workerId}/refresh-token")]
    Task<HttpResponseMessage> RefreshToken(
        string workerId, [Header("Authorization")] string? authorization, [Body] RefreshRequest request, CancellationToken cancellationToken);

    /// <summary>Tells that the machine lives (platform-api.md §6).</summary>
    [Post("/api/workers/{workerId}/heartbeat")]
    Task<HttpResponseMessage> Heartbeat(
        string workerId, [Header("Authorization")] string? authorization, [Body] HeartbeatRequest request, CancellationToken cancellationToken);

    /// <summary>Asks for work (platform-api.md §7).</summary>
    [Get("/api/workers/{workerId}/poll")]
    Task<HttpResponseMessage> Poll(string workerId, [Header("Authorization")] string? authorization, CancellationToken cancellationToken);

    /// <summary>Gives work back (platform-api.md §8).</summary>
    [Post("/api/sessions/{sessionId}/nack")]
    Task<HttpResponseMessage> Nack(
        string sessionId, [Header("Authorization")] string? authorization, [Body] NackRequest request, CancellationToken cancellationToken);

    /// <summary>Keeps a session's lock (platform-api.md §9).</summary>
    [Post("/api/sessions/{sessionId}/lock-refresh")]
    Task<HttpResponseMessage> RefreshLock(
        string sessionId, [Header("Authorization")] string? authorization, [Body] LockRefreshRequest request, CancellationToken cancellationToken);

    /// <summary>Tells an activity (platform-api.md §10).</summary>
    [Post("/api/sessions/{sessionId}/activity")]
    Task<HttpResponseMessage> Activity(
        string sessionId,
        [Header("Authorization")] string? authorization,
        [Header("Idempotency-Key")] string? idempotencyKey,
        [Body] ActivityRequest request,
        CancellationToken cancellationToken);

    /// <summary>Tells that a session runs, or its end (platform-api.md §10.4, §11.2).</summary>
    [Post("/api/sessions/{sessionId}/status")]
    Task<HttpResponseMessage> Status(
        string sessionId,
        [Header("Authorization")] string? authorization,
        [Header("Idempotency-Key")] string? idempotencyKey,
        [Body] StatusRequest request,
        CancellationToken cancellationToken);

    /// <summary>Tells a session's summary (platform-api.md §11.1).</summary>
    [Post("/api/sessions/{sessionId}/completion")]
    Task<HttpResponseMessage> Completion(
        string sessionId,
        [Header("Authorization")] string? authorization,
        [Header("Idempotency-Key")] string? idempotencyKey,
        [Body] CompletionRequest request,
        CancellationToken cancellationToken);

    /// <summary>Asks the issue tracker for something (platform-api.md §12).</summary>
    [Post("/api/issue-tracker-proxy")]
    Task<HttpResponseMessage> IssueTracker(
        [Header("Authorization")] string? authorization,
        [Header("Idempotency-Key")] string? idempotencyKey,
        [Body] ProxyRequest request,
        CancellationToken cancellationToken);
}
