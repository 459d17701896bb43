using Donmai.Providers;

namespace Donmai.Core.Providers;

/// <summary>A program that runs agents, as the worker's adapter for it describes it (control-api.md §6.1, worker.md §3.4).</summary>
public interface IAgentRuntime : IProbedProvider
{
    /// <summary>What it can do, and its display name.</summary>
    ProviderCapabilities Capabilities { get; }

    /// <summary>Where it comes from, as the control API spells it: <c>bundled</c>, or <c>local</c> for one that <c>daemon.yaml</c> describes.</summary>
    string Source => "bundled";

    /// <summary>Whether a session gets it only by naming it, unless <c>providers.allowStub</c> is set.</summary>
    bool IsOnlyOnRequest { get; }
}
