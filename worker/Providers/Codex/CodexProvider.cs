using Donmai.Core.Providers;
using Donmai.Core.Sessions.Children;
using Donmai.Providers;
using Donmai.Worker.Providers.Processes;

namespace Donmai.Worker.Providers.Codex;

/// <summary>The <c>codex</c> command line as a server of one session (worker.md §4.3).</summary>
/// <param name="setup">Where it keeps conversations, and what is configured.</param>
internal sealed class CodexProvider(ProviderSetup setup) : IAgentProvider
{
    /// <summary>Name of the provider and of its program.</summary>
    public const string ProviderName = "codex";

    private const string BinaryVariable = "CODEX_BIN";
    private static readonly string[] ServerArguments = ["app-server"];

    /// <inheritdoc/>
    public string Name => ProviderName;

    /// <inheritdoc/>
    public ProviderCapabilities Capabilities { get; } = new()
    {
        SupportsMessageInjection = true,
        SupportsSessionResume = true,
        SupportsMidTurnInput = true,
        SupportsToolPlugins = true,
        NeedsBaseInstructions = true,
        NeedsPermissionConfig = true,
        EmitsSubagentEvents = false,
        SupportsReasoningEffort = true,
        ToolPermissionFormat = "codex",
        AcceptsMcpServerSpec = true,
        CanModifyWorkspace = true,
        HumanLabel = "Codex",
    };

    /// <inheritdoc/>
    public ProviderPlace Locate(IReadOnlyDictionary<string, string> environment) => Program(environment).Locate(environment);

    /// <inheritdoc/>
    public Task<ProviderFinding> Probe(IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken) =>
        Program(environment).Probe(environment, cancellationToken);

    /// <inheritdoc/>
    public Task Prepare(IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        Program(environment).Require(environment);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IAgentHandle> Spawn(AgentRequest request, CancellationToken cancellationToken) => Start(request, "", cancellationToken);

    /// <inheritdoc/>
    public Task<IAgentHandle> Resume(string providerSessionId, AgentRequest request, CancellationToken cancellationToken) =>
        providerSessionId.Length == 0
            ? throw new ProviderSessionNotFoundException("there is no codex thread to continue")
            : Start(request, providerSessionId, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private InstalledProgram Program(IReadOnlyDictionary<string, string> environment) => new(
        ProviderName,
        environment.GetValueOrDefault(BinaryVariable)?.Trim() is { Length: > 0 } named ? named : ProviderName,
        setup.Binary,
        "install it with 'npm install -g @openai/codex' and log in once with 'codex login'",
        setup.Clock);

    private async Task<IAgentHandle> Start(AgentRequest request, string resume, CancellationToken cancellationToken)
    {
        var program = Program(request.Environment).Require(request.Environment);
        McpConfigurationFile.Check(request.McpServers);
        foreach (var server in request.McpServers.Except(CodexRequests.Reachable(request.McpServers)))
            request.Host.Warn($"codex reaches no MCP server of type {server.Type}; '{server.Name}' was left out");
        UnhonouredFields.Warn(request, ProviderName, UnhonouredFields.OutputLimit, UnhonouredFields.MaxTurns, UnhonouredFields.CostLimit);
        var process = new ChildProcessStart
        {
            Program = program,
            Arguments = ServerArguments,
            Environment = setup.Settings.IsolateHome ?? true ? CodexHome.Isolate(request, setup.Memory) : request.Environment,
            WorkingDirectory = request.WorkingDirectory,
        };
        var model = CodexModels.Choose(request);
        var handle = new CodexHandle(request, new CodexRequests(request, model), new CodexUsage(model, CodexModels.Prices(setup.Settings)), process);
        try
        {
            await handle.Begin(resume, cancellationToken);
            return handle;
        }
        catch
        {
            await handle.DisposeAsync();
            throw;
        }
    }
}
