using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Donmai.Grains.Tests.Machines;

/// <summary>
/// A platform that a machine's daemon registers with: answers as the specification says unless a test says otherwise, and remembers what it was asked
/// (platform-api.md §16).
/// </summary>
internal sealed class FakePlatform
{
    public const string Url = "https://platform.example/base";
    public const string RegistrationToken = "rsk_live_9c1f4b8e";

    private readonly Lock _gate = new();
    private readonly List<PlatformRequest> _asked = [];
    private readonly Dictionary<string, int> _workers = new(StringComparer.Ordinal);
    private int _registered;

    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>Life of the tokens; <see langword="null"/> to say nothing about it.</summary>
    public TimeSpan? TokenLife { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Answers in place of the platform; <see langword="null"/> lets it answer itself.</summary>
    public Func<PlatformRequest, HttpResponseMessage?> Answer { get; set; } = static _ => null;

    public IReadOnlyList<PlatformRequest> Asked
    {
        get
        {
            lock (_gate)
                return [.. _asked];
        }
    }

    public static HttpResponseMessage Refusal(HttpStatusCode status, string text = "") => new(status) { Content = new StringContent(text) };

    public static HttpResponseMessage Json(JsonNode body) =>
        new(HttpStatusCode.OK) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };

    /// <summary>The requests whose path ends so.</summary>
    public List<PlatformRequest> AskedTo(string pathEnd) => [.. Asked.Where(request => request.Path.EndsWith(pathEnd, StringComparison.Ordinal))];

    /// <summary>The token of a worker by now.</summary>
    public string TokenOf(string workerId)
    {
        lock (_gate)
            return $"rt-{workerId}-{_workers[workerId]}";
    }

    public void Forget(string workerId)
    {
        lock (_gate)
            _workers.Remove(workerId);
    }

    /// <summary>A way to it, for one daemon.</summary>
    public HttpMessageHandler Open() => new Door(this);

    private async Task<HttpResponseMessage> Ask(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var asked = new PlatformRequest(
            request.Method.Method,
            request.RequestUri!.AbsolutePath,
            request.Headers.Authorization?.Parameter,
            request.Content is { } content ? await content.ReadAsStringAsync(cancellationToken) : "",
            request.Headers.UserAgent.ToString());
        lock (_gate)
            _asked.Add(asked);
        return Answer(asked) ?? Usual(asked);
    }

    private HttpResponseMessage Usual(PlatformRequest asked)
    {
        var segments = asked.Path.Split('/');
        lock (_gate)
            return segments[^1] switch
            {
                "register" when asked.Token != RegistrationToken => Refusal(HttpStatusCode.Unauthorized, "unauthorized"),
                "register" => Registered(),
                "refresh-token" when _workers.ContainsKey(segments[^2]) => Refreshed(segments[^2]),
                "heartbeat" or "poll" when _workers.TryGetValue(segments[^2], out var generation) => asked.Token == $"rt-{segments[^2]}-{generation}"
                    ? Json(new JsonObject())
                    : Refusal(HttpStatusCode.Unauthorized, "Runtime token expired"),
                _ => Refusal(HttpStatusCode.NotFound, "Worker not found"),
            };
    }

    private HttpResponseMessage Registered()
    {
        var workerId = $"wkr_{++_registered}";
        _workers[workerId] = 1;
        return Json(WithToken(new JsonObject { ["workerId"] = workerId, ["heartbeatInterval"] = 30_000, ["pollInterval"] = 1500 }, workerId));
    }

    private HttpResponseMessage Refreshed(string workerId)
    {
        _workers[workerId]++;
        return Json(WithToken([], workerId));
    }

    private JsonObject WithToken(JsonObject answer, string workerId)
    {
        answer["runtimeToken"] = $"rt-{workerId}-{_workers[workerId]}";
        if (TokenLife is { } life)
            answer["runtimeTokenExpiresAt"] = TextTimestamp.ToText(Clock.GetUtcNow() + life);
        return answer;
    }

    private sealed class Door(FakePlatform platform) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => platform.Ask(request, cancellationToken);
    }
}
