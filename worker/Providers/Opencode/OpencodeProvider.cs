using Donmai.Core.Providers;
using Donmai.Providers;
using Donmai.Worker.Providers.Processes;

namespace Donmai.Worker.Providers.Opencode;

/// <summary>
/// The <c>opencode</c> agent (worker.md §4.5): a server that somebody else runs when one is configured, else its program; that one is run once for
/// every turn, or as a server of the session's own where the profile says so (<c>"opencode.mode": "server"</c>).
/// </summary>
/// <param name="setup">What is configured.</param>
internal sealed class OpencodeProvider(ProviderSetup setup) : IAgentProvider
{
    /// <summary>Name of the provider and of its program.</summary>
    public const string ProviderName = "opencode";

    private const string EndpointVariable = "OPENCODE_ENDPOINT";
    private const string NoAddress = $"{EndpointVariable} or providers.opencode.endpoint must be an absolute http or https URL without a password";
    private const string ModeKey = "opencode.mode";
    private const string ServerMode = "server";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ProbePatience = TimeSpan.FromSeconds(1.5);

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
    public ProviderPlace Locate(IReadOnlyDictionary<string, string> environment)
    {
        if (Endpoint(environment) is not { Length: > 0 } endpoint)
            return _program.Locate(environment);
        return Address(endpoint) is { } address
            ? new ProviderPlace(address.AbsoluteUri) { Where = address.AbsoluteUri }
            : new ProviderPlace("", NoAddress);
    }

    /// <inheritdoc/>
    public async Task<ProviderFinding> Probe(IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        if (Endpoint(environment) is not { Length: > 0 } endpoint)
            return await _program.Probe(environment, cancellationToken);
        await using var server = OpencodeServer.At(Address(endpoint) ?? throw _program.Unavailable(NoAddress), environment);
        return await Version(server, ProbePatience, cancellationToken) is { } version
            ? new ProviderFinding(ProviderHealth.Ready, version)
            : new ProviderFinding(ProviderHealth.Unhealthy, Detail: Away(server));
    }

    /// <inheritdoc/>
    public async Task Prepare(IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        if (Endpoint(environment) is not { Length: > 0 } endpoint)
        {
            await _descriptions.Ask(_program.Require(environment), environment, cancellationToken);
            return;
        }

        await using var server = OpencodeServer.At(Address(endpoint) ?? throw _program.Unavailable(NoAddress), environment);
        if (await Version(server, Patience, cancellationToken) is null)
            throw _program.Unavailable(Away(server));
    }

    /// <inheritdoc/>
    public Task<IAgentHandle> Spawn(AgentRequest request, CancellationToken cancellationToken) => Start(request, "", cancellationToken);

    /// <inheritdoc/>
    public Task<IAgentHandle> Resume(string providerSessionId, AgentRequest request, CancellationToken cancellationToken) =>
        providerSessionId.Length == 0
            ? throw new ProviderSessionNotFoundException("there is no opencode session to continue")
            : Start(request, providerSessionId, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static Uri? Address(string endpoint) =>
        Uri.TryCreate(endpoint.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address is { Scheme: "http" or "https", UserInfo: "" } ? address : null;

    private static string Away(OpencodeServer server) =>
        $"the server at {server.Connection.BaseAddress} does not answer; start it with 'opencode serve', or take away {EndpointVariable} and providers.opencode.endpoint";

    private string? Endpoint(IReadOnlyDictionary<string, string> environment) =>
        environment.GetValueOrDefault(EndpointVariable)?.Trim() is { Length: > 0 } named ? named : setup.Endpoint?.Trim();

    private async Task<string?> Version(OpencodeServer server, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var over = new CancellationTokenSource(patience, setup.Clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, over.Token);
        try
        {
            return await new OpencodeApi(server.Connection, Path.GetTempPath(), setup.Clock).Health(ending.Token);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<IAgentHandle> Start(AgentRequest request, string resume, CancellationToken cancellationToken)
    {
        UnhonouredFields.Warn(
            request,
            Name,
            UnhonouredFields.OutputLimit,
            UnhonouredFields.ContextWindow,
            UnhonouredFields.MaxTurns,
            UnhonouredFields.CostLimit,
            UnhonouredFields.Network);
        if (Endpoint(request.Environment) is { Length: > 0 } endpoint)
            return await OpencodeSession.Begin(Foreign(endpoint, request), request, resume, cancellationToken);
        var program = _program.Require(request.Environment);
        if (request.Configuration.Text(ModeKey) == ServerMode)
            return await OpencodeSession.Begin(await Own(program, request, cancellationToken), request, resume, cancellationToken);
        var description = await _descriptions.Ask(program, request.Environment, cancellationToken);
        request.Host.Note($"version {(description.Version.Length > 0 ? description.Version : "unknown")}");
        return TurnPerProcess.Begin(OpencodeProgram.Prepare(program, request, description), request.Host, request.Prompt, resume, request.KeepsRaw);
    }

    private static Task<OpencodeServer> Own(string program, AgentRequest request, CancellationToken cancellationToken)
    {
        var approval = request.Policy == ExecutionPolicy.Full ? OpencodeApproval.None : OpencodeApproval.Asked;
        return OpencodeServer.Start(program, request, OpencodeConfiguration.Compose(request, instructions: "", approval), cancellationToken);
    }

    // It has its own configuration, so nothing can be forbidden to it and no tool server be given.
    private OpencodeServer Foreign(string endpoint, AgentRequest request)
    {
        if (request.Policy != ExecutionPolicy.Full || request.ReadsOnly)
            throw new AgentStartException($"the opencode server at {endpoint} is somebody else's and cannot be held to what the session allows; use the program instead");
        if (request.McpServers.Count > 0)
            request.Host.Warn($"the opencode server at {endpoint} is somebody else's and takes no MCP servers; {request.McpServers.Count} were left out");
        if (ToolPattern.Common(request.DisallowedTools).Any())
            request.Host.Warn($"the opencode server at {endpoint} is somebody else's; the tools that were to be refused are not");
        UnhonouredFields.Warn(request, Name, UnhonouredFields.SystemPromptReplacement);
        return OpencodeServer.At(Address(endpoint) ?? throw _program.Unavailable(NoAddress), request.Environment);
    }
}
