
namespace Donmai.Silo.Tests.Storage;

internal sealed class CountingGrain([PersistentState("count")] IPersistentState<CountingState> state) : Grain, ICountingGrain
{
    public async Task<int> Count()
    {
        state.State = new() { Count = state.State.Count + 1 };
        await state.WriteStateAsync();
        return state.State.Count;
    }
}
