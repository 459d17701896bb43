using Donmai.Core.Daemon;
using Donmai.Core.Providers;
using Donmai.Providers;
using Donmai.Worker.Sessions;

namespace Donmai.Worker.Providers;

/// <summary>An adapter as the daemon sees it.</summary>
/// <param name="provider">The adapter.</param>
/// <param name="memory">Directory in which adapters keep what they have learnt.</param>
/// <param name="clock">Source of time.</param>
/// <param name="host">Where its program is looked for.</param>
/// <param name="configuration">What is configured of it.</param>
internal sealed class BundledRuntime(BundledProvider provider, string memory, TimeProvider clock, HostEnvironment host, IDaemonConfiguration configuration)
    : IAgentRuntime
{
    /// <inheritdoc/>
    public string Name => provider.Name;

    /// <inheritdoc/>
    public ProviderCapabilities Capabilities => Adapter(new ProbeSurroundings(host, configuration.Current.ProviderOf(Name))).Capabilities;

    /// <inheritdoc/>
    public bool IsOnlyOnRequest => provider.IsOnlyOnRequest;

    /// <inheritdoc/>
    public string Source => provider.IsDescribed ? "local" : "bundled";

    /// <inheritdoc/>
    public ProviderPlace Locate(ProbeSurroundings surroundings) => Adapter(surroundings).Locate(surroundings.Host.Variables);

    /// <inheritdoc/>
    public async Task<ProviderFinding> Probe(ProbeSurroundings surroundings, CancellationToken cancellationToken)
    {
        await using var adapter = Adapter(surroundings);
        return await adapter.Probe(AgentEnvironment.ForQuestions(surroundings.Host.Variables, Name, surroundings.Settings), cancellationToken);
    }

    private IAgentProvider Adapter(ProbeSurroundings surroundings) =>
        provider.Construct(new ProviderSetup(memory, clock, surroundings.Settings) { Environment = surroundings.Host.Variables });
}
