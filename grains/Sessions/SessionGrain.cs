using System.Runtime.CompilerServices;
using Donmai.Core.Daemon;
using Donmai.Core.Sessions;
using Donmai.Core.Sessions.Logs;
using Donmai.Core.Workareas;
using Donmai.Sessions;
using Donmai.Sessions.Events;
using Donmai.Workareas;
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

    private string Id => this.GetPrimaryKeyString();

    private SessionRecord Session => state.State;

    private bool IsLive => Session is { Start: not null, State: SessionState.Starting or SessionState.Running };

    private SessionTimeLimits Limits => _limits ??= new SessionTimeLimits(
        this, () => Session, configuration, clock, DelayDeactivation, mode => Stop(new SessionStopRequest { Mode = mode }));

    private PlatformWork? Work => Session.WorkItem is { } item ? _work ??= PlatformWork.Read(item) : null;

    private SessionTree Tree => _tree ??= new SessionTree(Id, () => Session, processes, configuration, logger);

    private SessionFollowing Following => _following ??= new SessionFollowing(Id, events, logs, metrics);

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
        return SessionViews.Inspection(Session, start, await events.LastSeq(await EventLogPath()));
    }

    public async Task<SessionStopOutcome> Stop(SessionStopRequest request)
    {
        if (!IsLive)
        {
            if (Session.Start is null)
                LetGo();
            return new SessionStopOutcome { SessionId = Id, Stopped = false, Reason = "not-found" };
        }

        var before = Session.Stop;
        if (before is null || (request.Immediately && !before.Immediately))
        {
            state.State = Session with { Stop = (before ?? request) with { Immediately = request.Immediately } };
            await Recording.Try();
            _ = Tree.End(); // observes its own failure
        }
        else if (Tree.IsNotEnded)
        {
            _ = Tree.End(); // what failed is tried again
        }

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
        if (Session.Start is not { } start || _concluded || IsOfAnother(exit.Process))
            return;
        using var step = SessionTrace.Begin("end session", start.TraceParent, Id);
        if (IsLive)
        {
            var outcome = SessionOutcome.Of(exit, Session.Stop);
            state.State = Session with
            {
                State = outcome.State,
                Reason = outcome.Reason,
                Exit = exit,
            };
            Ended(Id, outcome.State);
            metrics.IsGone(Id);
            metrics.Ended(outcome.State, exit.EndedAt - start.AcceptedAt);
            SessionTrace.TellLife(Id, start, outcome, exit.EndedAt);
        }

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
        await foreach (var next in Following.Events(await EventLogPath(), after, _ended.Task, cancellationToken))
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
        var request = new WorkareaRequest { SessionId = Id, ProjectId = start.ProjectId, Repository = start.Spec.Repository, Ref = start.Spec.Ref, CloneSource = start.CloneSource, Checkout = start.Checkout };
        var lease = await GrainFactory.WorkareaPool(start.Machine).Acquire(request);
        (_ended, _concluded, _work) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), false, null);
        state.State = SessionRecord.Of(start, lease, launcher.BootId);
        metrics.IsLive(Id, SessionState.Starting);
        try
        {
            await Task.WhenAll(_writes.Write(), GrainFactory.Spawner(start.Machine).Secure(Id));
            await StartWorker(start);
        }
        catch (Exception failure)
        {
            await LeaveNothing();
            if (failure is WorkerStartException refused)
                throw new SessionRefusedException($"start worker: {refused.Message}", refused.Reason);
            throw;
        }
    }

    private async Task StartWorker(SessionStart start)
    {
        var began = clock.GetTimestamp();
        using (var step = SessionTrace.Begin("start worker", sessionId: Id))
        {
            var process = await launcher.Start(start with { TraceParent = SessionTrace.Words(step) }, Session.Lease);
            state.State = Session with { State = SessionState.Running, Process = process };
        }

        metrics.Started(clock.GetElapsedTime(began));
        metrics.IsLive(Id, SessionState.Running);
        Recording.Soon();
        Limits.Watch();
        if (Session.Stop is not null)
            _ = Tree.End(); // asked to end while it was being started
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
                await StartWorker(start);
        }
        catch (WorkerStartException refusal)
        {
            await NotStarted(refusal.Message);
        }
    }

    private Task NotStarted(string reason) => Exited(new ProcessExit { StartError = $"start worker: {reason}", EndedAt = clock.GetUtcNow() });

    /// <summary>A former session of this id had processes too, and the news of their ends may come late.</summary>
    private bool IsOfAnother(ProcessIdentity? ended) =>
        ended is not null && Session.Process is { } own && (own.Pid, own.StartMark) != (ended.Pid, ended.StartMark);

    private async Task Adopt(ProcessIdentity process)
    {
        var isNews = Session.State != SessionState.Running || Session.Process != process;
        state.State = Session with { State = SessionState.Running, Process = process };
        metrics.IsLive(Id, SessionState.Running);
        Limits.Watch();
        if (Session.Stop is not null)
            _ = Tree.End(); // the former daemon had begun it
        if (isNews)
            Recording.Soon();
        await places.Announce(Id, address.Bound);
        Adopted(Id, process.Pid);
    }

    private async Task LeaveNothing()
    {
        if (Session.Process is { } process)
            await processes.Stop(Id, process, TimeSpan.Zero);
        var machine = Session.Start?.Machine;
        state.State = new SessionRecord();
        metrics.IsGone(Id);
        _ended.TrySetResult();
        try
        {
            await places.Remove(Id); // first: without it no recovery starts what was refused
            if (state.RecordExists)
                await state.ClearStateAsync();
            if (machine is not null)
                await GrainFactory.WorkareaPool(machine).Release(Id);
        }
        catch (Exception failure)
        {
            SomethingLeft(failure, Id); // the next recovery finds nothing that runs and ends it
        }
    }

    private async Task Conclude(SessionStart start)
    {
        Limits.Forget();
        Recording.Forget();
        await new SessionEnding(Id, GrainFactory, state, _writes, logger).Conclude(start);
        _concluded = true;
        _ended.TrySetResult(); // who has followed it to the end finds everything done
        LetGo();
    }

    private Task<string> EventLogPath() => SessionPlaces.EventLog(
        Session.Lease, Session.Archive is { ArchiveId.Length: > 0 } archive ? archives.EventLogPath(archive.ArchiveId) : null);

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
