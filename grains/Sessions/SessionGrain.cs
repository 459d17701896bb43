using System.Runtime.CompilerServices;
using Donmai.Core.Daemon;
using Donmai.Core.Sessions;
using Donmai.Core.Sessions.Logs;
using Donmai.Core.Workareas;
using Donmai.Sessions;
using Donmai.Sessions.Events;
using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Sessions;

/// <summary>
/// One session from accept to archived (architecture.md §4, daemon-runtime.md §9). Every step can be repeated: whatever the daemon did not get to
/// before it died is done by <see cref="Recover"/>, and the outcome is decided once.
/// </summary>
internal sealed partial class SessionGrain(
    [PersistentState("session")] IPersistentState<SessionRecord> state,
    SessionLauncher launcher,
    ISessionProcesses processes,
    ISessionEventLog events,
    SessionLogReader logs,
    SessionPlaces places,
    IWorkareaArchives archives,
    ControlAddress address,
    IDaemonConfiguration configuration,
    SessionMetrics metrics,
    TimeProvider clock,
    ILogger<SessionGrain> logger) : Grain, ISessionGrain
{
    private readonly GroupedWrites _writes = new(state);
    private TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SessionTimeLimits? _limits;
    private SessionRecording? _recording;
    private PlatformWork? _work;
    private SessionFollowing? _following;
    private bool _concluded;
    private bool _starting;
    private SessionTree? _tree;
    private SessionBeginning? _beginning;

    private string Id => this.GetPrimaryKeyString();

    private SessionRecord Session => state.State;

    private bool IsLive => Session is { Start: not null, State: SessionState.Starting or SessionState.Running };

    private SessionTimeLimits Limits => _limits ??= new SessionTimeLimits(
        this, () => Session, configuration, clock, DelayDeactivation, mode => Stop(new SessionStopRequest { Mode = mode }));

    private PlatformWork? Work => Session.WorkItem is { } item ? _work ??= PlatformWork.Read(item) : null;

    private SessionBeginning Beginning => _beginning ??= new SessionBeginning(
        Id, GrainFactory, state, _writes, launcher, processes, places, metrics, clock, logger);

    private SessionEnding Ending => new(Id, GrainFactory, state, _writes, metrics, logger);

    private SessionTree Tree => _tree ??= new SessionTree(Id, state, Recording, processes, configuration, logger);

    private SessionFollowing Following => _following ??= new SessionFollowing(Id, () => Session, events, logs, archives, metrics);

    private SessionRecording Recording => _recording ??= new SessionRecording(Id, this, _writes, () => IsLive, logger);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (!IsLive)
            _ended.TrySetResult();
        return Task.CompletedTask;
    }

    public async Task<SessionHandle> Start(SessionStart start)
    {
        if (IsLive && Session.Process is not null) // one without a process is what a daemon left that died before the slot was durable
            throw new SessionAlreadyActiveException(Id);
        using var step = SessionTrace.Begin("start session", start.TraceParent, Id);
        _starting = true; // who asks for the session meanwhile must not end this activation, which alone knows the process at first
        try
        {
            await Begin(start);
            return ToHandle();
        }
        finally
        {
            _starting = false;
            LetGo();
        }
    }

    public async Task<SessionHandle> Recover()
    {
        var start = Existing();
        using var step = SessionTrace.Begin("recover session", start.TraceParent, Id);
        if (!IsLive)
        {
            await Conclude(start);
            return ToHandle();
        }

        switch (await launcher.Find(Id, Session.Lease, Session.Process, Session.BootId, clock.GetUtcNow()))
        {
            case ProcessFinding.Alive alive:
                await Adopt(alive.Identity);
                break;
            case ProcessFinding.Ended ended:
                await Exited(ended.Exit);
                break;
            default:
                await StartAtLast(start);
                break;
        }

        return ToHandle();
    }

    public Task<SessionHandle> Handle()
    {
        Existing();
        return Task.FromResult(ToHandle());
    }

    public async Task<SessionDetail> Detail()
    {
        var start = Living();
        var detail = SessionViews.Detail(Session, start, configuration.Current);
        if (Work is not { } work)
            return detail;
        var (credentials, gitToken) = (GrainFactory.Registration(start.Machine).Credentials(), GrainFactory.Polling(start.Machine).GitToken(start.CloneSource));
        return SessionViews.WithCredentials(work.Complete(detail), await credentials, await gitToken);
    }

    public async Task<SessionInspection> Inspect()
    {
        var start = Existing();
        return SessionViews.Inspection(Session, start, await Following.LastSeq());
    }

    public async Task<SessionStopOutcome> Stop(SessionStopRequest request)
    {
        if (!IsLive)
        {
            if (Session.Start is null)
                LetGo();
            return new SessionStopOutcome { SessionId = Id, Stopped = false, Reason = "not-found" };
        }

        await Tree.Ask(request);
        return new SessionStopOutcome { SessionId = Id, Stopped = true, Mode = Session.Stop?.Mode };
    }

    public async Task Deliver(List<InboxMessage> messages)
    {
        Living();
        await Keep(SessionInbox.With(Session, messages));
    }

    public async Task<bool> AcknowledgeInput(string deliveryId)
    {
        Living();
        await Keep(SessionInbox.Without(Session, deliveryId));
        return Session.TakenInputs.Contains(deliveryId);
    }

    public async Task Exited(ProcessExit exit)
    {
        if (Session.Start is not { } start || _concluded || Session.HasOtherProcess(exit.Process))
            return;
        using var step = SessionTrace.Begin("end session", start.TraceParent, Id);
        if (IsLive)
            Ending.Decide(start, exit);
        await _writes.Write();
        await Conclude(start);
    }

    public async Task Forget(DateTimeOffset? endedAt)
    {
        if (!IsLive && Session.Start is not null && Session.Exit?.EndedAt == endedAt)
        {
            await GrainFactory.RoutingTrace(Id).Forget(); // first: what the daemon does not get to is found by the record
            await state.ClearStateAsync();
        }

        LetGo();
    }

    public async IAsyncEnumerable<AgentEvent> Events(long after, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Existing();
        await foreach (var next in Following.Events(after, _ended.Task, cancellationToken))
            yield return next;
    }

    public async IAsyncEnumerable<string> Logs(SessionLogRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Existing();
        await foreach (var lines in Following.Logs(request, _ended.Task, cancellationToken))
            yield return lines;
    }

    private SessionStart Existing()
    {
        if (Session.Start is { } start)
            return start;
        LetGo();
        throw new SessionNotFoundException(Id);
    }

    private SessionStart Living() => Existing() is var start && IsLive ? start : throw new SessionNotFoundException(Id);

    private async Task Keep(SessionRecord next)
    {
        if (ReferenceEquals(next, Session))
            return;
        state.State = next;
        await _writes.Write();
    }

    private async Task Begin(SessionStart start)
    {
        var lease = await Beginning.Acquire(start);
        (_ended, _concluded, _work) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), false, null);
        try
        {
            await Beginning.Begin(start, lease);
        }
        catch
        {
            _ended.TrySetResult();
            throw;
        }

        LookAfter();
    }

    /// <summary>Its worker has been started.</summary>
    private void LookAfter()
    {
        Recording.Soon();
        Limits.Watch();
        Tree.EndIfAsked(); // while it was being started
    }

    /// <summary>The daemon died after it had recorded the session and before it started anything.</summary>
    private async Task StartAtLast(SessionStart start)
    {
        try
        {
            if (Session.Stop is not null)
                await Exited(new ProcessExit { EndedAt = clock.GetUtcNow() });
            else if (Session.HasVariables)
                await NotStarted("the daemon ended before it had started the worker, and the variables of a request are not kept; ask for the session again");
            else
                await Beginning.StartWorker(start);
        }
        catch (WorkerStartException refusal)
        {
            await NotStarted(refusal.Message);
        }

        if (IsLive)
            LookAfter();
    }

    private Task NotStarted(string reason) => Exited(new ProcessExit { StartError = $"start worker: {reason}", EndedAt = clock.GetUtcNow() });

    private async Task Adopt(ProcessIdentity process)
    {
        var isNews = Session.State != SessionState.Running || Session.Process != process;
        state.State = Session with { State = SessionState.Running, Process = process };
        metrics.IsLive(Id, SessionState.Running);
        Limits.Watch();
        Tree.EndIfAsked(); // the former daemon had begun it
        if (isNews)
            Recording.Soon();
        await places.Announce(Id, address.Bound);
        Adopted(Id, process.Pid);
    }

    private async Task Conclude(SessionStart start)
    {
        Limits.Forget();
        Recording.Forget();
        await Ending.Conclude(start);
        _concluded = true;
        _ended.TrySetResult(); // who has followed it to the end finds everything done
        LetGo();
    }

    /// <summary>
    /// An ended session takes no memory. One that is read is kept for a while, as the engine keeps what is used: whoever comes between this and
    /// the end of the activation is cut off, and who has read it may read it again.
    /// </summary>
    private void LetGo()
    {
        if (!IsLive && !_starting && !Following.IsFollowed)
            DeactivateOnIdle();
    }

    private SessionHandle ToHandle() => SessionViews.Handle(Id, Session);
}
