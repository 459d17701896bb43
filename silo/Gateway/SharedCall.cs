namespace Donmai.Silo.Gateway;

/// <summary>
/// One call for many who ask the same at the same time. Who comes while a call is under way shares the next one with all others who
/// come meanwhile; so nobody gets an answer that is older than his question.
/// </summary>
/// <param name="call">Begins a call; must not block.</param>
internal sealed class SharedCall<T>(Func<Task<T>> call)
{
    private readonly Lock _gate = new();
    private Task<T>? _running;
    private Task<T>? _next;

    /// <summary>The answer of a call that begins now or later.</summary>
    public Task<T> Ask()
    {
        lock (_gate)
        {
            if (_next is not null)
                return _next;
            return _running is { IsCompleted: false } ? (_next = After(_running)) : (_running = call());
        }
    }

    private async Task<T> After(Task<T> running)
    {
        await ((Task)running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        Task<T> own;
        lock (_gate)
        {
            own = _running = call();
            _next = null;
        }

        return await own;
    }
}
