using Donmai.Daemon;
using Donmai.Platform;
using Donmai.Providers;
using Donmai.Routing;
using Donmai.Sessions;
using Donmai.Workareas;
using Refit;

namespace Donmai.Client;

/// <summary>
/// A daemon's control API for .NET programs (control-api.md). Refusals are thrown as <see cref="ControlApiException"/>s, a daemon that is
/// not there as <see cref="DaemonUnreachableException"/>. Safe for use by many threads.
/// </summary>
public sealed partial class DonmaiClient : IDisposable
{
    private readonly DonmaiClientOptions _options;
    private readonly ControlCalls _calls;
    private readonly HttpClient _http;
    private readonly IControlApi _api;

    /// <summary>A client of the daemon at <paramref name="address"/>, or where <see cref="ControlEndpoint.Resolve"/> finds it.</summary>
    /// <exception cref="InvalidDaemonAddressException">The address is not usable.</exception>
    public DonmaiClient(string? address = null)
        : this(new DonmaiClientOptions { Address = address })
    {
    }

    /// <summary>A client with these options.</summary>
    /// <exception cref="InvalidDaemonAddressException">The address is not usable.</exception>
    public DonmaiClient(DonmaiClientOptions options)
    {
        _options = options;
        Address = ControlEndpoint.Resolve(options.Address);
        _calls = new ControlCalls(Address, options);
        _http = ControlConnection.Open(Address, options.ControlToken);
        _api = RestService.For<IControlApi>(_http, new RefitSettings(new SystemTextJsonContentSerializer(ControlApiJson.Default.Options)));
    }

    /// <summary>Where the daemon is expected.</summary>
    public Uri Address { get; }

    /// <summary>Whether a daemon answers at <see cref="Address"/> (control-api.md §4.1). Never throws for one that is not there.</summary>
    public async Task<bool> IsHealthy(CancellationToken cancellationToken = default)
    {
        try
        {
            return await _calls.Ask(_api.Health, cancellationToken) == "ok";
        }
        catch (DonmaiClientException)
        {
            return false;
        }
    }

    /// <summary>State, version and load of the daemon (control-api.md §4.2).</summary>
    public Task<DaemonStatus> Status(CancellationToken cancellationToken = default) => _calls.Ask(_api.Status, cancellationToken);

    /// <summary>Load, capacity and standing of the daemon (control-api.md §4.3).</summary>
    /// <param name="pool">Whether to include the work area pool.</param>
    /// <param name="byMachine">Whether to include the machines.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task<DaemonStats> Stats(bool pool = false, bool byMachine = false, CancellationToken cancellationToken = default) =>
        _calls.Ask(token => _api.Stats(Flag(pool), Flag(byMachine), token), cancellationToken);

    /// <summary>No new work from now on; sessions go on (control-api.md §4.4).</summary>
    /// <exception cref="ConflictException">The daemon is stopping or updating.</exception>
    public Task<DaemonActionAnswer> Pause(CancellationToken cancellationToken = default) => _calls.Ask(_api.Pause, cancellationToken);

    /// <summary>New work again (control-api.md §4.4).</summary>
    /// <exception cref="ConflictException">The daemon is stopping or updating.</exception>
    public Task<DaemonActionAnswer> Resume(CancellationToken cancellationToken = default) => _calls.Ask(_api.Resume, cancellationToken);

    /// <summary>Begins the end of the daemon: it waits for its sessions, ends the rest, and exits with 0 (control-api.md §5). Repeating it is harmless.</summary>
    /// <param name="keepSessions">Whether running sessions are left running for the next start to find.</param>
    /// <param name="cancellationToken">Ends the request, not the stop.</param>
    public Task<DaemonActionAnswer> StopDaemon(bool keepSessions = false, CancellationToken cancellationToken = default) =>
        _calls.Ask(token => _api.StopDaemon(keepSessions ? "keep" : null, token), cancellationToken);

