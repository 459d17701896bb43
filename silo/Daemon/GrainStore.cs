namespace Donmai.Silo.Daemon;

/// <summary>Where grains keep their state.</summary>
public enum GrainStore
{
    /// <summary>In a journal in the state directory: what was acknowledged survives (architecture.md §5).</summary>
    Journal,

    /// <summary>In memory, for tests: nothing survives.</summary>
    Memory,
}
