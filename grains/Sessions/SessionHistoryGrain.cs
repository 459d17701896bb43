using Donmai.Sessions;

namespace Donmai.Grains.Sessions;

/// <summary>One page of the sessions that ended on a machine. Not kept in memory.</summary>
internal sealed class SessionHistoryGrain([PersistentState("session-history")] IPersistentState<SessionHistoryRecord> state) : Grain, ISessionHistoryGrain
{
    public async Task Write(List<SessionHandle> ended)
    {
        state.State = new SessionHistoryRecord { Ended = ended };
        await state.WriteStateAsync();
        DeactivateOnIdle();
    }

    public Task<List<SessionHandle>> Read()
    {
        DeactivateOnIdle();
        return Task.FromResult(state.State.Ended);
    }
}
