using Donmai.Core.Platform.Wire;

namespace Donmai.Core.Platform;

/// <summary>
/// The calls to an orchestrator (platform-api.md §1.1), each made as <see cref="PlatformCalls"/> says: time-outs, retries, limits. Safe for use by
/// many threads.
/// </summary>
/// <remarks>
/// Every method throws <see cref="PermanentPlatformException"/> for a refusal, <see cref="TransientPlatformException"/> for what may succeed later, and
/// <see cref="OperationCanceledException"/> when its caller gives it up, at once (platform-api.md §17 PA-36).
/// </remarks>
public sealed class PlatformClient
{
    private readonly PlatformCaller _caller;

    /// <summary>A client over connections of its host.</summary>
    /// <param name="clients">Makes the connections.</param>
    /// <param name="clientName">Name under which they are registered.</param>
    /// <param name="clock">Measures time-outs and waits.</param>
    public PlatformClient(IHttpClientFactory clients, string clientName, TimeProvider clock) =>
        _caller = new PlatformCaller(new PlatformDoors(() => clients.CreateClient(clientName)), clock);

    /// <summary>A client of a program without a host.</summary>
    /// <param name="transport">Sends the requests, e.g. <see cref="PlatformTransport.Open"/>; not owned.</param>
    /// <param name="userAgent">Who calls, e.g. <c>donmai-worker/1.4.0</c>.</param>
    /// <param name="clock">Measures time-outs and waits.</param>
    public PlatformClient(HttpMessageHandler transport, string userAgent, TimeProvider clock) =>
        _caller = new PlatformCaller(new PlatformDoors(() => PlatformTransport.Client(transport, userAgent)), clock);

    /// <summary>Registers a machine (platform-api.md §3).</summary>
    /// <param name="access">With the registration token.</param>
    /// <param name="request">The machine.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <returns>With a worker id and a runtime token.</returns>
    public Task<RegisterAnswer> Register(PlatformAccess access, RegisterRequest request, CancellationToken cancellationToken) => _caller.Ask(
        PlatformCalls.Register,
        Always(access),
        (api, _, bearer, token) => api.Register(bearer, request, token),
        static async answer => await Registration(answer) is { WorkerId: { Length: > 0 } } registration ? registration : throw answer.Without("workerId"),
        cancellationToken);

    /// <summary>Replaces the runtime token of <see cref="PlatformAccess.WorkerId"/> (platform-api.md §5.1).</summary>
    /// <param name="access">With the registration token.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <returns>With a runtime token.</returns>
    public Task<RegisterAnswer> RefreshToken(PlatformAccess access, CancellationToken cancellationToken) => _caller.Ask(
        PlatformCalls.RefreshToken,
        Always(access),
        static (api, access, bearer, token) => api.RefreshToken(PlatformPath.Segment(access.WorkerId), bearer, new RefreshRequest(), token),
        Registration,
        cancellationToken);

