using Donmai.Daemon;
using Donmai.Routing;
using Donmai.Sessions;
using Donmai.Workareas;
using Refit;

namespace Donmai.Client;

/// <summary>
/// The daemon's HTTP control API as it is on the wire (control-api.md §2). <c>DonmaiClient</c> is what programs use: it finds the
/// daemon and turns refusals into typed exceptions.
/// </summary>
public interface IControlApi
{
    /// <summary>Whether the daemon answers: <c>ok</c> (control-api.md §4.1).</summary>
    [Get("/healthz")]
    Task<string> Health(CancellationToken cancellationToken = default);

    /// <summary>State, version and load of the daemon (control-api.md §4.2).</summary>
    [Get("/api/daemon/status")]
    Task<DaemonStatus> Status(CancellationToken cancellationToken = default);

    /// <summary>Sessions (control-api.md §4.8).</summary>
    /// <param name="state"><see langword="null"/> for the live ones, <c>all</c> for those that ended too.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    [Get("/api/daemon/sessions")]
    Task<List<SessionHandle>> Sessions(string? state = null, CancellationToken cancellationToken = default);

    /// <summary>Accepts a session (control-api.md §4.9).</summary>
    [Post("/api/daemon/sessions")]
    Task<SessionHandle> Accept([Body] SessionSpec spec, CancellationToken cancellationToken = default);

    /// <summary>What the session's worker reads at its start; live sessions only (control-api.md §4.10).</summary>
    [Get("/api/daemon/sessions/{sessionId}")]
    Task<SessionDetail> Detail(string sessionId, CancellationToken cancellationToken = default);

    /// <summary>Everything about a session, live or ended, that may be shown.</summary>
    [Get("/api/daemon/sessions/{sessionId}/inspect")]
    Task<SessionInspection> Inspect(string sessionId, CancellationToken cancellationToken = default);

    /// <summary>Stops a session (control-api.md §4.11).</summary>
    [Post("/api/daemon/sessions/{sessionId}/stop")]
    Task<SessionStopOutcome> Stop(string sessionId, [Body] SessionStopBody body, CancellationToken cancellationToken = default);

    /// <summary>The session's events after number <paramref name="after"/> as NDJSON, live until its end. Status codes are not turned into exceptions.</summary>
    [Get("/api/daemon/sessions/{sessionId}/events")]
    Task<HttpResponseMessage> Events(string sessionId, long after, CancellationToken cancellationToken = default);

    /// <summary>All work areas (workareas.md §4.1).</summary>
    [Get("/api/daemon/workareas")]
    Task<WorkareaList> Workareas(CancellationToken cancellationToken = default);

    /// <summary>One work area (workareas.md §4.2).</summary>
    [Get("/api/daemon/workareas/{workareaId}")]
    Task<WorkareaAnswer> Workarea(string workareaId, CancellationToken cancellationToken = default);

    /// <summary>Why a session ran where it ran (routing.md §4).</summary>
    [Get("/api/daemon/routing/explain/{sessionId}")]
    Task<RoutingExplanation> Explain(string sessionId, CancellationToken cancellationToken = default);
}
