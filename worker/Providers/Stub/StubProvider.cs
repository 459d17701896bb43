using Donmai.Core.Providers;
using Donmai.Providers;

namespace Donmai.Worker.Providers.Stub;

/// <summary>An agent that plays a script: for trying the product out and for tests (worker.md §4.1).</summary>
/// <param name="clock">Source of time.</param>
internal sealed class StubProvider(TimeProvider clock) : IAgentProvider
{
    /// <summary>Name of the provider.</summary>
    public const string ProviderName = "stub";

    private const int IdLength = 16;

    /// <inheritdoc/>
    public string Name => ProviderName;

    /// <inheritdoc/>
    public ProviderCapabilities Capabilities { get; } = new()
    {
        SupportsMessageInjection = true,
        SupportsSessionResume = true,
        SupportsToolPlugins = true,
        NeedsBaseInstructions = true,
        NeedsPermissionConfig = true,
        SupportsCodeIntelligenceEnforcement = true,
        EmitsSubagentEvents = true,
        SupportsReasoningEffort = true,
        ToolPermissionFormat = "claude",
        AcceptsAllowedToolsList = true,
        AcceptsMcpServerSpec = true,
        CanModifyWorkspace = true,
        HumanLabel = "Test Stub",
    };

    /// <inheritdoc/>
    public ProviderPlace Locate(IReadOnlyDictionary<string, string> environment) => new(ProviderName);

    /// <inheritdoc/>
    public Task<ProviderFinding> Probe(IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken) =>
        Task.FromResult(new ProviderFinding(ProviderHealth.Ready, Version: null));

    /// <inheritdoc/>
    public Task Prepare(IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<IAgentHandle> Spawn(AgentRequest request, CancellationToken cancellationToken) => cancellationToken.IsCancellationRequested
        ? throw new AgentStartException("the stub was cancelled before it started")
        : Task.FromResult<IAgentHandle>(
            new StubHandle($"stub-session-{Guid.NewGuid().ToString("N")[..IdLength]}", StubBehaviors.Choose(request), request, resumed: false, clock));

    /// <inheritdoc/>
    public Task<IAgentHandle> Resume(string providerSessionId, AgentRequest request, CancellationToken cancellationToken) =>
        providerSessionId.Length == 0
            ? throw new ProviderSessionNotFoundException("there is no stub session id to continue")
            : Task.FromResult<IAgentHandle>(
                new StubHandle(providerSessionId, StubBehaviors.Choose(request), request, resumed: true, clock));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
