using Donmai.Core.Providers;
using Donmai.Providers;
using Donmai.Worker.Sessions;

namespace Donmai.Worker.Providers;

/// <summary>A bundled adapter as the daemon sees it.</summary>
/// <param name="bundled">The adapter.</param>
/// <param name="memory">Directory in which adapters keep what they have learnt.</param>
/// <param name="clock">Source of time.</param>
internal sealed class BundledRuntime(BundledProvider bundled, string memory, TimeProvider clock) : IAgentRuntime
{
    /// <inheritdoc/>
    public string Name => bundled.Name;

    /// <inheritdoc/>
    public ProviderCapabilities Capabilities { get; } = bundled.Construct(new ProviderSetup(memory, clock, ProviderSettings.None)).Capabilities;

    /// <inheritdoc/>
    public bool IsOnlyOnRequest => bundled.IsOnlyOnRequest;

    /// <inheritdoc/>
    public ProviderPlace Locate(ProbeSurroundings surroundings) => Adapter(surroundings).Locate(surroundings.Host.Variables);

    /// <inheritdoc/>
    public async Task<ProviderFinding> Probe(ProbeSurroundings surroundings, CancellationToken cancellationToken)
    {
        await using var adapter = Adapter(surroundings);
        return await adapter.Probe(AgentEnvironment.ForQuestions(surroundings.Host.Variables, Name), cancellationToken);
    }

    private IAgentProvider Adapter(ProbeSurroundings surroundings) =>
        bundled.Construct(new ProviderSetup(memory, clock, surroundings.Settings));
}
