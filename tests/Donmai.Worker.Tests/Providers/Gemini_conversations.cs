using System.Net;
using System.Net.Sockets;
using System.Text;
using Donmai.Core.Providers;
using Donmai.Sessions.Events;
using Donmai.Worker.Providers;
using Donmai.Worker.Providers.Gemini;

namespace Donmai.Worker.Tests.Providers;

/// <summary>Google's HTTP interface (worker.md §4.4.1).</summary>
public sealed class Gemini_conversations : IAsyncDisposable
{
    private const string Question = "POST /v1beta/models/gemini-2.0-flash:streamGenerateContent";

    private readonly TemporaryDirectory _place = new();
    private readonly FakeAgentServer _server = new();
    private readonly FakeHost _host;
    private readonly GeminiProvider _provider;

    public Gemini_conversations()
    {
        _host = new FakeHost(_place);
        _provider = new GeminiProvider(new ProviderSetup(_place.At("probes"), TimeProvider.System, new ProviderSettings { Endpoint = _server.Address.ToString() }));
    }

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        await _server.DisposeAsync();
        _place.Dispose();
    }

    [Theory, Trait("spec", "WK-61")]
    [InlineData(int.MaxValue, "\n")]
    [InlineData(1, "\n")]
    [InlineData(7, "\n")]
    [InlineData(int.MaxValue, "\r\n")]
    [InlineData(3, "\r\n")]
    [InlineData(int.MaxValue, "\r")]
    public async Task The_fixture_gives_the_required_events_however_it_is_cut(int size, string newline)
    {
        _server.On(Question, 200, Pieces(Gemini_fixture.Answer.ReplaceLineEndings("\n").Replace("\n", newline, StringComparison.Ordinal), size));
        await using var handle = await Spawn(Request());

        var events = await Turns.All(handle);

        string.Join('|', events.Select(Brief)).ShouldBe(
            "init|reasoning Plan: |The rounding rule |belongs in one place.\n|Affected: src/Round.cs.\n|WORK_RESULT:passed|end+");
        handle.SessionId.ShouldMatch("^gemini-session-[0-9a-f]{16}$");
        var end = events.OfType<ResultEvent>().Single();
        (end.Message, end.Cost!.InputTokens, end.Cost.OutputTokens, end.Cost.CachedInputTokens, end.Cost.ReasoningTokens, end.Cost.TotalCostUsd)
            .ShouldBe((null, 812, 61, 512, 20, null));
    }

    [Fact]
    public async Task A_question_has_the_key_in_its_head_and_the_rest_in_its_body()
    {
        var heads = new List<(string?, string?, string?)>();
        _server.On("POST /v1beta/models/a%2Fb:streamGenerateContent", context =>
        {
            heads.Add((context.Request.Headers["x-goog-api-key"], context.Request.QueryString.Value, context.Request.Headers.Accept));
            return FakeAgentServer.Write(context, 200, Gemini_fixture.Answer);
        });
        await using var handle = await Spawn(Request() with
        {
            Model = "a/b",
            SystemPrompt = " S ",
            Effort = "high",
            Configuration = ProviderConfiguration.From(new JsonText("""{"maxOutputTokens":100,"contextWindow":5}""")),
        });
        await Turns.All(handle);

        heads.ShouldBe([("k", "?alt=sse", "text/event-stream")]);
        _server.Asked.Single().Body.ShouldBe(
            """{"contents":[{"role":"user","parts":[{"text":"<Go> & run."}]}],"systemInstruction":{"parts":[{"text":"S"}]},"generationConfig":{"maxOutputTokens":100,"thinkingConfig":{"thinkingBudget":24576}}}""");
        _host.Warnings.ShouldBe(["gemini takes no 'contextWindow'; the configured one was left out"]);
    }

    [Fact]
    public async Task A_follow_up_asks_again_with_everything_that_was_said()
    {
        _server.On(Question, 200, Gemini_fixture.Answer);
        await using var handle = await Spawn(Request());
        await Should.ThrowAsync<AgentNotReadyException>(() => handle.Inject("too early", CancellationToken.None));
        await Turns.All(handle);
        await handle.Inject("And now?", CancellationToken.None);
        (await Turns.All(handle)).OfType<ResultEvent>().Single().Success.ShouldBeTrue();

        _server.Asked.Last().Body.ShouldBe(
            """{"contents":[{"role":"user","parts":[{"text":"<Go> & run."}]},{"role":"model","parts":[{"text":"The rounding rule belongs in one place.\nAffected: src/Round.cs.\nWORK_RESULT:passed"}]},{"role":"user","parts":[{"text":"And now?"}]}]}""");
    }

    [Theory]
    [InlineData("""{"candidates":[{"finishReason":"MAX_TOKENS"}]}""", "init|end-finish_MAX_TOKENS")]
    [InlineData("""{"candidates":[{"content":{"parts":[{"text":"x"}]},"finishReason":"SAFETY"}]}""", "init|x|end-finish_SAFETY")]
    [InlineData("""{"promptFeedback":{"blockReason":"SAFETY"}}""", "init|error prompt_blocked True")]
    [InlineData("""{"error":{"code":429,"message":"Resource exhausted: quota","status":"RESOURCE_EXHAUSTED"}}""", "init|error rate_limited True")]
    [InlineData("[DONE]", "init|error spawn_no_result True")]
    [InlineData("<html>", "init|undecodable_line <html>|error spawn_no_result True")]
    [InlineData("""{"candidates":7}""", "init|error spawn_no_result True")]
    [InlineData("", "init|error spawn_no_result True")]
    public async Task An_answer_that_is_none_has_one_clear_outcome(string data, string expected)
    {
        _server.On(Question, 200, $"data: {data}\n\n");
        await using var handle = await Spawn(Request());
        string.Join('|', (await Turns.All(handle)).Select(Brief)).ShouldBe(expected);
    }

    [Fact]
    public async Task Several_lines_of_data_are_one_event_and_other_fields_are_none()
    {
        _server.On(Question, 200, "event: x\nid: 5\nretry\ndata: {\"candidates\":[{\"content\":{\"parts\":[\ndata: {\"text\":\"a\"}]},\ndata:\"finishReason\":\"STOP\"}]}\n\n");
        await using var handle = await Spawn(Request());
        string.Join('|', (await Turns.All(handle)).Select(Brief)).ShouldBe("init|a|end+");
    }

    [Fact]
    public async Task A_connection_that_breaks_is_told()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync();
            var stream = client.GetStream();
            (await stream.ReadAtLeastAsync(new byte[4096], 1)).ShouldBePositive();
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\ndata: {}\n\r\n"u8.ToArray());
        });
        var provider = new GeminiProvider(new ProviderSetup(
            _place.At("probes"), TimeProvider.System, new ProviderSettings { Endpoint = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/" }));
        await using (provider)
        await using (var handle = await provider.Spawn(Request(), CancellationToken.None))
            (await Turns.All(handle))[^1].ShouldBeOfType<ErrorEvent>().Code.ShouldBe("stream_read");
        await serving;
    }

    [Fact]
    public async Task Silence_is_given_up_after_two_minutes()
    {
        _server.On(Question, async context =>
        {
            await context.Response.Body.WriteAsync("data: {}\n\n"u8.ToArray());
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, _server.Closing);
        });
        await using var handle = await Spawn(Request() with { Host = new FakeHost(_place) { Clock = new HurriedClock(hurry: 40) } });
        (await Turns.All(handle))[^1].ShouldBeOfType<ErrorEvent>().Message.ShouldBe("the answer of gemini broke off: nothing came for 120 s");
    }

    [Theory]
    [InlineData(400, false, "gemini answered 400: no")]
    [InlineData(401, false, "gemini answered 401: no")]
    [InlineData(429, true, "gemini answered 429: no")]
    [InlineData(500, true, "gemini answered 500: no")]
    [InlineData(503, true, "gemini answered 503: no")]
    public async Task A_refusal_is_a_start_that_failed(int status, bool isTransient, string message)
    {
        _server.On(Question, status, "no");
        var refused = await Should.ThrowAsync<AgentStartException>(() => Spawn(Request()));
        (refused.IsTransient, refused.Message).ShouldBe((isTransient, message));
    }

    [Fact]
    public async Task A_model_that_takes_no_effort_is_asked_without_one()
    {
        _server.On(Question, context => _server.Asked.Count == 1
            ? FakeAgentServer.Write(context, 400, "thinking is not supported")
            : FakeAgentServer.Write(context, 200, Gemini_fixture.Answer));
        await using var handle = await Spawn(Request() with { Effort = "low" });
        (await Turns.All(handle)).OfType<ResultEvent>().Single().Success.ShouldBeTrue();
        _server.Asked.Last().Body.ShouldNotContain("thinkingConfig");
        _host.Warnings.ShouldBe(["the model 'gemini-2.0-flash' takes no effort; 'low' was left out"]);
    }

    [Fact, Trait("spec", "WK-34")]
    public async Task A_stop_ends_the_stream()
    {
        _server.On(Question, async context =>
        {
            await context.Response.Body.WriteAsync("data: {}\n\n"u8.ToArray());
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, _server.Closing);
        });
        await using var handle = await Spawn(Request());
        var reading = Turns.All(handle);
        (await handle.Stop(CancellationToken.None)).ShouldBe(AgentStop.Clean);
        await handle.Stop(CancellationToken.None);
        (await reading).ShouldAllBe(static happening => happening is InitEvent);
        await Should.ThrowAsync<AgentNotReadyException>(() => handle.Inject("x", CancellationToken.None));
    }

    [Fact, Trait("spec", "WK-69")]
    public async Task Without_program_and_key_both_are_named()
    {
        var nothing = new Dictionary<string, string> { ["PATH"] = _place.Make("empty") };
        (await Should.ThrowAsync<ProviderUnavailableException>(() => _provider.Prepare(nothing, CancellationToken.None))).Message.ShouldBe(
            "provider 'gemini' is not available: the program 'gemini' is not on PATH; install it with 'npm install -g @google/gemini-cli' and log in once, or set GEMINI_API_KEY to use its models for text alone, or set providers.gemini.binary in daemon.yaml");
        _provider.Locate(nothing).Missing.ShouldNotBeNull();
        var other = new Dictionary<string, string>(nothing) { ["GOOGLE_API_KEY"] = "g" };
        _provider.Locate(other).Missing.ShouldBeNull();
        (await _provider.Probe(other, CancellationToken.None)).Health.ShouldBe(ProviderHealth.Ready);
        await Should.ThrowAsync<AgentUnsupportedException>(() => _provider.Resume("x", Request(), CancellationToken.None));
        await Should.ThrowAsync<ProviderSessionNotFoundException>(() => _provider.Resume("", Request(), CancellationToken.None));
        await Should.ThrowAsync<AgentStartException>(() => Spawn(Request() with { Prompt = " " }));
    }

    [Fact, Trait("spec", "WK-39")]
    public void Capabilities_are_those_required()
    {
        var can = _provider.Capabilities;
        (can.SupportsMessageInjection, can.SupportsSessionResume, can.SupportsToolPlugins, can.AcceptsMcpServerSpec, can.SupportsReasoningEffort, can.CanModifyWorkspace, can.HumanLabel)
            .ShouldBe((true, false, false, false, true, false, "Gemini"));
    }

    private static string[] Pieces(string text, int size)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return [.. bytes.Chunk(Math.Min(size, bytes.Length)).Select(Encoding.UTF8.GetString)];
    }

    private Task<IAgentHandle> Spawn(AgentRequest request) => _provider.Spawn(request, CancellationToken.None);

    private AgentRequest Request() => new()
    {
        Prompt = "<Go> & run.",
        WorkingDirectory = _place.Make("work"),
        Environment = new Dictionary<string, string> { ["PATH"] = _place.Make("empty"), ["GEMINI_API_KEY"] = "k" },
        Host = _host,
    };

    private static string Brief(AgentEvent happening) => happening switch
    {
        InitEvent => "init",
        SystemEvent notice => $"{notice.Subtype} {notice.Message}",
        AssistantTextEvent said => said.Text,
        ErrorEvent error => $"error {error.Code} {error.Fatal}",
        ResultEvent end => end.Success ? "end+" : $"end-{end.ErrorSubtype}",
        _ => "?",
    };
}
