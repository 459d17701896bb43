using Donmai.Sessions;

namespace Donmai.Core.Sessions;

/// <summary>Asks the spawn hook, if there is one, and holds it to its time.</summary>
internal static class SpawnHooking
{
    /// <summary>Longest wait for the hook.</summary>
    internal static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>The environment to use.</summary>
    /// <exception cref="WorkerStartException">The hook refused, did not answer in time, or returned what cannot be passed on.</exception>
    internal static async Task<IReadOnlyDictionary<string, string>> Ask(
        ISpawnHook hook, SessionSpec spec, IReadOnlyDictionary<string, string> composed, TimeProvider clock)
    {
        using var limit = new CancellationTokenSource(Limit, clock);
        try
        {
            var answer = await hook.BeforeSpawn(spec, composed, limit.Token).WaitAsync(limit.Token);
            return answer is null ? composed : Checked(answer);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new WorkerStartException($"the spawn hook did not answer within {Limit.TotalSeconds} s", RefusalReason.SpawnHook);
        }
        catch (Exception refusal) when (refusal is not WorkerStartException)
        {
            throw new WorkerStartException($"the spawn hook refused: {refusal.Message}", RefusalReason.SpawnHook);
        }
    }

    private static IReadOnlyDictionary<string, string> Checked(IReadOnlyDictionary<string, string> answer)
    {
        foreach (var (name, value) in answer)
            if (name.Length == 0 || name.AsSpan().IndexOfAny('=', '\0') >= 0 || value.Contains('\0'))
                throw new WorkerStartException($"the spawn hook returned the variable \"{name.Replace('\0', '?')}\", which no process can be given", RefusalReason.SpawnHook);
        return answer;
    }
}
