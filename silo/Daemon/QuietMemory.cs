namespace Donmai.Silo.Daemon;

/// <summary>
/// Gives memory back when a burst of work is over. On a machine with large processor caches the runtime lets garbage of hundreds of
/// megabytes gather before it collects, and keeps the pages for the next burst, which may come tomorrow.
/// </summary>
internal sealed class QuietMemory : IAsyncDisposable
{
    /// <summary>How often it looks.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Less than this many bytes allocated in an <see cref="Interval"/> is quiet.</summary>
    private const long Quiet = 1024 * 1024;

    /// <summary>At least this many bytes must have been allocated since the last time, or there is little to give back.</summary>
    private const long Worthwhile = 24 * 1024 * 1024;

    private readonly PeriodicTimer _timer;
    private readonly Task _watching;

    /// <summary>Begins to watch.</summary>
    public QuietMemory(TimeProvider time)
    {
        _timer = new PeriodicTimer(Interval, time);
        _watching = Watch();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _watching;
    }

    private async Task Watch()
    {
        var collected = 0L;
        var seen = GC.GetTotalAllocatedBytes();
        while (await _timer.WaitForNextTickAsync())
        {
            var allocated = GC.GetTotalAllocatedBytes();
            if (allocated - seen < Quiet && allocated - collected > Worthwhile)
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                collected = allocated;
            }

            seen = allocated;
        }
    }
}
