using Donmai.Routing;

namespace Donmai.Grains.Routing;

/// <summary>Why one session ran where it ran (routing.md §4). Asked for rarely, so it is not kept in memory.</summary>
internal sealed class RoutingTraceGrain([PersistentState("routing-trace")] IPersistentState<RoutingExplanation> state) : Grain, IRoutingTraceGrain
{
    public async Task Record(RoutingExplanation explanation)
    {
        state.State = explanation;
        await state.WriteStateAsync();
        DeactivateOnIdle();
    }

    public Task<RoutingExplanation> Explain()
    {
        DeactivateOnIdle();
        return state.RecordExists
            ? Task.FromResult(state.State)
            : throw new RoutingDecisionNotFoundException(this.GetPrimaryKeyString());
    }

    public Task Forget()
    {
        DeactivateOnIdle();
        return state.RecordExists ? state.ClearStateAsync() : Task.CompletedTask;
    }
}
