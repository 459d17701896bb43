using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Donmai.Worker.Providers.Http;

namespace Donmai.Worker.Providers.Opencode;

/// <summary>The calls of an <c>opencode</c> server (worker.md §4.5, HTTP mode). Each is bounded, except the stream of events.</summary>
/// <param name="server">The connection; not disposed here.</param>
/// <param name="directory">The work tree.</param>
/// <param name="clock">Source of time.</param>
internal sealed class OpencodeApi(HttpClient server, string directory, TimeProvider clock)
{
    /// <summary>Variable with the user of a server.</summary>
    public const string UserVariable = "OPENCODE_SERVER_USERNAME";

    /// <summary>The user when none is named.</summary>
    public const string UsualUser = "opencode";

    private const int LongestAnswer = 64 * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The credentials that a server was given, as a header; <see langword="null"/> for none.</summary>
    public static AuthenticationHeaderValue? Credentials(IReadOnlyDictionary<string, string> environment)
    {
        if (environment.GetValueOrDefault(OpencodeServer.PasswordVariable) is { Length: > 0 } password)
            return Basic(environment.GetValueOrDefault(UserVariable) is { Length: > 0 } user ? user : UsualUser, password);
        return environment.GetValueOrDefault("OPENCODE_API_KEY") is { Length: > 0 } key ? new AuthenticationHeaderValue("Bearer", key) : null;
    }

    /// <summary>The header of a user and a password.</summary>
    public static AuthenticationHeaderValue Basic(string user, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    /// <summary>Whether the server answers, and with which version; <see langword="null"/> while it does not.</summary>
    public async Task<string?> Health(CancellationToken cancellationToken)
    {
        try
        {
            var (status, answer) = await Send(HttpMethod.Get, "global/health", body: null, cancellationToken);
            // Older servers have no such route, and answer nevertheless.
            return status == HttpStatusCode.NotFound ? "" : (int)status < 300 ? ForeignJson.Text(answer, "version") ?? "" : null;
        }
        catch (AgentStartException)
        {
            return null;
        }
    }

    /// <summary>Makes a session.</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="AgentStartException">The server refused.</exception>
    public async Task<string> CreateSession(string title, CancellationToken cancellationToken)
    {
        var answer = await Must(HttpMethod.Post, "session", new JsonObject { ["title"] = title }, cancellationToken);
        return ForeignJson.Text(answer, "id") is { Length: > 0 } id ? id : throw new AgentStartException("the opencode server made a session without an id");
    }

    /// <summary>Everything that was said in a session.</summary>
    /// <exception cref="ProviderSessionNotFoundException">The server does not know it.</exception>
    /// <exception cref="AgentStartException">The server refused.</exception>
    public async Task<JsonElement> Messages(string session, CancellationToken cancellationToken)
    {
        var (status, answer) = await Send(HttpMethod.Get, $"session/{Uri.EscapeDataString(session)}/message", body: null, cancellationToken);
        return status == HttpStatusCode.NotFound
            ? throw new ProviderSessionNotFoundException($"the opencode server does not know the session '{session}'")
            : (int)status < 300 ? answer : throw Refused("messages", status, answer);
    }

    /// <summary>Starts a turn; what comes of it are events.</summary>
    /// <exception cref="AgentStartException">The server refused.</exception>
    public Task Prompt(string session, JsonObject prompt, CancellationToken cancellationToken) =>
        Must(HttpMethod.Post, $"session/{Uri.EscapeDataString(session)}/prompt_async", prompt, cancellationToken);

    /// <summary>Answers a question for permission.</summary>
    /// <exception cref="AgentStartException">The server refused.</exception>
    public Task Answer(string session, string permission, bool isGranted, CancellationToken cancellationToken) => Must(
        HttpMethod.Post,
        $"session/{Uri.EscapeDataString(session)}/permissions/{Uri.EscapeDataString(permission)}",
        new JsonObject { ["response"] = isGranted ? "once" : "reject" },
        cancellationToken);

    /// <summary>Abandons the turn that runs.</summary>
    /// <exception cref="AgentStartException">The server refused.</exception>
    public Task Abort(string session, CancellationToken cancellationToken) =>
        Must(HttpMethod.Post, $"session/{Uri.EscapeDataString(session)}/abort", [], cancellationToken);

    /// <summary>Subscribes to events.</summary>
    /// <exception cref="AgentStartException">The server refused.</exception>
    public async Task<HttpResponseMessage> Events(CancellationToken cancellationToken)
    {
        var answer = await Ask(Question(HttpMethod.Get, "event", body: null), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (answer.IsSuccessStatusCode)
            return answer;
        using (answer)
            throw new AgentStartException($"the opencode server at {server.BaseAddress} answered {(int)answer.StatusCode} to a subscription: {await LocalHttp.Excerpt(answer, cancellationToken)}");
    }

    private async Task<JsonElement> Must(HttpMethod method, string path, JsonObject body, CancellationToken cancellationToken)
    {
        var (status, answer) = await Send(method, path, body, cancellationToken);
        return (int)status < 300 ? answer : throw Refused(path, status, answer);
    }

    private AgentStartException Refused(string path, HttpStatusCode status, JsonElement answer)
    {
        var words = answer.ValueKind == JsonValueKind.Undefined ? "" : $": {OpencodeDecoder.ErrorText(answer)}";
        return new AgentStartException($"the opencode server at {server.BaseAddress} answered {(int)status} to '{path}'{words}");
    }

    private async Task<(HttpStatusCode Status, JsonElement Answer)> Send(HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken)
    {
        using var over = new CancellationTokenSource(Patience, clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, over.Token);
        try
        {
            using var answer = await Ask(Question(method, path, body), HttpCompletionOption.ResponseHeadersRead, ending.Token);
            await answer.Content.LoadIntoBufferAsync(LongestAnswer, ending.Token);
            return (answer.StatusCode, Read(Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(ending.Token))));
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new AgentStartException($"the opencode server at {server.BaseAddress} did not answer '{path}' within {Patience.TotalSeconds:0} s");
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            throw new AgentStartException($"the opencode server at {server.BaseAddress} broke off its answer to '{path}': {broken.Message}");
        }
    }

    private HttpRequestMessage Question(HttpMethod method, string path, JsonObject? body)
    {
        var question = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        question.Headers.Add("x-opencode-directory", Uri.EscapeDataString(directory));
        if (body is not null)
            question.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return question;
    }

    private async Task<HttpResponseMessage> Ask(HttpRequestMessage question, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        try
        {
            return await server.SendAsync(question, completion, cancellationToken);
        }
        catch (HttpRequestException unreachable)
        {
            throw new AgentStartException($"the opencode server at {server.BaseAddress} cannot be reached: {unreachable.Message}");
        }
    }

    // What is no JSON says nothing.
    private static JsonElement Read(string body)
    {
        using var document = ForeignJson.Parse(body);
        return document?.RootElement.Clone() ?? default;
    }
}
