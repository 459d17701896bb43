using Donmai.Core.Providers;
using Donmai.Providers;
using Donmai.Worker.Providers.Processes;

namespace Donmai.Worker.Providers.Opencode;

/// <summary>The <c>opencode</c> agent (worker.md §4.5): its command line, or a server of it.</summary>
/// <param name="setup">What is configured.</param>
internal sealed class OpencodeProvider(ProviderSetup setup) : IAgentProvider
{
    /// <summary>Name of the provider and of its program.</summary>
    public const string ProviderName = "opencode";

    private readonly ProgramDescriptions _descriptions = new(setup.Memory, setup.Clock, "run", "--help");
    private readonly InstalledProgram _program = new(
        ProviderName, ProviderName, setup.Binary, "install it with 'npm install -g opencode-ai' and run 'opencode auth login' once", setup.Clock);

    /// <inheritdoc/>
    public string Name => ProviderName;

    /// <inheritdoc/>
    public ProviderCapabilities Capabilities { get; } = new()
    {
        SupportsMessageInjection = true,
        SupportsSessionResume = true,
        SupportsToolPlugins = true,
        EmitsSubagentEvents = false,
        SupportsReasoningEffort = true,
        ToolPermissionFormat = "claude",
        AcceptsMcpServerSpec = true,
        CanModifyWorkspace = true,
        HumanLabel = "OpenCode",
    };

    /// <inheritdoc/>
    public ProviderPlace Locate(IReadOnlyDictionary<string, string> environment) => _program.Locate(environment);

    /// <inheritdoc/>
    public Task<ProviderFinding> Probe(IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken) =>
        _program.Probe(environment, cancellationToken);

    /// <inheritdoc/>
    public Task Prepare(IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken) =>
        _descriptions.Ask(_program.Require(environment), environment, cancellationToken);

    /// <inheritdoc/>
    public Task<IAgentHandle> Spawn(AgentRequest request, CancellationToken cancellationToken) => Start(request, "", cancellationToken);

    /// <inheritdoc/>
    public Task<IAgentHandle> Resume(string providerSessionId, AgentRequest request, CancellationToken cancellationToken) =>
        providerSessionId.Length == 0
            ? throw new ProviderSessionNotFoundException("there is no opencode session to continue")
            : Start(request, providerSessionId, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<IAgentHandle> Start(AgentRequest request, string resume, CancellationToken cancellationToken)
    {
        var program = _program.Require(request.Environment);
        var description = await _descriptions.Ask(program, request.Environment, cancellationToken);
        request.Host.Note($"version {(description.Version.Length > 0 ? description.Version : "unknown")}");
        UnhonouredFields.Warn(
            request,
            Name,
            UnhonouredFields.OutputLimit,
            UnhonouredFields.ContextWindow,
            UnhonouredFields.MaxTurns,
            UnhonouredFields.CostLimit,
            UnhonouredFields.Network);
        return TurnPerProcess.Begin(OpencodeProgram.Prepare(program, request, description), request.Host, request.Prompt, resume);
    }
}
