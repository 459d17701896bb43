using Donmai.Sessions.Events;
using Donmai.Worker.Workareas;
using Microsoft.Extensions.Logging;

namespace Donmai.Worker.Sessions;

/// <summary>Writes down how far a session is: its events, <c>worker.json</c>, and <c>state.json</c> once there is a work tree.</summary>
internal sealed partial class SessionJournal : IDisposable
{
    private readonly RecordDirectory _record;
    private readonly EventLog _events;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly Lock _describing = new();
    private StateFile? _state;
    private ITimer? _heartbeat;

    /// <summary>Opens the event log.</summary>
    public SessionJournal(RecordDirectory record, Redaction redaction, SessionStop stop, TimeProvider clock, ILogger log)
    {
        _record = record;
        _clock = clock;
        _log = log;
        _events = new EventLog(record.Events, redaction, clock, error =>
        {
            EventsNotWritten(record.Events, error);
            if (EventLog.IsDiskFull(error))
                stop.TryRequest(SessionEnd.Failed(FailureMode.ProviderError, ExitReason.DiskFull, "the disk is full"));
        });
        stop.Store = cause =>
        {
            Guarded(() => record.Update(worker => worker with { ExitReason = cause.ExitReason }));
            var attempt = 1;
            UpdateState(state =>
            {
                attempt = Math.Max(1, state.AttemptCount);
                return state with { ExitReason = cause.ExitReason };
            });
            Guarded(() => record.WriteProvisionalExit(cause, attempt, clock.GetUtcNow()));
        };
    }

    /// <summary>The phase that was entered last.</summary>
    public string Phase { get; private set; } = "";

    /// <summary>Whether the provider's own messages are kept in the events.</summary>
    public bool KeepsRaw { get; set; }

    /// <summary>A phase begins.</summary>
    /// <param name="phase"><see cref="SessionPhase"/>.</param>
    /// <param name="message">What the user is told; empty for nothing.</param>
    public void Enter(string phase, string message = "")
    {
        if (phase == Phase)
            return;
        Phase = phase;
        PhaseEntered(phase);
        Guarded(() => _record.Update(worker => worker with { Phase = phase }));
        UpdateState(state => state with { CurrentStep = phase });
        if (message.Length > 0)
            Tell("phase", message);
    }

    /// <summary>Tells the followers of the session something that is the worker's, not the agent's.</summary>
    public void Tell(string subtype, string message) => _events.Append(new SystemEvent { Subtype = subtype, Message = message }, turn: 0);

    /// <summary>Writes down an event of the agent: without the provider's own message unless that is wanted, but an <c>init</c> always names its program.</summary>
    /// <returns>The event as it was written.</returns>
    public AgentEvent Append(AgentEvent happening, int turn) => _events.Append(KeepsRaw || happening.Raw is null || happening is InitEvent ? happening : happening with { Raw = null }, turn);

    /// <summary>The work tree exists: its <c>state.json</c> is written from now on, its event log is a link to the real one.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="heartbeatEvery">How often its state says that the worker lives.</param>
    /// <param name="first">The first change of its state.</param>
    public void AttachTree(string tree, TimeSpan heartbeatEvery, Func<WorktreeState, WorktreeState> first)
    {
        Guarded(() =>
        {
            _record.Update(worker => worker with { WorktreePath = tree });
            if (!ExistingWorktree.HasRoomForOwnFiles(tree))
                return;
            _state = new StateFile(ExistingWorktree.StatePath(tree), _clock);
            PrivateDirectory.MakeReadable(Path.Combine(tree, ExistingWorktree.OwnDirectory));
            _state.Update(first);
            _heartbeat = _clock.CreateTimer(_ => UpdateState(Alive), null, TimeSpan.Zero, heartbeatEvery);
            var link = Path.Combine(tree, ExistingWorktree.OwnDirectory, Path.GetFileName(_record.Events));
            File.Delete(link);
            File.CreateSymbolicLink(link, _record.Events);
        });
    }

    /// <summary>The work tree is about to go.</summary>
    public void DetachTree()
    {
        lock (_describing)
        {
            _heartbeat?.Dispose(); // may be on its way already, and finds nothing then
            _state = null;
        }
    }

    /// <summary>Changes <c>state.json</c>, if there is a work tree.</summary>
    public void UpdateState(Func<WorktreeState, WorktreeState> change)
    {
        lock (_describing)
            Guarded(() => _state?.Update(change));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        DetachTree();
        _events.Dispose();
    }

    private WorktreeState Alive(WorktreeState state) => state with { LastHeartbeat = _clock.GetUtcNow().ToUnixTimeMilliseconds() };

    // What is only for the record never ends a session.
    private void Guarded(Action write)
    {
        try
        {
            write();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            RecordNotWritten(refused);
        }
    }
}
