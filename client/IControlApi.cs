using Donmai.Daemon;
using Donmai.Platform;
using Donmai.Providers;
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

    /// <summary>Load, capacity and standing (control-api.md §4.3).</summary>
    /// <param name="pool"><c>true</c> adds the work area pool; only this text counts.</param>
    /// <param name="byMachine"><c>true</c> adds the machines; only this text counts.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    [Get("/api/daemon/stats")]
    Task<DaemonStats> Stats(string? pool = null, string? byMachine = null, CancellationToken cancellationToken = default);

    /// <summary>No new work (control-api.md §4.4).</summary>
    [Post("/api/daemon/pause")]
    Task<DaemonActionAnswer> Pause(CancellationToken cancellationToken = default);

    /// <summary>New work again (control-api.md §4.4).</summary>
    [Post("/api/daemon/resume")]
    Task<DaemonActionAnswer> Resume(CancellationToken cancellationToken = default);

    /// <summary>Ends the daemon (control-api.md §4.4, §5).</summary>
    /// <param name="sessions"><c>keep</c> leaves the sessions running for the next start.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    [Post("/api/daemon/stop")]
    Task<DaemonActionAnswer> StopDaemon([Query] string? sessions = null, CancellationToken cancellationToken = default);

    /// <summary>Waits for the sessions (control-api.md §4.4).</summary>
    [Post("/api/daemon/drain")]
    Task<DaemonActionAnswer> Drain([Body] DrainRequest request, CancellationToken cancellationToken = default);

    /// <summary>Looks for an update and installs it (control-api.md §4.5).</summary>
    [Post("/api/daemon/update")]
    Task<DaemonActionAnswer> Update(CancellationToken cancellationToken = default);

    /// <summary>Capacity and what of it can be changed (control-api.md §4.6).</summary>
    [Get("/api/daemon/capacity")]
    Task<CapacityReport> Capacity(CancellationToken cancellationToken = default);

    /// <summary>Changes a setting (control-api.md §4.6).</summary>
    [Post("/api/daemon/capacity")]
    Task<CapacityChangeAnswer> SetCapacity([Body] CapacityChange change, CancellationToken cancellationToken = default);

    /// <summary>The work area pool (workareas.md §8.1).</summary>
    [Get("/api/daemon/pool/stats")]
    Task<PoolStats> PoolStats(CancellationToken cancellationToken = default);

    /// <summary>Removes members of the pool (workareas.md §8.2).</summary>
    [Post("/api/daemon/pool/evict")]
    Task<PoolEvictionAnswer> Evict([Body] PoolEviction eviction, CancellationToken cancellationToken = default);

    /// <summary>The heartbeat composed last (control-api.md §4.12).</summary>
    [Get("/api/daemon/heartbeat")]
    Task<Heartbeat> Heartbeat(CancellationToken cancellationToken = default);

    /// <summary>Registration, heartbeat and polls (additive).</summary>
    [Get("/api/daemon/platform")]
    Task<PlatformReport> Platform(CancellationToken cancellationToken = default);

    /// <summary>Registers the machine anew (additive).</summary>
    [Post("/api/daemon/platform/register")]
    Task<PlatformStanding> RegisterPlatform(CancellationToken cancellationToken = default);

    /// <summary>Wipes the registration (additive).</summary>
    [Post("/api/daemon/platform/forget")]
    Task<PlatformForgotten> ForgetPlatform(CancellationToken cancellationToken = default);

    /// <summary>Health of the daemon and of what it depends on (control-api.md §4.13).</summary>
    [Get("/api/daemon/doctor")]
    Task<DoctorReport> Doctor(CancellationToken cancellationToken = default);

    /// <summary>What the machine can do (control-api.md §4.14).</summary>
    [Get("/api/daemon/capabilities")]
    Task<CapabilityList> Capabilities(CancellationToken cancellationToken = default);

    /// <summary>What sessions can be run with (control-api.md §6.1).</summary>
    /// <param name="family">Only this family.</param>
    /// <param name="refresh"><c>true</c> looks at the machine anew; only this text counts.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    [Get("/api/daemon/providers")]
    Task<ProviderList> Providers(string? family = null, string? refresh = null, CancellationToken cancellationToken = default);

    /// <summary>One provider (control-api.md §6.2).</summary>
    /// <param name="providerId">The provider.</param>
    /// <param name="refresh"><c>true</c> looks at it anew; only this text counts.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    [Get("/api/daemon/providers/{providerId}")]
    Task<ProviderAnswer> Provider(string providerId, string? refresh = null, CancellationToken cancellationToken = default);

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

    /// <summary>Says that the session's agent has taken a message of its inbox (additive).</summary>
    [Post("/api/daemon/sessions/{sessionId}/inbox/{deliveryId}/ack")]
    Task<InboxAcknowledgement> AcknowledgeInput(string sessionId, string deliveryId, CancellationToken cancellationToken = default);

    /// <summary>The session's events after number <paramref name="after"/> as NDJSON, live until its end. Status codes are not turned into exceptions.</summary>
    [Get("/api/daemon/sessions/{sessionId}/events")]
    Task<HttpResponseMessage> Events(string sessionId, long after, CancellationToken cancellationToken = default);

    /// <summary>What the session's process has printed, as plain text. Status codes are not turned into exceptions.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="follow">Whether to go on until the session has ended.</param>
    /// <param name="tail">Only so many of the lines that are there, the last; <see langword="null"/> for all.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    [Get("/api/daemon/sessions/{sessionId}/logs")]
    Task<HttpResponseMessage> Logs(string sessionId, string follow, int? tail = null, CancellationToken cancellationToken = default);

    /// <summary>What sessions have still to tell the platform (additive).</summary>
    [Get("/api/daemon/outbox")]
    Task<OutboxList> Outbox(CancellationToken cancellationToken = default);

    /// <summary>Tells the platform now (additive).</summary>
    [Post("/api/daemon/outbox/retry")]
    Task<OutboxRetry> RetryOutbox([Body] OutboxRetryRequest request, CancellationToken cancellationToken = default);

    /// <summary>Gives up what the platform does not have (additive).</summary>
    [Post("/api/daemon/outbox/discard")]
    Task<OutboxDiscard> DiscardOutbox([Body] OutboxDiscardRequest request, CancellationToken cancellationToken = default);

    /// <summary>All work areas (workareas.md §4.1).</summary>
    [Get("/api/daemon/workareas")]
    Task<WorkareaList> Workareas(CancellationToken cancellationToken = default);

    /// <summary>One work area (workareas.md §4.2).</summary>
    [Get("/api/daemon/workareas/{workareaId}")]
    Task<WorkareaAnswer> Workarea(string workareaId, CancellationToken cancellationToken = default);

    /// <summary>What differs between two archives, as JSON or NDJSON (workareas.md §6.5). Status codes are not turned into exceptions.</summary>
    /// <param name="older">The old side.</param>
    /// <param name="newer">The new side.</param>
    /// <param name="cancellationToken">Ends the request, and the work.</param>
    [Get("/api/daemon/workareas/{older}/diff/{newer}")]
    Task<HttpResponseMessage> Diff(string older, string newer, CancellationToken cancellationToken = default);

    /// <summary>Makes a tree of an archive that can be worked in (workareas.md §5).</summary>
    [Post("/api/daemon/workareas/{archiveId}/restore")]
    Task<WorkareaAnswer> Restore(string archiveId, [Body] WorkareaRestore request, CancellationToken cancellationToken = default);

    /// <summary>Removes a restored work area or an archive (workareas.md §5).</summary>
    [Delete("/api/daemon/workareas/{workareaId}")]
    Task<HttpResponseMessage> RemoveWorkarea(string workareaId, CancellationToken cancellationToken = default);

    /// <summary>How sessions are routed, and what was learnt (routing.md §3).</summary>
    [Get("/api/daemon/routing/config")]
    Task<RoutingConfigAnswer> RoutingConfig(CancellationToken cancellationToken = default);

    /// <summary>Draws decisions without recording any (additive).</summary>
    [Post("/api/daemon/routing/simulate")]
    Task<RoutingSimulation> SimulateRouting([Body] RoutingSimulationRequest request, CancellationToken cancellationToken = default);

    /// <summary>Why a session ran where it ran (routing.md §4).</summary>
    [Get("/api/daemon/routing/explain/{sessionId}")]
    Task<RoutingExplanation> Explain(string sessionId, CancellationToken cancellationToken = default);
}
