using Donmai.Core.Providers;
using Donmai.Providers;
using Donmai.Worker.Providers.Http;

namespace Donmai.Worker.Providers.Ollama;

/// <summary>Models that an <c>ollama</c> server runs (worker.md §4.7). They only write text: they can change no file.</summary>
/// <param name="setup">What is configured.</param>
internal sealed class OllamaProvider(ProviderSetup setup) : IAgentProvider
{
    /// <summary>Name of the provider.</summary>
    public const string ProviderName = "ollama";

    /// <summary>Beginning of every refusal.</summary>
    public const string NotAvailable = "provider 'ollama' is not available: ";

    private const string HowToGet =
        "install it from https://ollama.com/download and start it with 'ollama serve', or name its server by OLLAMA_HOST or providers.ollama.endpoint in daemon.yaml";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ProbePatience = TimeSpan.FromSeconds(1.5);

    private readonly List<HttpClient> _connections = [];

    /// <inheritdoc/>
    public string Name => ProviderName;

    /// <inheritdoc/>
    public ProviderCapabilities Capabilities { get; } = new()
    {
        SupportsMessageInjection = true,
        SupportsSessionResume = false,
        EmitsSubagentEvents = false,
        SupportsReasoningEffort = true,
        ToolPermissionFormat = "claude",
        CanModifyWorkspace = false,
        HumanLabel = "Ollama",
    };

    /// <inheritdoc/>
    public ProviderPlace Locate(IReadOnlyDictionary<string, string> environment)
    {
        try
        {
            var address = OllamaAddress.Of(environment, setup.Endpoint).AbsoluteUri;
            return new ProviderPlace(address) { Where = address };
        }
        catch (ProviderUnavailableException unusable)
        {
            return new ProviderPlace("", Reason(unusable));
        }
    }

    /// <inheritdoc/>
    public async Task<ProviderFinding> Probe(IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        try
        {
            var server = Connect(environment);
            await Get(server, "api/tags", ProbePatience, cancellationToken);
            return new ProviderFinding(ProviderHealth.Ready, Version(await Get(server, "api/version", ProbePatience, cancellationToken)));
        }
        catch (ProviderUnavailableException unusable)
        {
            return new ProviderFinding(ProviderHealth.Inactive, Detail: Reason(unusable));
        }
    }

    /// <inheritdoc/>
    public Task Prepare(IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken) =>
        Get(Connect(environment), "api/tags", Patience, cancellationToken);

    /// <inheritdoc/>
    public async Task<IAgentHandle> Spawn(AgentRequest request, CancellationToken cancellationToken)
    {
        if (request.Model.Length == 0)
            throw new AgentStartException("ollama needs a model, and has no default; name one in the profile of the session");
        if (request.Prompt.Length == 0)
            throw new AgentStartException("ollama needs a prompt");
        UnhonouredFields.Warn(request, Name, UnhonouredFields.MaxTurns, UnhonouredFields.CostLimit);
        var session = new OllamaSession(Connect(request.Environment), request);
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

    /// <inheritdoc/>
    public Task<IAgentHandle> Resume(string providerSessionId, AgentRequest request, CancellationToken cancellationToken) =>
        throw new AgentUnsupportedException("ollama keeps no conversations, so none can be continued");

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _connections.ForEach(static connection => connection.Dispose());
        return ValueTask.CompletedTask;
    }

    private HttpClient Connect(IReadOnlyDictionary<string, string> environment)
    {
        var connection = LocalHttp.Connect(OllamaAddress.Of(environment, setup.Endpoint));
        _connections.Add(connection);
        return connection;
    }

    private async Task<string> Get(HttpClient server, string path, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var over = new CancellationTokenSource(patience, setup.Clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, over.Token);
        try
        {
            using var answer = await server.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, ending.Token);
            return answer.IsSuccessStatusCode
                ? await LocalHttp.Excerpt(answer, ending.Token)
                : throw Unavailable(server, $"answered {(int)answer.StatusCode}");
        }
        catch (HttpRequestException unreachable)
        {
            throw Unavailable(server, $"cannot be reached ({unreachable.Message})");
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            throw Unavailable(server, $"did not answer within {patience.TotalSeconds} s");
        }
    }

    private static ProviderUnavailableException Unavailable(HttpClient server, string trouble) =>
        new($"{NotAvailable}the server at {server.BaseAddress} {trouble}; {HowToGet}");

    // A list names the provider already.
    private static string Reason(ProviderUnavailableException unusable) => unusable.Message[NotAvailable.Length..];

    private static string Version(string answer)
    {
        using var document = ForeignJson.Parse(answer);
        return document is null ? "" : ForeignJson.Text(document.RootElement, "version") ?? "";
    }
}