    /// <summary>Begins to wait for the running sessions, without new work; at the deadline the rest is ended (control-api.md §3, §4.4).</summary>
    /// <param name="request">How long, and what follows; <see langword="null"/> for what is configured, then pause.</param>
    /// <param name="cancellationToken">Ends the request, not the drain.</param>
    /// <exception cref="BadRequestException">A negative time or an unknown word.</exception>
    /// <exception cref="ConflictException">The daemon is stopping or updating.</exception>
    public Task<DaemonActionAnswer> Drain(DrainRequest? request = null, CancellationToken cancellationToken = default) =>
        _calls.Ask(token => _api.Drain(request ?? new(), token), cancellationToken);

    /// <summary>Begins to look for an update and to install it (control-api.md §4.5); <see cref="Doctor"/> says how it ended.</summary>
    /// <exception cref="ConflictException">One is under way, or no configuration is loaded.</exception>
    public Task<DaemonActionAnswer> Update(CancellationToken cancellationToken = default) => _calls.Ask(_api.Update, cancellationToken);

    /// <summary>Capacity and what of it can be changed (control-api.md §4.6).</summary>
    public Task<CapacityReport> Capacity(CancellationToken cancellationToken = default) => _calls.Ask(_api.Capacity, cancellationToken);

    /// <summary>Changes a setting, in <c>daemon.yaml</c> too (control-api.md §4.6).</summary>
    /// <param name="key">One of <see cref="CapacityReport.SettableKeys"/>.</param>
    /// <param name="value">Decimal integer from 0, as text.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="BadRequestException">Unknown key, or a value it cannot have.</exception>
    /// <exception cref="ServerErrorException"><c>daemon.yaml</c> could not be written; nothing was changed.</exception>
    public Task<CapacityChangeAnswer> SetCapacity(string key, string value, CancellationToken cancellationToken = default) =>
        _calls.Ask(token => _api.SetCapacity(new() { Key = key, Value = value }, token), cancellationToken);

    /// <summary>The work area pool (workareas.md §8.1).</summary>
    public Task<PoolStats> PoolStats(CancellationToken cancellationToken = default) => _calls.Ask(_api.PoolStats, cancellationToken);

    /// <summary>Schedules members of the pool for removal (workareas.md §8.2).</summary>
    /// <exception cref="BadRequestException">No repository, or no age.</exception>
    /// <exception cref="ServerErrorException">The pool could not be changed.</exception>
    public Task<PoolEvictionAnswer> Evict(PoolEviction eviction, CancellationToken cancellationToken = default) =>
        _calls.Ask(token => _api.Evict(eviction, token), cancellationToken);

    /// <summary>The heartbeat composed last (control-api.md §4.12).</summary>
    public Task<Heartbeat> Heartbeat(CancellationToken cancellationToken = default) => _calls.Ask(_api.Heartbeat, cancellationToken);

    /// <summary>Registration at the orchestrator, heartbeat and polls; never a token (docs/platform.md).</summary>
    public Task<PlatformReport> Platform(CancellationToken cancellationToken = default) => _calls.Ask(_api.Platform, cancellationToken);

    /// <summary>Registers the machine anew, whatever is cached; <see cref="PlatformStanding.LastError"/> says when that did not succeed.</summary>
    public Task<PlatformStanding> RegisterPlatform(CancellationToken cancellationToken = default) => _calls.Ask(_api.RegisterPlatform, cancellationToken);

    /// <summary>Wipes the registration and its cache: nothing is sent to the orchestrator before <see cref="RegisterPlatform"/> or the next start.</summary>
    public Task<PlatformForgotten> ForgetPlatform(CancellationToken cancellationToken = default) => _calls.Ask(_api.ForgetPlatform, cancellationToken);

    /// <summary>Health of the daemon and of what it depends on (control-api.md §4.13). A check that fails is no error.</summary>
    public Task<DoctorReport> Doctor(CancellationToken cancellationToken = default) => _calls.Ask(_api.Doctor, cancellationToken);

