namespace Donmai.Core.Daemon;

/// <summary>What this machine can do, as it was found last (daemon-runtime.md §5).</summary>
public interface IMachineCapabilities
{
    /// <summary>The kinds, in the order of the specification. The first call looks, in a few seconds at most.</summary>
    Task<IReadOnlyList<string>> Kinds();
}
