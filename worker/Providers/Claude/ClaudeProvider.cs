using Donmai.Core.Providers;
using Donmai.Providers;
using Donmai.Worker.Providers.Processes;

namespace Donmai.Worker.Providers.Claude;

/// <summary>The <c>claude</c> command line (worker.md §4.2).</summary>
/// <param name="memory">Directory in which what the program understands is remembered.</param>
/// <param name="clock">Source of time.</param>
/// <param name="binary">Program that was configured in place of the one on the agent's <c>PATH</c>, if any (worker.md §4.0 CP-1).</param>
internal sealed class ClaudeProvider(string memory, TimeProvider clock, string? binary = null) : IAgentProvider
{
    /// <summary>Name of the provider and of its program.</summary>
    public const string ProviderName = "claude";

    private readonly ProgramDescriptions _descriptions = new(memory, clock);
    private readonly InstalledProgram _program = new(
        ProviderName, ProviderName, binary, "install it with 'npm install -g @anthropic-ai/claude-code' and log in once", clock);

    /// <inheritdoc/>
    public string Name => ProviderName;

    /// <inheritdoc/>
    public ProviderCapabilities Capabilities { get; } = new()
    {
        SupportsMessageInjection = true,
        SupportsSessionResume = true,
        SupportsToolPlugins = true,
        EmitsSubagentEvents = true,
        SupportsReasoningEffort = true,
        ToolPermissionFormat = "claude",
        AcceptsAllowedToolsList = true,
        AcceptsMcpServerSpec = true,
        CanModifyWorkspace = true,
        HumanLabel = "Claude",
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
            ? throw new ProviderSessionNotFoundException("there is no claude session id to continue")
            : Start(request, providerSessionId, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<IAgentHandle> Start(AgentRequest request, string resume, CancellationToken cancellationToken)
    {
        var program = _program.Require(request.Environment);
        var features = ClaudeFeatures.Of(await _descriptions.Ask(program, request.Environment, cancellationToken));
        UnhonouredFields.Warn(
            request,
            ProviderName,
            UnhonouredFields.Network,
            features.HonoursContext(request) ? "" : UnhonouredFields.ContextWindow,
            features.CostLimit ? "" : UnhonouredFields.CostLimit,
            features.ReplaceSystemPrompt ? "" : UnhonouredFields.SystemPromptReplacement);
        request.Host.Note($"version {(features.Version.Length > 0 ? features.Version : "unknown")}");
        return TurnPerProcess.Begin(
            new ClaudeProgram(program, request, features, ClaudeFiles.Make(request, features)), request.Host, request.Prompt, resume, request.KeepsRaw);
    }
}
