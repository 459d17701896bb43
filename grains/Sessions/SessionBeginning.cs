using Donmai.Core.Sessions;
using Donmai.Core.Workareas;
using Donmai.Sessions;
using Donmai.Workareas;
using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Sessions;

/// <summary>What makes a session live: its places, its slot, its worker (daemon-runtime.md §9). Where that fails nothing is left of it.</summary>
/// <param name="sessionId">The session.</param>
/// <param name="grains">The grains that take part.</param>
/// <param name="state">The session's record.</param>
/// <param name="writes">Its way to the disk.</param>
/// <param name="launcher">Starts workers.</param>
/// <param name="processes">The machine's processes.</param>
/// <param name="places">The session's directories.</param>
/// <param name="metrics">Counts.</param>
/// <param name="clock">Time.</param>
/// <param name="logger">The session's log.</param>
internal sealed partial class SessionBeginning(
    string sessionId,
    IGrainFactory grains,
    IPersistentState<SessionRecord> state,
    GroupedWrites writes,
    SessionLauncher launcher,
    ISessionProcesses processes,
    SessionPlaces places,
    SessionMetrics metrics,
    TimeProvider clock,
    ILogger logger)
{
    /// <summary>Gets the session its places.</summary>
    public Task<WorkareaLease> Acquire(SessionStart start) => grains.WorkareaPool(start.Machine).Acquire(new WorkareaRequest
    {
        SessionId = sessionId,
        ProjectId = start.ProjectId,
        Repository = start.Spec.Repository,
        Ref = start.Spec.Ref,
        CloneSource = start.CloneSource,
        Checkout = start.Checkout,
    });

    /// <summary>Records the session and starts its worker.</summary>
    /// <exception cref="SessionRefusedException">The worker could not be started.</exception>
    public async Task Begin(SessionStart start, WorkareaLease lease)
    {
        state.State = SessionRecord.Of(start, lease, launcher.BootId);
        metrics.IsLive(sessionId, SessionState.Starting);
        try
        {
            await Task.WhenAll(writes.Write(), grains.Spawner(start.Machine).Secure(sessionId));
            await StartWorker(start);
        }
        catch (Exception failure)
        {
            await LeaveNothing(start.Machine);
            if (failure is WorkerStartException refused)
                throw new SessionRefusedException($"start worker: {refused.Message}", refused.Reason);
            throw;
        }
    }

    /// <summary>Starts the worker of a session that is recorded.</summary>
    /// <exception cref="WorkerStartException">It could not be started.</exception>
    public async Task StartWorker(SessionStart start)
    {
        var began = clock.GetTimestamp();
        using (var step = SessionTrace.Begin("start worker", sessionId: sessionId))
        {
            var process = await launcher.Start(start with { TraceParent = SessionTrace.Words(step) }, state.State.Lease);
            state.State = state.State with { State = SessionState.Running, Process = process };
        }

        metrics.Started(clock.GetElapsedTime(began));
        metrics.IsLive(sessionId, SessionState.Running);
    }

    private async Task LeaveNothing(string machine)
    {
        if (state.State.Process is { } process)
            await processes.Stop(sessionId, process, TimeSpan.Zero);
        state.State = new SessionRecord();
        metrics.IsGone(sessionId);
        try
        {
            await places.Remove(sessionId); // first: without it no recovery starts what was refused
            if (state.RecordExists)
                await state.ClearStateAsync();
            await grains.WorkareaPool(machine).Release(sessionId);
        }
        catch (Exception failure)
        {
            SomethingLeft(failure, sessionId); // the next recovery finds nothing that runs and ends it
        }
    }
}