    /// <summary>Tells that the machine lives (platform-api.md §6). A success counts whatever its body is (PA-19).</summary>
    /// <param name="access">With the runtime token.</param>
    /// <param name="request">How the machine is.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public Task<HeartbeatAnswer> Heartbeat(PlatformAccess access, HeartbeatRequest request, CancellationToken cancellationToken) => _caller.Ask(
        PlatformCalls.Heartbeat,
        Always(access),
        (api, access, bearer, token) => api.Heartbeat(PlatformPath.Segment(access.WorkerId), bearer, request, token),
        Beat,
        cancellationToken);

    /// <summary>Asks for work (platform-api.md §7). An answer without a body has none.</summary>
    /// <param name="access">With the runtime token.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public Task<PollAnswer> Poll(PlatformAccess access, CancellationToken cancellationToken) => _caller.Ask(
        PlatformCalls.Poll,
        Always(access),
        static (api, access, bearer, token) => api.Poll(PlatformPath.Segment(access.WorkerId), bearer, token),
        static async answer => await answer.Optional(PlatformJson.Default.PollAnswer) ?? new PollAnswer(),
        cancellationToken);

    /// <summary>Gives a session's work back (platform-api.md §8).</summary>
    /// <param name="access">With the runtime token; asked before every attempt.</param>
    /// <param name="sessionId">The session of the work.</param>
    /// <param name="request">The work and why; the worker id is filled in.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public Task Nack(PlatformAccessSource access, string sessionId, NackRequest request, CancellationToken cancellationToken) => _caller.Ask(
        PlatformCalls.Nack,
        access,
        (api, access, bearer, token) => api.Nack(PlatformPath.Segment(sessionId), bearer, request with { WorkerId = access.WorkerId }, token),
        Nothing,
        cancellationToken);

    /// <summary>Keeps a session's lock: one tick (platform-api.md §9). A lock that is not held any more is an answer, not an exception.</summary>
    /// <param name="access">With the runtime token; asked before every attempt.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="request">The issue; the worker id is filled in.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <param name="call">How it is made; <see langword="null"/> for <see cref="PlatformCalls.LockRefresh"/>.</param>
    public Task<LockRefreshAnswer> RefreshLock(
        PlatformAccessSource access, string sessionId, LockRefreshRequest request, CancellationToken cancellationToken, PlatformCall? call = null) => _caller.Ask(
        call ?? PlatformCalls.LockRefresh,
        access,
        (api, access, bearer, token) => api.RefreshLock(PlatformPath.Segment(sessionId), bearer, request with { WorkerId = NullIfEmpty(access.WorkerId) }, token),
        static async answer => await answer.Optional(PlatformJson.Default.LockRefreshAnswer) ?? new LockRefreshAnswer { Refreshed = true },
        cancellationToken);

    /// <summary>Tells an activity (platform-api.md §10).</summary>
    /// <param name="access">With the runtime token; asked before every attempt.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="request">What happened; the worker id is filled in.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <param name="call">How it is made; <see langword="null"/> for <see cref="PlatformCalls.Activity"/>.</param>
    /// <param name="idempotencyKey">Lets the orchestrator know a repeated post; <see langword="null"/> for none.</param>
    public Task PostActivity(
        PlatformAccessSource access, string sessionId, ActivityRequest request, CancellationToken cancellationToken, PlatformCall? call = null, string? idempotencyKey = null) => _caller.Ask(
        call ?? PlatformCalls.Activity,
        access,
        (api, access, bearer, token) => api.Activity(PlatformPath.Segment(sessionId), bearer, idempotencyKey, request with { WorkerId = access.WorkerId }, token),
        Nothing,
        cancellationToken);

    /// <summary>Tells that a session runs, or its end (platform-api.md §10.4, §11.2).</summary>
    /// <param name="access">With the runtime token; asked before every attempt.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="request">Its status; the worker id is filled in.</param>
    /// <param name="idempotencyKey">Lets the orchestrator know a repeated post; <see langword="null"/> for none.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <param name="call">How it is made; <see langword="null"/> for <see cref="PlatformCalls.Status"/>.</param>
    public Task PostStatus(
        PlatformAccessSource access, string sessionId, StatusRequest request, string? idempotencyKey, CancellationToken cancellationToken, PlatformCall? call = null) => _caller.Ask(
        call ?? PlatformCalls.Status,
        access,
        (api, access, bearer, token) => api.Status(PlatformPath.Segment(sessionId), bearer, idempotencyKey, request with { WorkerId = access.WorkerId }, token),
        Nothing,
        cancellationToken);

    /// <summary>Tells a session's summary (platform-api.md §11.1).</summary>
    /// <param name="access">With the runtime token; asked before every attempt.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="request">The summary; the worker id is filled in.</param>
    /// <param name="idempotencyKey">Lets the orchestrator know a repeated post; <see langword="null"/> for none.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <param name="call">How it is made; <see langword="null"/> for <see cref="PlatformCalls.Completion"/>.</param>
    public Task PostCompletion(
        PlatformAccessSource access, string sessionId, CompletionRequest request, string? idempotencyKey, CancellationToken cancellationToken, PlatformCall? call = null) => _caller.Ask(
        call ?? PlatformCalls.Completion,
        access,
        (api, access, bearer, token) => api.Completion(
            PlatformPath.Segment(sessionId), bearer, idempotencyKey, request with { WorkerId = NullIfEmpty(access.WorkerId) }, token),
        Nothing,
        cancellationToken);

    /// <summary>Asks the issue tracker for something (platform-api.md §12). What it declines for good is a <see cref="PermanentPlatformException"/>.</summary>
    /// <param name="access">With the runtime token; asked before every attempt.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <param name="call">How it is made; <see langword="null"/> for <see cref="PlatformCalls.IssueTracker"/>.</param>
    /// <param name="idempotencyKey">Lets the orchestrator know a repeated post; <see langword="null"/> for none.</param>
    public Task<ProxyAnswer> AskIssueTracker(
        PlatformAccessSource access, ProxyRequest request, CancellationToken cancellationToken, PlatformCall? call = null, string? idempotencyKey = null) => _caller.Ask(
        call ?? PlatformCalls.IssueTracker,
        access,
        (api, _, bearer, token) => api.IssueTracker(bearer, idempotencyKey, request, token),
        Tracked,
        cancellationToken);

    private static PlatformAccessSource Always(PlatformAccess access) => _ => ValueTask.FromResult(access);

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private static Task<bool> Nothing(PlatformAnswer answer) => Task.FromResult(true);

    private static async Task<RegisterAnswer> Registration(PlatformAnswer answer) =>
        await answer.Required(PlatformJson.Default.RegisterAnswer) is { RuntimeToken.Length: > 0 } registration ? registration : throw answer.Without("runtimeToken");

    private static async Task<ProxyAnswer> Tracked(PlatformAnswer answer)
    {
        var said = await answer.Required(PlatformJson.Default.ProxyAnswer);
        return said.Success is true ? said : throw answer.Declined(said.Error);
    }

    private static async Task<HeartbeatAnswer> Beat(PlatformAnswer answer)
    {
        try
        {
            return await answer.Optional(PlatformJson.Default.HeartbeatAnswer) ?? new HeartbeatAnswer();
        }
        catch (PlatformAttemptException unreadable)
        {
            return new HeartbeatAnswer { Unreadable = unreadable.Message };
        }
    }
}
