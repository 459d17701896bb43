using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Donmai.FakePlatform.Tests;

/// <summary>Calls a platform as a daemon or a worker does, by hand.</summary>
internal sealed class Caller(PlatformServer platform) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = platform.Address };

    public string WorkerId { get; private set; } = "";

    public string Token { get; private set; } = "";

    public void Dispose() => _http.Dispose();

    /// <summary>Registers, and goes on with the token that this gives.</summary>
    public async Task<JsonNode> Register(string machine = "studio-left")
    {
        var (status, answer) = await Post("/api/workers/register", new JsonObject { ["machineId"] = machine, ["hostname"] = machine, ["capacity"] = 2 }, PlatformOptions.DemoToken);
        status.ShouldBe(HttpStatusCode.OK, answer?.ToJsonString());
        (WorkerId, Token) = ((string)answer!["workerId"]!, (string)answer["runtimeToken"]!);
        return answer;
    }

    /// <summary>Registers, queues an item for each session, and claims them.</summary>
    public async Task Claim(params string[] sessionIds)
    {
        await Register();
        foreach (var id in sessionIds)
            platform.Work.Enqueue(Item(id));
        await Poll();
    }

    public static JsonObject Item(string sessionId) => new()
    {
        ["sessionId"] = sessionId,
        ["issueId"] = "i-1",
        ["issueIdentifier"] = "BIL-1",
        ["priority"] = 0,
        ["queuedAt"] = 1779096600123,
        ["repository"] = "https://github.com/acme/billing",
    };

    public async Task<JsonNode> Poll() => (await Get($"/api/workers/{WorkerId}/poll")).Answer!;

    public Task<(HttpStatusCode Status, JsonNode? Answer)> Beat(JsonObject? body = null) =>
        Post($"/api/workers/{WorkerId}/heartbeat", body ?? new JsonObject { ["activeCount"] = 0 });

    public Task<(HttpStatusCode Status, JsonNode? Answer)> Refresh() =>
        Post($"/api/workers/{WorkerId}/refresh-token", [], PlatformOptions.DemoToken);

    public Task<(HttpStatusCode Status, JsonNode? Answer)> Status(string sessionId, string status, string? workerId = null, string? key = null) =>
        Post($"/api/sessions/{sessionId}/status", new JsonObject { ["workerId"] = workerId ?? WorkerId, ["status"] = status }, key: key);

    public Task<(HttpStatusCode Status, JsonNode? Answer)> Act(string sessionId, string type, JsonNode? content, string? key = null) =>
        Post($"/api/sessions/{sessionId}/activity", new JsonObject { ["workerId"] = WorkerId, ["activity"] = new JsonObject { ["type"] = type, ["content"] = content } }, key: key);

    public Task<(HttpStatusCode Status, JsonNode? Answer)> Get(string path, string? token = null) => Send(HttpMethod.Get, path, null, token);

    public Task<(HttpStatusCode Status, JsonNode? Answer)> Post(string path, JsonObject body, string? token = null, string? key = null) =>
        Send(HttpMethod.Post, path, body.ToJsonString(), token, key);

    public async Task<(HttpStatusCode Status, JsonNode? Answer)> Send(HttpMethod method, string path, string? body, string? token = null, string? key = null)
    {
        using var answer = await Raw(method, path, body, token, key);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    public Task<HttpResponseMessage> Raw(
        HttpMethod method, string path, string? body = null, string? token = null, string? key = null, CancellationToken cancellation = default)
    {
        var request = new HttpRequestMessage(method, path);
        if ((token ?? Token) is { Length: > 0 } bearer)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
    }

    public static string Error(JsonNode? answer) => (string)answer!["error"]!;
}
