using System.Net;
using System.Text;
using System.Text.Json;

namespace Donmai.Worker.Tests.Platform;

/// <summary>A platform in this process: says yes to everything unless it is told otherwise, and remembers what it was asked.</summary>
internal sealed class FakePlatform : HttpMessageHandler
{
    public const string Url = "https://platform.test/base";

    private readonly Lock _access = new();
    private readonly List<Asked> _asked = [];
    private readonly List<Rule> _rules = [];

    /// <summary>What was asked so far, whole, in order of arrival.</summary>
    public List<Asked> Requests
    {
        get
        {
            lock (_access)
                return [.. _asked];
        }
    }

    public List<Asked> Of(string call) => Requests.FindAll(asked => asked.Call == call);

    public List<JsonElement> Activities => Of("activity").FindAll(static asked => asked.Answer == 200).ConvertAll(static asked => asked.Json.GetProperty("activity"));

    public List<string> Contents => Activities.ConvertAll(static activity => activity.GetProperty("content").GetString()!);

    /// <summary>The next requests of a call are answered like this; the last answer of a call is not repeated.</summary>
    public FakePlatform Answers(string call, int times, int status, string body = "{}", Action<HttpResponseMessage>? change = null)
    {
        lock (_access)
            _rules.Add(new Rule(call, times, async _ =>
            {
                await Task.Yield();
                var answer = Answer(status, body);
                change?.Invoke(answer);
                return answer;
            }));
        return this;
    }

    public FakePlatform Always(string call, int status, string body = "{}") => Answers(call, int.MaxValue, status, body);

    /// <summary>The next requests of a call find nobody.</summary>
    public FakePlatform IsAway(string call, int times = int.MaxValue)
    {
        lock (_access)
            _rules.Add(new Rule(call, times, static _ => throw new HttpRequestException(HttpRequestError.ConnectionError, "refused")));
        return this;
    }

    /// <summary>The requests of a call wait until <paramref name="until"/> completes.</summary>
    public FakePlatform Hangs(string call, Task until)
    {
        lock (_access)
            _rules.Add(new Rule(call, int.MaxValue, async token =>
            {
                await until.WaitAsync(token);
                return Answer(200, "{}");
            }));
        return this;
    }

    /// <summary>Everything is said yes to again.</summary>
    public void IsBack()
    {
        lock (_access)
            _rules.Clear();
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var asked = new Asked(
            request.RequestUri!.AbsolutePath,
            request.Headers.Authorization?.Parameter ?? "",
            request.Headers.TryGetValues("Idempotency-Key", out var keys) ? keys.Single() : "",
            body);
        Rule? rule;
        lock (_access)
        {
            _asked.Add(asked);
            rule = _rules.Find(rule => rule.Left > 0 && (rule.Call == asked.Call || rule.Call == "*"));
            if (rule is not null)
                rule.Left--;
        }

        var answer = rule is null
            ? Answer(200, asked.Call switch { "lock-refresh" => """{"refreshed":true}""", "issue-tracker-proxy" => """{"success":true}""", _ => "{}" })
            : await rule.Answer(cancellationToken);
        asked.Answer = (int)answer.StatusCode;
        return answer;
    }

    private static HttpResponseMessage Answer(int status, string body) =>
        new((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    /// <summary>A request as it arrived.</summary>
    internal sealed record Asked(string Path, string Token, string Key, string Body)
    {
        public string Call => Path[(Path.LastIndexOf('/') + 1)..];

        public int Answer { get; set; }

        public JsonElement Json => JsonDocument.Parse(Body).RootElement.Clone();

        public string? Text(string member) => Json.TryGetProperty(member, out var value) ? value.GetString() : null;
    }

    private sealed class Rule(string call, int times, Func<CancellationToken, Task<HttpResponseMessage>> answer)
    {
        public string Call => call;

        public int Left { get; set; } = times;

        public Func<CancellationToken, Task<HttpResponseMessage>> Answer => answer;
    }
}
