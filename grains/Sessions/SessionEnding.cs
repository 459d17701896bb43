using Donmai.Core.Sessions;
using Donmai.Sessions;
using Donmai.Workareas;
using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Sessions;

/// <summary>
/// What follows from the end of a session: its tree is archived, the router learns from it, its slot is free. Every step can be repeated, and the
/// spawner forgets the session last, so that nothing is left out when the daemon dies on the way.
/// </summary>
/// <param name="sessionId">The session.</param>
/// <param name="grains">The grains that take part.</param>
/// <param name="state">The session's record.</param>
/// <param name="writes">Its way to the disk.</param>
/// <param name="metrics">Counts.</param>
/// <param name="logger">The session's log.</param>
internal sealed partial class SessionEnding(
    string sessionId, IGrainFactory grains, IPersistentState<SessionRecord> state, GroupedWrites writes, SessionMetrics metrics, ILogger logger)
{
    /// <summary>Decides how a session that lived has ended.</summary>
    public void Decide(SessionStart start, ProcessExit exit)
    {
        var outcome = SessionOutcome.Of(exit, state.State.Stop);
        state.State = state.State with { State = outcome.State, Reason = outcome.Reason, Exit = exit };
        Ended(sessionId, outcome.State);
        metrics.IsGone(sessionId);
        metrics.Ended(outcome.State, exit.EndedAt - start.AcceptedAt);
        SessionTrace.TellLife(sessionId, start, outcome, exit.EndedAt);
    }

    /// <summary>Brings everything about the end to its end.</summary>
    public async Task Conclude(SessionStart start)
    {
        if (state.State.WorkItem is not null)
            await grains.Outbox(start.Machine).Collect(SessionViews.Leavings(sessionId, state.State)); // first: somebody waits for it
        if (state.State.Archive is null)
            state.State = state.State with { Archive = await ArchiveTree(start) };
        await Task.WhenAll(
            state.State.Archive is { ArchiveId: "", Problem: null, Removed: false } ? Task.CompletedTask : writes.Write(),
            grains.Router(start.Machine).Learn(SessionViews.Outcome(state.State, start)));
        await grains.Spawner(start.Machine).Release(SessionViews.Handle(sessionId, state.State));
    }

    private async Task<WorkareaArchived> ArchiveTree(SessionStart start)
    {
        using var step = SessionTrace.Begin("archive work area", sessionId: sessionId);
        try
        {
            return await grains.WorkareaPool(start.Machine).Return(new WorkareaReturn
            {
                SessionId = sessionId,
                ProjectId = start.ProjectId,
                Repository = start.Spec.Repository,
                Ref = start.Spec.Ref,
                Disposition = SessionViews.Disposition(state.State),
                EndedAt = state.State.Exit!.EndedAt,
                Changed = SessionViews.Changed(state.State),
            });
        }
        catch (Exception failure) when (failure is not (OrleansException or TimeoutException or OperationCanceledException or ObjectDisposedException))
        {
            NotArchived(failure, sessionId); // for good; what a daemon on its way down could not do is done by the next one
            return new WorkareaArchived { Problem = failure.Message };
        }
    }
}
