namespace Donmai.Engine.Tests.States;

internal sealed class LostGrain([PersistentState("state", "nowhere")] IPersistentState<Note> state) : Grain, ILostGrain
{
    public Task Hello() => Task.FromResult(state.State);
}
