namespace Donmai.Core.Daemon;

/// <summary>What a generated configuration is made from (daemon-runtime.md §2.3, column "Generated").</summary>
/// <param name="Hostname">The system's host name; may be empty.</param>
/// <param name="Processors">Logical processors.</param>
public sealed record HostFacts(string Hostname, int Processors)
{
    /// <summary>The facts of this machine.</summary>
    public static HostFacts OfThisMachine() => new(Environment.MachineName, Environment.ProcessorCount);
}
