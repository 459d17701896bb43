using Donmai.Core.Providers;
using Donmai.Providers;
using Donmai.Worker.Providers.Http;
using Donmai.Worker.Providers.Processes;

namespace Donmai.Worker.Providers.Gemini;

/// <summary>
/// Google's models (worker.md §4.4): by the <c>gemini</c> command line where it is installed, otherwise by their HTTP interface and a key, which
/// only writes text.
/// </summary>
/// <param name="setup">What is configured, and where the program is looked for.</param>
internal sealed class GeminiProvider(ProviderSetup setup) : IAgentProvider
{
    /// <summary>Name of the provider and of its program.</summary>
    public const string ProviderName = "gemini";

    private const string HowToGet = "install it with 'npm install -g @google/gemini-cli' and log in once";

    private readonly ProgramDescriptions _descriptions = new(setup.Memory, setup.Clock);
    private readonly InstalledProgram _program = new(ProviderName, ProviderName, setup.Binary, HowToGet, setup.Clock);
    private readonly List<HttpClient> _connections = [];

    /// <inheritdoc/>
    public string Name => ProviderName;

    /// <inheritdoc/>
    public ProviderCapabilities Capabilities => IsInstalled(setup.Environment)
        ? new()
        {
            SupportsMessageInjection = true,
            SupportsSessionResume = true,
            EmitsSubagentEvents = false,
            ToolPermissionFormat = "claude",
            CanModifyWorkspace = true,
            HumanLabel = "Gemini",
        }
        : new()
        {
            SupportsMessageInjection = true,
            SupportsSessionResume = false,
            EmitsSubagentEvents = false,
            SupportsReasoningEffort = true,
            ToolPermissionFormat = "claude",
            CanModifyWorkspace = false,
            HumanLabel = "Gemini",
        };

    private string Missing => setup.Binary is not null
        ? _program.Missing
        : $"the program 'gemini' is not on PATH; {HowToGet}, or set {GeminiKey.Variable} to use its models for text alone, or set providers.gemini.binary in daemon.yaml";

    /// <inheritdoc/>
    public ProviderPlace Locate(IReadOnlyDictionary<string, string> environment) =>
        IsInstalled(environment) ? _program.Locate(environment)
        : GeminiKey.In(environment) is not null ? new ProviderPlace("key")
        : new ProviderPlace("", Missing);

    /// <inheritdoc/>
    public Task<ProviderFinding> Probe(IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken) =>
        IsInstalled(environment)
            ? _program.Probe(environment, cancellationToken)
            : Task.FromResult(new ProviderFinding(ProviderHealth.Ready, "", Detail: null));

    /// <inheritdoc/>
    public async Task Prepare(IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        if (IsInstalled(environment))
            await _descriptions.Ask(_program.Require(environment), environment, cancellationToken);
        else if (GeminiKey.In(environment) is null)
            throw _program.Unavailable(Missing);
    }

    /// <inheritdoc/>
    public async Task<IAgentHandle> Spawn(AgentRequest request, CancellationToken cancellationToken) =>
        IsInstalled(request.Environment) ? await Run(request, "", cancellationToken) : await Ask(request, cancellationToken);

    /// <inheritdoc/>
    public async Task<IAgentHandle> Resume(string providerSessionId, AgentRequest request, CancellationToken cancellationToken) =>
        providerSessionId.Length == 0 ? throw new ProviderSessionNotFoundException("there is no gemini session id to continue")
        : IsInstalled(request.Environment) ? await Run(request, providerSessionId, cancellationToken)
        : throw new AgentUnsupportedException("without its program gemini keeps no conversations, so none can be continued");

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _connections.ForEach(static connection => connection.Dispose());
        return ValueTask.CompletedTask;
    }

    // A program that is configured is meant, whether it is there or not.
    private bool IsInstalled(IReadOnlyDictionary<string, string> environment) => setup.Binary is not null || _program.In(environment) is not null;

    private async Task<IAgentHandle> Run(AgentRequest request, string resume, CancellationToken cancellationToken)
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
            UnhonouredFields.Network,
            UnhonouredFields.SystemPromptReplacement);
        return TurnPerProcess.Begin(new GeminiProgram(program, request, description), request.Host, request.Prompt, resume, request.KeepsRaw);
    }

    private async Task<IAgentHandle> Ask(AgentRequest request, CancellationToken cancellationToken)
    {
        var key = GeminiKey.In(request.Environment) ?? throw _program.Unavailable(Missing);
        UnhonouredFields.Warn(request, Name, UnhonouredFields.ContextWindow, UnhonouredFields.CostLimit);
        if (string.IsNullOrWhiteSpace(request.Prompt))
            throw new AgentStartException("gemini needs a prompt");
        var connection = LocalHttp.Connect(new Uri(setup.Endpoint ?? GeminiKey.Address));
        _connections.Add(connection);
        var session = new GeminiConversation(connection, key, request);
        try
        {
            await session.Inject(request.Prompt, cancellationToken);
            return session;
        }
        catch (Exception refused) when (refused is AgentStartException or OperationCanceledException)
        {
            await session.DisposeAsync();
            throw;
        }
    }
}
