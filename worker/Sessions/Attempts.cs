namespace Donmai.Worker.Sessions;

/// <summary>
/// Does something again when it failed. By hand: nearly every session needs none of it, and the library's first use takes longer than anything
/// else between a worker's start and its agent's (docs/decisions/0026).
/// </summary>
/// <param name="clock">Source of time.</param>
/// <param name="waits">Waits before each further attempt; there are as many of them.</param>
internal sealed class Attempts(TimeProvider clock, IReadOnlyList<TimeSpan> waits)
{
    /// <summary>Whether there is another attempt after a failure of the one of that number, the first being 0.</summary>
    public required Func<Exception, int, bool> IsRetried { get; init; }

    /// <summary>Told the failure before each wait.</summary>
    public Func<Exception, Task> Retrying { get; init; } = static _ => Task.CompletedTask;

    /// <summary>Where jitter comes from: each wait is up to a fifth shorter or longer; <see langword="null"/> for none.</summary>
    public Random? Jitter { get; init; }

    /// <summary>Makes the attempts.</summary>
    /// <param name="attempt">One of them.</param>
    /// <param name="cancellationToken">Ends attempts and waits.</param>
    /// <returns>What the first that succeeded returned; the last failure is thrown.</returns>
    public async Task<T> Make<T>(Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken)
    {
        for (var number = 0; ; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return await attempt(cancellationToken);
            }
            catch (Exception failed) when (number < waits.Count && IsRetried(failed, number))
            {
                await Retrying(failed);
            }

            await Task.Delay(Wait(number), clock, cancellationToken);
        }
    }

    private TimeSpan Wait(int number) => Jitter is null ? waits[number] : waits[number] * (0.8 + (0.4 * Jitter.NextDouble()));
}
