namespace Donmai.Silo.Tests.Daemon.LongLife;

/// <summary>What this process holds when it has nothing to do.</summary>
/// <param name="HeapBytes">Objects that are still reached.</param>
/// <param name="Descriptors">Open descriptors.</param>
internal sealed record Footprint(long HeapBytes, int Descriptors)
{
    private const int Looks = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    /// <summary>Waits until nothing is being closed or finished any more, and measures.</summary>
    /// <param name="apart">Descriptors of files in this directory are not counted.</param>
    public static async Task<Footprint> AtRest(string apart)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        var descriptors = 0;
        for (var unchanged = 0; unchanged < Looks; await Task.Delay(Pause, deadline.Token))
        {
            Collect();
            var now = Count(apart);
            unchanged = now == descriptors ? unchanged + 1 : 0;
            descriptors = now;
        }

        return new Footprint(GC.GetTotalMemory(forceFullCollection: true), descriptors);
    }

    private static int Count(string apart) => new DirectoryInfo("/proc/self/fd").EnumerateFileSystemInfos()
        .Count(descriptor => descriptor.LinkTarget?.StartsWith(apart, StringComparison.Ordinal) is not true);

    private static void Collect()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
    }
}
