namespace Donmai.Core.Providers;

/// <summary>The agent runtimes that the worker can drive: the one list of them.</summary>
public interface IAgentRuntimes
{
    /// <summary>By name in ordinal order; empty for a worker that brings its own.</summary>
    IReadOnlyList<IAgentRuntime> All { get; }
}