    /// <summary>What the machine can do (control-api.md §4.14).</summary>
    public Task<CapabilityList> Capabilities(CancellationToken cancellationToken = default) => _calls.Ask(_api.Capabilities, cancellationToken);

    /// <summary>What sessions can be run with, by id (control-api.md §6.1).</summary>
    /// <param name="family">Only this family; an unknown one gives an empty list.</param>
    /// <param name="refresh">Whether the daemon looks at its machine anew.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task<ProviderList> Providers(string? family = null, bool refresh = false, CancellationToken cancellationToken = default) =>
        _calls.Ask(token => _api.Providers(family, Flag(refresh), token), cancellationToken);

    /// <summary>One provider (control-api.md §6.2).</summary>
    /// <exception cref="NotFoundException">Nothing has that id.</exception>
    public async Task<Provider> Provider(string providerId, CancellationToken cancellationToken = default) =>
        (await _calls.Ask(token => _api.Provider(Addressable(providerId, "provider not found"), refresh: null, token), cancellationToken)).Provider;

    /// <summary>One provider, which the daemon looks at anew (control-api.md §6.2).</summary>
    /// <exception cref="NotFoundException">Nothing has that id.</exception>
    public async Task<Provider> Probe(string providerId, CancellationToken cancellationToken = default) =>
        (await _calls.Ask(token => _api.Provider(Addressable(providerId, "provider not found"), Flag(true), token), cancellationToken)).Provider;

    /// <summary>Live sessions, by id (control-api.md §4.8); with <paramref name="all"/> followed by ended ones, newest first.</summary>
    public Task<List<SessionHandle>> Sessions(bool all = false, CancellationToken cancellationToken = default) =>
        _calls.Ask(token => _api.Sessions(all ? "all" : null, token), cancellationToken);

    /// <summary>Gives the daemon a session to run (control-api.md §4.9).</summary>
    /// <exception cref="BadRequestException">It is not usable, or not wanted: full, paused, not allowlisted, not startable.</exception>
    /// <exception cref="ConflictException">A session of that id is live.</exception>
    public Task<SessionHandle> Accept(SessionSpec spec, CancellationToken cancellationToken = default) =>
        _calls.Ask(token => _api.Accept(spec, token), cancellationToken);

    /// <summary>What the worker of a live session reads (control-api.md §4.10).</summary>
    /// <exception cref="NotFoundException">No live session has that id.</exception>
    public Task<SessionDetail> Detail(string sessionId, CancellationToken cancellationToken = default) =>
        _calls.Ask(token => _api.Detail(Addressable(sessionId, "session not found"), token), cancellationToken);

    /// <summary>Everything about a session, live or ended, that may be shown.</summary>
    /// <exception cref="NotFoundException">No session has that id.</exception>
    public Task<SessionInspection> Inspect(string sessionId, CancellationToken cancellationToken = default) =>
        _calls.Ask(token => _api.Inspect(Addressable(sessionId, "session not found"), token), cancellationToken);

    /// <summary>Stops a session (control-api.md §4.11). An unknown or ended one is no error: <see cref="SessionStopOutcome.Stopped"/> is false.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="reason">Why, in words.</param>
    /// <param name="immediately">Whether to leave out the grace period.</param>
    /// <param name="cancellationToken">Ends the request, not the stop.</param>
    public Task<SessionStopOutcome> Stop(
        string sessionId, string? reason = null, bool immediately = false, CancellationToken cancellationToken = default)
    {
        var body = new SessionStopBody { Reason = reason, Immediately = immediately };
        return _calls.Ask(token => _api.Stop(Addressable(sessionId, "session not found"), body, token), cancellationToken);
    }

