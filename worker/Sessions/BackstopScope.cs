namespace Donmai.Worker.Sessions;

/// <summary>How much of the agent's work is delivered in its place (worker.md §2.4, §8.3).</summary>
internal enum BackstopScope
{
    /// <summary>Nothing: no agent has worked.</summary>
    None,

    /// <summary>What could be lost is put aside on this machine; the remote is not touched.</summary>
    Rescue,

    /// <summary>What the contract of the work demands is committed, pushed and opened.</summary>
    Full,
}
