using Donmai.Core.Daemon;
using Donmai.Core.Sessions;
using Donmai.Core.Workareas;
using Donmai.Daemon;
using Donmai.Sessions;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace Donmai.Grains.Sessions;

/// <summary>
/// Admission of sessions (daemon-runtime.md §7–§9). Interleaves: a slot is reserved within one turn, so that many sessions can be started at
/// once and never too many.
/// </summary>
[Reentrant, KeepAlive]
internal sealed partial class SpawnerGrain(
    [PersistentState("spawner")] IPersistentState<SpawnerRecord> state,
    IDaemonConfiguration configuration,
    WorktreeVolume volume,
    SessionMetrics metrics,
    TimeProvider clock,
    ILogger<SpawnerGrain> logger) : Grain, ISpawnerGrain
{
    private static readonly TimeSpan RecoverAgain = TimeSpan.FromSeconds(30);

    private readonly GroupedWrites _writes = new(state);
    private readonly SortedDictionary<string, SessionHandle> _live = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unclassified = new(StringComparer.Ordinal); // of the former life, not found again yet
    private readonly ProjectAdmission _projects = new(configuration);
    private SessionHistory? _history;
    private bool _accepting;

    private string Machine => this.GetPrimaryKeyString();

    private SessionHistory History => _history ??= new SessionHistory(GrainFactory, Machine);

    private int MaxSessions => configuration.Current.MaxConcurrentSessions;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        foreach (var sessionId in state.State.Sessions)
        {
            _live[sessionId] = new SessionHandle { SessionId = sessionId };
            _unclassified.Add(sessionId);
        }

        return Task.CompletedTask;
    }

    public async Task<SessionHandle> Accept(SessionSpec spec)
    {
        using var step = SessionTrace.Begin("accept session", spec.TraceParent);
        try
        {
            SessionSpecRules.Check(spec);
            step.SetTag(SessionTrace.SessionTag, spec.SessionId);
            var accepted = await TakeIn(spec);
            metrics.Accepted();
            Accepted(spec.SessionId);
            return accepted;
        }
        catch (Exception refusal)
        {
            metrics.Refused(SessionMetrics.ReasonOf(refusal));
            step.Fail(refusal);
            throw;
        }
    }

    public Task Secure(string sessionId) => Save();

    public async Task Release(SessionHandle ended)
    {
        if (!Forget(ended))
            return;
        History.Add(ended);
        if (History.IsPageFull)
            await TurnPage();
    }

    public async Task<List<SessionHandle>> Live()
    {
        if (_unclassified.Count > 0)
            await Task.WhenAll(_unclassified.ToList().ConvertAll(Look));
        return [.. _live.Values.Where(static session => session.State is SessionState.Starting or SessionState.Running)];
    }

    public async Task<List<SessionHandle>> Ended(int limit)
    {
        var ended = await History.Newest(limit, state.State.PagesWritten);
        return ended.FindAll(session => !_live.ContainsKey(session.SessionId));
    }

    public Task<SpawnerAdmission> Admission() =>
        Task.FromResult(new SpawnerAdmission { Accepting = _accepting, Active = _live.Count, Maximum = MaxSessions });

    public async Task<int> Recover()
    {
        await Task.WhenAll(_live.Keys.ToList().ConvertAll(Recover));
        return _live.Count;
    }

    public Task SetAccepting(bool accepting)
    {
        _accepting = accepting;
        return Task.CompletedTask;
    }

    public async Task<List<SessionStopOutcome>> EndAll(SessionStopRequest request)
    {
        var asked = await Task.WhenAll(_live.Keys.ToList().ConvertAll(sessionId => End(sessionId, request)));
        return [.. asked.OfType<SessionStopOutcome>().Where(static outcome => outcome.Stopped)];
    }

    private async Task<SessionHandle> TakeIn(SessionSpec spec)
    {
        if (!_accepting)
            throw await NotAccepting();
        if (_live.ContainsKey(spec.SessionId))
            throw new SessionAlreadyActiveException(spec.SessionId);
        if (_live.Count >= MaxSessions)
            throw new SessionRefusedException($"at capacity ({_live.Count}/{MaxSessions} sessions)", RefusalReason.AtCapacity);
        var project = _projects.For(spec.Repository);
        if (volume.Refusal() is { } full)
            throw new SessionRefusedException(full, RefusalReason.DiskFull);
        spec = spec with { Repository = RepositorySecrets.Strip(spec.Repository) };

        var reserved = new SessionHandle
        {
            SessionId = spec.SessionId,
            AcceptedAt = clock.GetUtcNow(),
            ProjectName = project.Id,
            Repository = spec.Repository,
        };
        _live.Add(spec.SessionId, reserved);
        try
        {
            var running = await new SessionStarting(GrainFactory, Machine, logger).Start(spec, project, reserved.AcceptedAt);
            if (_live.ContainsKey(spec.SessionId)) // a quick session may have ended meanwhile
                _live[spec.SessionId] = running;
            return running;
        }
        catch (Exception refusal)
        {
            Forget(reserved with { State = SessionState.Failed });
            Refused(spec.SessionId, refusal.Message);
            throw;
        }
    }

    private async Task<SessionStopOutcome?> End(string sessionId, SessionStopRequest request)
    {
        try
        {
            return await GrainFactory.Session(sessionId).Stop(request);
        }
        catch (Exception failure)
        {
            NotAskedToEnd(failure, sessionId);
            return null;
        }
    }

    /// <summary>The slot is free. While no work is accepted the daemon may be waiting for that.</summary>
    private bool Forget(SessionHandle session)
    {
        if (!_live.Remove(session.SessionId))
            return false;
        if (!_accepting)
            _ = TellDaemon(session, _live.Count); // observes its own failure; nobody who brings an end waits for what follows from it
        return true;
    }

    private async Task TellDaemon(SessionHandle session, int left)
    {
        try
        {
            await GrainFactory.Daemon(Machine).SessionEnded(session, left);
        }
        catch (Exception failure)
        {
            NotTold(failure, session.SessionId); // a drain then lasts until its deadline
        }
    }

    private async Task<SessionRefusedException> NotAccepting()
    {
        var daemon = await GrainFactory.Daemon(Machine).State();
        return new SessionRefusedException(daemon == DaemonState.Running
            ? "not accepting new work (paused or draining)"
            : $"daemon is not running (state \"{daemon.ToString().ToLowerInvariant()}\")");
    }

    private async Task Recover(string sessionId)
    {
        try
        {
            Show(await GrainFactory.Session(sessionId).Recover());
            _unclassified.Remove(sessionId);
        }
        catch (SessionNotFoundException)
        {
            _unclassified.Remove(sessionId); // accepted, but the daemon died before anything of it was started
            Forget(new SessionHandle { SessionId = sessionId, State = SessionState.Failed });
        }
        catch (Exception failure)
        {
            NotRecovered(failure, sessionId); // visible and charged against capacity (daemon-runtime.md §15.2, quarantine)
            RecoverLater(sessionId);
        }
    }

    private void RecoverLater(string sessionId)
    {
        IGrainTimer later = null!;
        later = this.RegisterGrainTimer(Again, new GrainTimerCreationOptions(RecoverAgain, Timeout.InfiniteTimeSpan) { Interleave = true });

        Task Again()
        {
            later.Dispose();
            return Recover(sessionId);
        }
    }

    /// <summary>What a session that was not found again yet was when the daemon last knew of it; one that had ended then is not live.</summary>
    private async Task Look(string sessionId)
    {
        try
        {
            var known = await GrainFactory.Session(sessionId).Handle();
            if (_unclassified.Contains(sessionId))
                Show(known);
        }
        catch (Exception failure)
        {
            NotKnown(failure, sessionId); // listed by its id alone
        }
    }

    private void Show(SessionHandle session)
    {
        if (_live.ContainsKey(session.SessionId))
            _live[session.SessionId] = session;
    }

    private async Task TurnPage()
    {
        await History.WritePage(state.State.PagesWritten, IsKnown);
        History.ForgetPage();
        state.State = state.State with { PagesWritten = state.State.PagesWritten + 1 };
        await Save();
    }

    /// <summary>A session that is live or has just ended. It may be waiting for this grain, so this grain does not wait for it.</summary>
    private bool IsKnown(string sessionId) =>
        _live.ContainsKey(sessionId) || History.Unwritten.Any(session => session.SessionId == sessionId);

    /// <summary>Makes the set of sessions durable. Ended ones stay in it until the history has them; nothing is lost between.</summary>
    private Task Save()
    {
        state.State = state.State with { Sessions = [.. _live.Keys, .. History.Unwritten.Select(static session => session.SessionId)] };
        return _writes.Write();
    }
}
