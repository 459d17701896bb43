using Donmai.Core.Providers;
using Donmai.Providers;
using Donmai.Worker.Providers.Processes;

namespace Donmai.Worker.Providers.Amp;

/// <summary>The <c>amp</c> command line (worker.md §4.6): its program and a key or a stored login.</summary>
/// <param name="setup">What is configured.</param>
internal sealed class AmpProvider(ProviderSetup setup) : IAgentProvider
{
    /// <summary>Name of the provider and of its program.</summary>
    public const string ProviderName = "amp";

    private const string KeyVariable = "AMP_API_KEY";
    private const string NoLogin = $"amp is installed but not logged in; run 'amp login' once, or set {KeyVariable}";

    private readonly ProgramDescriptions _descriptions = new(setup.Memory, setup.Clock);
    private readonly InstalledProgram _program = new(
        ProviderName, ProviderName, setup.Binary, $"install it with 'curl -fsSL https://ampcode.com/install.sh | bash' and run 'amp login' once or set {KeyVariable}", setup.Clock);

    /// <inheritdoc/>
    public string Name => ProviderName;

    /// <inheritdoc/>
    public ProviderCapabilities Capabilities { get; } = new()
    {
        SupportsMessageInjection = true,
        SupportsSessionResume = true,
        SupportsToolPlugins = true,
        EmitsSubagentEvents = false,
        ToolPermissionFormat = "claude",
        AcceptsMcpServerSpec = true,
        CanModifyWorkspace = true,
        HumanLabel = "Amp",
    };

    /// <inheritdoc/>
    public ProviderPlace Locate(IReadOnlyDictionary<string, string> environment)
    {
        var place = _program.Locate(environment);
        return place.Missing is null && !IsLoggedIn(environment) ? new ProviderPlace("", NoLogin) : place;
    }

    /// <inheritdoc/>
    public Task<ProviderFinding> Probe(IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken) =>
        _program.Probe(environment, cancellationToken);

    /// <inheritdoc/>
    public Task Prepare(IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken) =>
        _descriptions.Ask(Require(environment), environment, cancellationToken);

    /// <inheritdoc/>
    public Task<IAgentHandle> Spawn(AgentRequest request, CancellationToken cancellationToken) => Start(request, "", cancellationToken);

    /// <inheritdoc/>
    public Task<IAgentHandle> Resume(string providerSessionId, AgentRequest request, CancellationToken cancellationToken) =>
        providerSessionId.Length == 0
            ? throw new ProviderSessionNotFoundException("there is no amp thread to continue")
            : Start(request, providerSessionId, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private string Require(IReadOnlyDictionary<string, string> environment)
    {
        var program = _program.Require(environment);
        return IsLoggedIn(environment) ? program : throw _program.Unavailable(NoLogin);
    }

    // Where 'amp login' leaves its key.
    private static bool IsLoggedIn(IReadOnlyDictionary<string, string> environment)
    {
        if (!string.IsNullOrWhiteSpace(environment.GetValueOrDefault(KeyVariable)))
            return true;
        var home = environment.GetValueOrDefault("HOME");
        return (environment.GetValueOrDefault("XDG_DATA_HOME") ?? (home is null ? null : Path.Combine(home, ".local", "share"))) is { Length: > 0 } data
            && File.Exists(Path.Combine(data, "amp", "secrets.json"));
    }

    private async Task<IAgentHandle> Start(AgentRequest request, string resume, CancellationToken cancellationToken)
    {
        var program = Require(request.Environment);
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
        return TurnPerProcess.Begin(AmpProgram.Prepare(program, request, description), request.Host, request.Prompt, resume, request.KeepsRaw);
    }
}
