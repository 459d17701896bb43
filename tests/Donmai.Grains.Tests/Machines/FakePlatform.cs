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
    private readonly Queue<string> _work = new();
    private readonly List<(Predicate<PlatformRequest> IsMeant, TaskCompletionSource<PlatformRequest> Seen)> _awaited = [];
    private int _registered;

    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>Life of the tokens; <see langword="null"/> to say nothing about it.</summary>
    public TimeSpan? TokenLife { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Milliseconds between heartbeats, as told at the registration.</summary>
    public int HeartbeatInterval { get; set; } = 30_000;

    /// <summary>Milliseconds between polls, as told at the registration.</summary>
    public int PollInterval { get; set; } = 1500;

    /// <summary>Every answer to a heartbeat.</summary>
    public JsonObject Beat { get; set; } = [];

    /// <summary>Members of the next answer to a poll, beside the work.</summary>
    public JsonObject? NextPoll { get; set; }

    /// <summary>Answers in place of the platform; <see langword="null"/> lets it answer itself.</summary>
    public Func<PlatformRequest, HttpResponseMessage?> Answer { get; set; } = static _ => null;

    /// <summary>Requests that are never answered.</summary>
    public Predicate<PlatformRequest> Hangs { get; set; } = static _ => false;

    public IReadOnlyList<PlatformRequest> Asked
    {
        get
        {
            lock (_gate)
                return [.. _asked];
        }
    }

    public static HttpResponseMessage Refusal(HttpStatusCode status, string text = "") => new(status) { Content = new StringContent(text) };

    public static HttpResponseMessage Json(JsonNode body) => Text(body.ToJsonString());

    public static HttpResponseMessage Text(string body) => new(HttpStatusCode.OK) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    /// <summary>Whether work waits for a poll.</summary>
    public bool HasWork
    {
        get
        {
            lock (_gate)
                return _work.Count > 0;
        }
    }

    /// <summary>Gives work out with the next poll, all of it with the same one.</summary>
    public void Enqueue(params string[] items)
    {
        lock (_gate)
            foreach (var item in items)
                _work.Enqueue(item);
    }

    /// <summary>The tokens of a worker are not accepted any more.</summary>
    public void ExpireToken(string workerId)
    {
        lock (_gate)
            _workers[workerId]++;
    }

    /// <summary>Completes when a request that fits has been answered from now on.</summary>
    public Task<PlatformRequest> Next(string name, Predicate<PlatformRequest>? isMeant = null)
    {
        var seen = Eventually.Signal<PlatformRequest>();
        lock (_gate)
            _awaited.Add((request => request.Name == name && (isMeant?.Invoke(request) ?? true), seen));
        return seen.Task.InTime();
    }

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
        if (Hangs(asked))
            await Task.Delay(Timeout.Infinite, cancellationToken);
        try
        {
            return Answer(asked) ?? Usual(asked);
        }
        finally
        {
            lock (_gate)
                foreach (var (_, seen) in _awaited.Where(awaited => awaited.IsMeant(asked)).ToList())
                    seen.TrySetResult(asked);
        }
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
                    ? segments[^1] is "poll" ? Work() : Json(Beat)
                    : Refusal(HttpStatusCode.Unauthorized, "Runtime token expired"),
                "nack" => Json(new JsonObject { ["nacked"] = true }),
                _ => Refusal(HttpStatusCode.NotFound, "Worker not found"),
            };
    }

    private HttpResponseMessage Registered()
    {
        var workerId = $"wkr_{++_registered}";
        _workers[workerId] = 1;
        return Json(WithToken(new JsonObject { ["workerId"] = workerId, ["heartbeatInterval"] = HeartbeatInterval, ["pollInterval"] = PollInterval }, workerId));
    }

    /// <summary>The work as it was written, and once.</summary>
    private HttpResponseMessage Work()
    {
        var answer = NextPoll ?? [];
        NextPoll = null;
        answer["hasInboxMessages"] ??= false;
        var work = string.Join(",", _work);
        _work.Clear();
        return Text(answer.ToJsonString().Insert(1, $"\"work\":[{work}],"));
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
