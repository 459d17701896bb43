using System.Runtime.CompilerServices;
using Donmai.Daemon;
using Donmai.Routing;
using Donmai.Sessions;
using Donmai.Sessions.Events;
using Donmai.Workareas;
using Refit;

namespace Donmai.Client;

/// <summary>
/// A daemon's control API for .NET programs (control-api.md). Refusals are thrown as <see cref="ControlApiException"/>s, a daemon that is
/// not there as <see cref="DaemonUnreachableException"/>. Safe for use by many threads.
/// </summary>
public sealed class DonmaiClient : IDisposable
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

    /// <summary>All work areas (workareas.md §4.1).</summary>
    public Task<WorkareaList> Workareas(CancellationToken cancellationToken = default) => _calls.Ask(_api.Workareas, cancellationToken);

    /// <summary>One work area (workareas.md §4.2).</summary>
    /// <exception cref="NotFoundException">No work area has that id.</exception>
    public async Task<Workarea> Workarea(string workareaId, CancellationToken cancellationToken = default) =>
        (await _calls.Ask(token => _api.Workarea(Addressable(workareaId, "workarea not found"), token), cancellationToken)).Workarea;

    /// <summary>Why a session ran where it ran (routing.md §4).</summary>
    /// <exception cref="NotFoundException">No decision is known for that session.</exception>
    public Task<RoutingExplanation> Explain(string sessionId, CancellationToken cancellationToken = default) =>
        _calls.Ask(token => _api.Explain(Addressable(sessionId, "routing decision not found"), token), cancellationToken);

    /// <summary>
    /// The session's events after number <paramref name="after"/>, as they happen, until the session has ended. When the connection breaks,
    /// <see cref="DaemonUnreachableException"/> is thrown; <see cref="Follow"/> waits instead.
    /// </summary>
    /// <exception cref="NotFoundException">No session has that id.</exception>
    public async IAsyncEnumerable<AgentEvent> Events(
        string sessionId, long after = 0, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var answer = await _calls.Ask(token => _api.Events(Addressable(sessionId, "session not found"), after, token), cancellationToken);
        if (!answer.IsSuccessStatusCode)
            throw Refusal.Of(answer.StatusCode, await _calls.Ask(token => answer.Content.ReadAsStringAsync(token), cancellationToken));

        var body = await _calls.Ask(token => answer.Content.ReadAsStreamAsync(token), cancellationToken);
        await using var events = EventLines.Read(body, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await _calls.Tell(() => events.MoveNextAsync().AsTask(), cancellationToken))
            yield return events.Current;
    }

    /// <summary>
    /// As <see cref="Events"/>, but outlives the daemon: while it is away (for at most <see cref="DonmaiClientOptions.ReconnectFor"/>) it is
    /// waited for, and the events go on where they broke off, each exactly once. Ends when the session has ended.
    /// </summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="after">Number of the last event already known; 0 for all.</param>
    /// <param name="whenAway">Told once each time the daemon goes away and is waited for.</param>
    /// <param name="cancellationToken">Ends the following.</param>
    /// <exception cref="NotFoundException">No session has that id.</exception>
    /// <exception cref="DaemonUnreachableException">The daemon stayed away.</exception>
    public async IAsyncEnumerable<AgentEvent> Follow(
        string sessionId, long after = 0, Action? whenAway = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var absence = new Absence(_options, whenAway);
        while (true)
        {
            var before = after;
            await using var events = Events(sessionId, after, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (await Next(events, absence))
            {
                absence.Progress();
                if (events.Current.Seq > after)
                    after = events.Current.Seq;
                else if (events.Current.Seq > 0)
                    continue;
                yield return events.Current;
            }

            // The stream of a daemon that shuts down ends as that of a session that ended; only asking tells them apart.
            if (!absence.IsOngoing && await HasNothingMore(sessionId, after, after == before, absence, cancellationToken))
                yield break;
            await absence.Pause(cancellationToken);
        }
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _http.Dispose();

    private static async Task<bool> Next(IAsyncEnumerator<AgentEvent> events, Absence absence)
    {
        try
        {
            var arrived = await events.MoveNextAsync();
            absence.Over();
            return arrived;
        }
        catch (Exception away) when (IsAway(away))
        {
            absence.Noticed(away);
            return false;
        }
    }

    private async Task<bool> HasNothingMore(string sessionId, long last, bool wasSilent, Absence absence, CancellationToken cancellationToken)
    {
        try
        {
            var session = await Inspect(sessionId, cancellationToken);
            var hasEnded = session.State is not (SessionState.Starting or SessionState.Running);
            return hasEnded && (wasSilent || session.LastEventSeq <= last);
        }
        catch (Exception away) when (IsAway(away))
        {
            absence.Noticed(away);
            return false;
        }
    }

    // "." and ".." are collapsed by every URL library, and an empty segment is another route: none of them can name anything.
    private static string Addressable(string id, string otherwise) => id is "" or "." or ".." ? throw new NotFoundException(otherwise) : id;

    private static bool IsAway(Exception problem) => problem is DaemonUnreachableException or UnavailableException;
}
