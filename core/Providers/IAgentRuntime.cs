using Donmai.Providers;

namespace Donmai.Core.Providers;

/// <summary>A program that runs agents, as the worker's adapter for it describes it (control-api.md §6.1, worker.md §3.4).</summary>
public interface IAgentRuntime : IProbedProvider
{
    /// <summary>What it can do, and its display name.</summary>
    ProviderCapabilities Capabilities { get; }

    /// <summary>Whether a session gets it only by naming it, unless <c>providers.allowStub</c> is set.</summary>
    bool IsOnlyOnRequest { get; }
}
