using Orleans.Core;

namespace Donmai.Grains;

/// <summary>
/// Writes a grain's state so that changes made while a write is under way share the next one, and two writes never overlap. Used from the
/// grain's own turns only.
/// </summary>
/// <param name="state">The state.</param>
internal sealed class GroupedWrites(IStorage state)
{
    private Task _running = Task.CompletedTask;
    private Task? _waiting;

    /// <summary>Completes when the state as it is now is durable.</summary>
    public Task Write()
    {
        if (_waiting is not null)
            return _waiting;
        return _running.IsCompleted
            ? _running = state.WriteStateAsync()
            : _waiting = WriteAfter(_running);
    }

    private async Task WriteAfter(Task running)
    {
        // Who asked for that one sees its failure. Never at once: the caller has to remember this task first.
        await running.ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.ForceYielding);
        (_running, _waiting) = (_waiting!, null);
        await state.WriteStateAsync();
    }
}