    /// <summary>Says that a session's agent has taken a message of its inbox; it is not shown again. Repeating it is harmless.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="deliveryId">Id of the message, as the session's detail shows it.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>Whether the session has or had a message of that id.</returns>
    /// <exception cref="NotFoundException">No live session has that id.</exception>
    public async Task<bool> AcknowledgeInput(string sessionId, string deliveryId, CancellationToken cancellationToken = default) =>
        (await _calls.Ask(
            token => _api.AcknowledgeInput(Addressable(sessionId, "session not found"), Addressable(deliveryId, "message not found"), token),
            cancellationToken)).Acknowledged;

    /// <summary>What sessions have still to tell the platform, and what it refused for good.</summary>
    public Task<OutboxList> Outbox(CancellationToken cancellationToken = default) => _calls.Ask(_api.Outbox, cancellationToken);

    /// <summary>Tells the platform now, without waiting for it.</summary>
    /// <param name="id">A request, also one that was refused, or a session for all of its; <see langword="null"/> for everything that waits.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="NotFoundException">Nothing of that id waits or was refused.</exception>
    public Task<OutboxRetry> RetryOutbox(string? id = null, CancellationToken cancellationToken = default) =>
        _calls.Ask(token => _api.RetryOutbox(new() { Id = id }, token), cancellationToken);

    /// <summary>Gives up what the platform does not have: it is never told. What is being sent at this moment may still arrive.</summary>
    /// <param name="id">A request, waiting or refused, or a session for all of its.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="NotFoundException">Nothing of that id waits or was refused.</exception>
    public Task<OutboxDiscard> DiscardOutbox(string id, CancellationToken cancellationToken = default) =>
        _calls.Ask(token => _api.DiscardOutbox(new() { Id = id }, token), cancellationToken);

    /// <summary>All work areas (workareas.md §4.1).</summary>
    public Task<WorkareaList> Workareas(CancellationToken cancellationToken = default) => _calls.Ask(_api.Workareas, cancellationToken);

    /// <summary>One work area (workareas.md §4.2).</summary>
    /// <exception cref="NotFoundException">No work area has that id.</exception>
    public async Task<Workarea> Workarea(string workareaId, CancellationToken cancellationToken = default) =>
        (await _calls.Ask(token => _api.Workarea(AddressableWorkarea(workareaId), token), cancellationToken)).Workarea;

    /// <summary>How sessions are routed, what was learnt from them, and the recent decisions (routing.md §3).</summary>
    public async Task<RoutingConfig> RoutingConfig(CancellationToken cancellationToken = default) =>
        (await _calls.Ask(_api.RoutingConfig, cancellationToken)).Config;

    /// <summary>Draws decisions about such a session from what was learnt, or from supposed values; nothing is recorded.</summary>
    /// <exception cref="BadRequestException">A value is out of its range.</exception>
    public Task<RoutingSimulation> SimulateRouting(RoutingSimulationRequest request, CancellationToken cancellationToken = default) =>
        _calls.Ask(token => _api.SimulateRouting(request, token), cancellationToken);

    /// <summary>Why a session ran where it ran (routing.md §4).</summary>
    /// <exception cref="NotFoundException">No decision is known for that session.</exception>
    public Task<RoutingExplanation> Explain(string sessionId, CancellationToken cancellationToken = default) =>
        _calls.Ask(token => _api.Explain(Addressable(sessionId, "routing decision not found"), token), cancellationToken);

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _http.Dispose();

    private static string? Flag(bool asked) => asked ? "true" : null;

    // "." and ".." are collapsed by every URL library, and an empty segment is another route: none of them can name anything.
    private static string Addressable(string id, string otherwise) => id switch
    {
        "" => throw new NotFoundException(otherwise),
        "." or ".." => throw new NotFoundException($"{otherwise}: {id}"),
        _ => id,
    };

    // Nor has a work area a slash in its id (workareas.md §2.2).
    private static string AddressableWorkarea(string id)
    {
        const string NotFound = "workarea not found";
        return id.Contains('/', StringComparison.Ordinal) ? throw new NotFoundException($"{NotFound}: {id}") : Addressable(id, NotFound);
    }
}
