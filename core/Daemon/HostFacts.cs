namespace Donmai.Core.Daemon;

/// <summary>What is known of the machine (daemon-runtime.md §2.3, column "Generated"; §3).</summary>
/// <param name="Hostname">The system's host name, as it is sent as <c>hostname</c>; may be empty.</param>
/// <param name="Processors">Logical processors.</param>
/// <param name="MemoryMb">MiB of memory that may be used; 0 when it is unknown.</param>
public sealed record HostFacts(string Hostname, int Processors, long MemoryMb = 0)
{
    /// <summary>The facts of this machine.</summary>
    public static HostFacts OfThisMachine() =>
        new(Environment.MachineName, Environment.ProcessorCount, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1024 / 1024);
}
