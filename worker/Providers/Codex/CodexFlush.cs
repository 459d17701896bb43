namespace Donmai.Worker.Providers.Codex;

/// <summary>Sees to it that text which waits for its end is told after a second at most (worker.md §4.3.6 rule 4).</summary>
internal sealed class CodexFlush : IAsyncDisposable
{
    private static readonly TimeSpan HoldsTextFor = TimeSpan.FromSeconds(1);

    private readonly ITimer _timer;
    private int _isPlanned;

    /// <summary>Creates it; nothing is planned yet.</summary>
    /// <param name="flush">Tells the text.</param>
    /// <param name="clock">Source of time.</param>
    public CodexFlush(Action flush, TimeProvider clock) => _timer = clock.CreateTimer(
        _ =>
        {
            Volatile.Write(ref _isPlanned, 0);
            flush();
        },
        null,
        Timeout.InfiniteTimeSpan,
        Timeout.InfiniteTimeSpan);

    /// <summary>Some text waits now.</summary>
    public void Plan()
    {
        if (Interlocked.Exchange(ref _isPlanned, 1) == 0)
            _timer.Change(HoldsTextFor, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _timer.DisposeAsync();
}
