using Donmai.Core.Providers;
using Donmai.Core.Sessions.Children;
using Donmai.Providers;
using Donmai.Worker.Providers.Processes;

namespace Donmai.Worker.Providers.Generic;

/// <summary>An agent program that <c>daemon.yaml</c> describes (docs/providers.md): it prints lines or JSON lines, and ends with its turn.</summary>
/// <param name="id">Id of the provider.</param>
/// <param name="agent">Its description.</param>
/// <param name="clock">Source of time.</param>
internal sealed class GenericProvider(string id, GenericAgent agent, TimeProvider clock) : IAgentProvider
{
    private static readonly TimeSpan QuestionLimit = TimeSpan.FromSeconds(1.75);

    /// <inheritdoc/>
    public string Name => id;

    /// <inheritdoc/>
    public ProviderCapabilities Capabilities { get; } = new()
    {
        SupportsMessageInjection = agent.ResumeArguments.Count > 0,
        SupportsSessionResume = agent.ResumeArguments.Exists(GenericProgram.NamesSession),
        EmitsSubagentEvents = false,
        SupportsReasoningEffort = agent.EffortArguments.Count > 0,
        CanModifyWorkspace = agent.CanModifyWorkspace,
        HumanLabel = agent.Label.Length > 0 ? agent.Label : id,
    };

    private string Missing => agent.Command.Contains('/', StringComparison.Ordinal)
        ? $"'{agent.Command}' (providers.{id}.command of daemon.yaml) is not an executable file"
        : $"the program '{agent.Command}' (providers.{id}.command of daemon.yaml) is not on PATH; install it, or name it there with its whole path";

    /// <inheritdoc/>
    public ProviderPlace Locate(IReadOnlyDictionary<string, string> environment) =>
        In(environment) is { } program
            ? new ProviderPlace($"{ProgramStamp.Of(program)} {string.Join(' ', agent.VersionArguments)}") { Where = program }
            : new ProviderPlace("", Missing);

    /// <inheritdoc/>
    public async Task<ProviderFinding> Probe(IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var program = Require(environment);
        return agent.VersionArguments.Count == 0
            ? new ProviderFinding(ProviderHealth.Ready)
            : ProgramVersion.From(program, await new ProgramQuestion(clock, QuestionLimit).Ask(program, agent.VersionArguments, environment, cancellationToken));
    }

    /// <inheritdoc/>
    public Task Prepare(IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        Require(environment);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IAgentHandle> Spawn(AgentRequest request, CancellationToken cancellationToken) => Task.FromResult<IAgentHandle>(Start(request, ""));

    /// <inheritdoc/>
    public Task<IAgentHandle> Resume(string providerSessionId, AgentRequest request, CancellationToken cancellationToken) =>
        Capabilities.SupportsSessionResume != true ? throw new AgentUnsupportedException($"{id} cannot continue a session; providers.{id}.resumeArguments would have to hold {{sessionId}}")
        : providerSessionId.Length == 0 ? throw new ProviderSessionNotFoundException($"there is no session id of {id} to continue")
        : Task.FromResult<IAgentHandle>(Start(request, providerSessionId));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private string? In(IReadOnlyDictionary<string, string> environment) => ProgramSearch.Find(agent.Command, environment.GetValueOrDefault("PATH"));

    private string Require(IReadOnlyDictionary<string, string> environment) =>
        In(environment) ?? throw new ProviderUnavailableException($"provider '{id}' is not available: {Missing}");

    private TurnPerProcess Start(AgentRequest request, string resume)
    {
        var program = Require(request.Environment);
        if (request.Policy != ExecutionPolicy.Full)
            throw new AgentStartException($"{id} cannot be held to what the session allows; choose another provider, or the policy 'full'");
        UnhonouredFields.Warn(
            request,
            id,
            UnhonouredFields.OutputLimit,
            UnhonouredFields.ContextWindow,
            UnhonouredFields.MaxTurns,
            UnhonouredFields.CostLimit,
            UnhonouredFields.Network,
            UnhonouredFields.SystemPromptReplacement,
            agent.ModelArguments.Count > 0 ? "" : UnhonouredFields.Model);
        return TurnPerProcess.Begin(GenericProgram.Prepare(id, program, agent, request, resume), request.Host, request.Prompt, resume, request.KeepsRaw);
    }
}
