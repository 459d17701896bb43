using Donmai.Core.Providers;
using Donmai.Providers;

namespace Donmai.Worker.Providers;

/// <summary>One agent family (worker.md §3.4). Its adapter starts agents, speaks their protocol, and knows nothing of work orders.</summary>
internal interface IAgentProvider : IAsyncDisposable
{
    /// <summary>Name in lower case, as routing and work orders spell it.</summary>
    string Name { get; }

    /// <summary>What it can do; constant.</summary>
    ProviderCapabilities Capabilities { get; }

    /// <summary>Looks for it without starting anything.</summary>
    /// <param name="environment">Environment of an agent.</param>
    ProviderPlace Locate(IReadOnlyDictionary<string, string> environment);

    /// <summary>Asks it whether it works and which version it is, in bounded time. It is there (<see cref="Locate"/>).</summary>
    /// <param name="environment">Environment of an agent.</param>
    /// <param name="cancellationToken">Ends the probe.</param>
    Task<ProviderFinding> Probe(IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken);

    /// <summary>Makes sure that an agent could be started with this environment.</summary>
    /// <param name="environment">The agent's composed environment.</param>
    /// <param name="cancellationToken">Ends the probe.</param>
    /// <exception cref="ProviderUnavailableException">Its program or key is missing; the text says how to get it.</exception>
    Task Prepare(IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken);

    /// <summary>Starts an agent on the request's prompt, as a new provider session.</summary>
    /// <exception cref="AgentStartException">It could not be started; nothing runs.</exception>
    Task<IAgentHandle> Spawn(AgentRequest request, CancellationToken cancellationToken);

    /// <summary>Starts an agent on the request's prompt, continuing a provider session.</summary>
    /// <param name="providerSessionId">The provider's own session id.</param>
    /// <param name="request">What to start.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="ProviderSessionNotFoundException">The id is empty or unknown.</exception>
    /// <exception cref="AgentStartException">It could not be started; nothing runs.</exception>
    Task<IAgentHandle> Resume(string providerSessionId, AgentRequest request, CancellationToken cancellationToken);
}
