using System.Text.Json;
using Donmai.Core.Providers;
using Donmai.Sessions.Events;
using Donmai.Worker.Providers;
using Donmai.Worker.Providers.Ollama;

namespace Donmai.Worker.Tests.Providers;

public sealed class Ollama_conversations : IAsyncDisposable
{
    private const string Chat = "POST /api/chat";

    private const string Answer = """
        {"model":"m","message":{"role":"assistant","content":"","thinking":"Hm."},"done":false}
        {"model":"m","message":{"role":"assistant","content":"Hello "},"done":false}
        {"model":"m","message":{"role":"assistant","content":"world <&>"},"done":false}
        {"model":"m","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","prompt_eval_count":26,"eval_count":5}

        """;

    private readonly TemporaryDirectory _place = new();
    private readonly FakeAgentServer _server = new();
    private readonly FakeHost _host;
    private readonly OllamaProvider _provider;

    public Ollama_conversations()
    {
        _host = new FakeHost(_place);
        _provider = new OllamaProvider(new ProviderSetup(_place.At("probes"), TimeProvider.System, ProviderSettings.None));
    }

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        await _server.DisposeAsync();
        _place.Dispose();
    }

    [Theory, Trait("spec", "WK-65"), Trait("spec", "WK-34")]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public async Task An_answer_becomes_words_thoughts_and_a_result_however_it_is_cut(int size)
    {
        _server.On(Chat, 200, [.. Answer.Chunk(size).Select(static piece => new string(piece))]);
        await using var session = await _provider.Spawn(Request(), CancellationToken.None);
        session.SessionId.ShouldMatch("^ollama-session-[0-9a-f]{16}$");

        var events = await Turns.All(session);

        events.Select(static happening => happening.GetType().Name).ShouldBe(
            ["InitEvent", "SystemEvent", "AssistantTextEvent", "AssistantTextEvent", "ResultEvent"]);
        events[0].ShouldBeOfType<InitEvent>().SessionId.ShouldBe(session.SessionId);
        events[1].ShouldBeOfType<SystemEvent>().Subtype.ShouldBe("reasoning");
        string.Concat(events.OfType<AssistantTextEvent>().Select(static text => text.Text)).ShouldBe("Hello world <&>");
        var result = events[^1].ShouldBeOfType<ResultEvent>();
        (result.Success, result.Message).ShouldBe((true, null));
        (result.Cost!.InputTokens, result.Cost.OutputTokens, result.Cost.NumTurns, result.Cost.TotalCostUsd).ShouldBe((26, 5, 1, null));
    }

    [Fact, Trait("spec", "WK-65")]
    public async Task The_question_has_the_system_text_first_the_limits_and_the_effort()
    {
        _server.On(Chat, 200, Answer);
        using var configuration = JsonDocument.Parse("""{"maxOutputTokens":100,"contextWindow":8192}""");
        await using var session = await _provider.Spawn(
            Request() with
            {
                SystemPrompt = "Be <brief>.",
                Effort = "xhigh",
                Configuration = ProviderConfiguration.From(new Donmai.JsonText(configuration.RootElement.GetRawText())),
            },
            CancellationToken.None);

        _server.Asked.ShouldHaveSingleItem().Body.ShouldBe(
            """{"model":"llama3","messages":[{"role":"system","content":"Be <brief>."},{"role":"user","content":"Go & see."}],"stream":true,"think":"high","options":{"num_predict":100,"num_ctx":8192}}""");
    }

    [Fact]
    public async Task A_follow_up_asks_with_everything_that_was_said()
    {
        _server.On(Chat, 200, Answer);
        await using var session = await _provider.Spawn(Request(), CancellationToken.None);
        await Should.ThrowAsync<AgentNotReadyException>(() => session.Inject("too early", CancellationToken.None));
        await Turns.All(session);

        await session.Inject("And then?", CancellationToken.None);

        (await Turns.All(session))[^1].ShouldBeOfType<ResultEvent>().Success.ShouldBeTrue();
        using var second = JsonDocument.Parse(_server.Asked.Last().Body);
        second.RootElement.GetProperty("messages").EnumerateArray()
            .Select(static message => $"{message.GetProperty("role")}: {message.GetProperty("content")}")
            .ShouldBe(["user: Go & see.", "assistant: Hello world <&>", "user: And then?"]);
    }

    [Theory, Trait("spec", "WK-65")]
    [InlineData("""{"error":"model runner has stopped"}""", "ollama_stream_error", "model runner has stopped")]
    [InlineData("""{"message":{"content":"half"},"done":false}""", "spawn_no_result", "before it was done")]
    [InlineData("<html>", "spawn_no_result", "before it was done")]
    [InlineData("", "spawn_no_result", "before it was done")]
    public async Task Trouble_ends_the_turn_with_one_fatal_error(string answer, string code, string words)
    {
        _server.On(Chat, 200, answer + "\n");
        await using var session = await _provider.Spawn(Request(), CancellationToken.None);

        var error = (await Turns.All(session)).OfType<ErrorEvent>().ShouldHaveSingleItem();

        (error.Code, error.Fatal).ShouldBe((code, true));
        error.Message.ShouldContain(words);
    }

    [Theory, Trait("spec", "WK-65")]
    [InlineData("length", "done_length")]
    [InlineData("load", "done_load")]
    [InlineData("unload", "done_unload")]
    public async Task An_answer_that_did_not_end_by_itself_is_a_failure(string reason, string subtype)
    {
        _server.On(Chat, 200, $$"""{"message":{"content":""},"done":true,"done_reason":"{{reason}}"}""" + "\n");
        await using var session = await _provider.Spawn(Request(), CancellationToken.None);

        var result = (await Turns.All(session))[^1].ShouldBeOfType<ResultEvent>();

        (result.Success, result.ErrorSubtype).ShouldBe((false, subtype));
    }

    [Fact, Trait("spec", "WK-50")]
    public async Task A_line_of_40_MB_is_skipped_and_the_answer_goes_on()
    {
        var piece = new string('x', 1_000_000);
        _server.On(Chat, 200, [.. Enumerable.Repeat(piece, 40), "\n", Answer]);
        await using var session = await _provider.Spawn(Request(), CancellationToken.None);

        var events = await Turns.All(session);

        events.OfType<SystemEvent>().First().ShouldSatisfyAllConditions(
            static notice => notice.Subtype.ShouldBe("oversize_line"), static notice => notice.Message!.ShouldContain("40000000"));
        events[^1].ShouldBeOfType<ResultEvent>().Success.ShouldBeTrue();
    }

    [Fact]
    public async Task A_model_that_is_not_there_is_named_with_the_way_to_get_it()
    {
        _server.On(Chat, 404, """{"error":"model 'llama3' not found"}""");
        (await Should.ThrowAsync<AgentStartException>(() => _provider.Spawn(Request(), CancellationToken.None))).Message.ShouldContain("ollama pull llama3");
        (await Should.ThrowAsync<AgentStartException>(() => _provider.Spawn(Request() with { Model = "" }, CancellationToken.None))).Message.ShouldContain("needs a model");
    }

    [Fact]
    public async Task A_model_that_cannot_think_is_asked_without_effort()
    {
        _server.On(Chat, context => _server.Asked.Count == 1
            ? FakeAgentServer.Write(context, 400, """{"error":"\"llama3\" does not support thinking"}""")
            : FakeAgentServer.Write(context, 200, Answer));
        await using var session = await _provider.Spawn(Request() with { Effort = "high" }, CancellationToken.None);

        (await Turns.All(session))[^1].ShouldBeOfType<ResultEvent>().Success.ShouldBeTrue();
        _host.Warnings.ShouldHaveSingleItem().ShouldContain("'high' was left out");
        _server.Asked.Last().Body.ShouldNotContain("think");
    }

    [Fact]
    public async Task A_stop_ends_the_answer_without_another_event()
    {
        var asked = new TaskCompletionSource();
        _server.On(Chat, async context =>
        {
            await context.Response.Body.WriteAsync("""{"message":{"content":"a"},"done":false}"""u8.ToArray().Append((byte)'\n').ToArray());
            await context.Response.Body.FlushAsync();
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, _server.Closing);
        });
        await using var session = await _provider.Spawn(Request(), CancellationToken.None);
        var reading = Turns.All(session);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30));

        (await session.Stop(CancellationToken.None)).ShouldBe(AgentStop.Clean);

        (await reading).ShouldAllBe(static happening => happening is InitEvent || happening is AssistantTextEvent);
        await session.Stop(CancellationToken.None);
        await Should.ThrowAsync<AgentNotReadyException>(() => session.Inject("x", CancellationToken.None));
        await session.DisposeAsync();
        (await session.Stop(CancellationToken.None)).ShouldBe(AgentStop.Clean);
    }

    [Fact]
    public async Task It_cannot_be_continued() =>
        await Should.ThrowAsync<AgentUnsupportedException>(() => _provider.Resume("ollama-session-1", Request(), CancellationToken.None));

    [Fact, Trait("spec", "WK-69")]
    public async Task A_server_that_is_away_is_named_with_the_way_to_get_it()
    {
        using var closed = new ClosedPort();
        var nowhere = new Dictionary<string, string> { ["OLLAMA_HOST"] = $"127.0.0.1:{closed.Number}" };
        var missing = await Should.ThrowAsync<ProviderUnavailableException>(() => _provider.Prepare(nowhere, CancellationToken.None));
        missing.Message.ShouldContain("ollama serve");
        missing.Message.ShouldContain("OLLAMA_HOST");
        var finding = await _provider.Probe(nowhere, CancellationToken.None);
        (finding.Health, finding.Detail!.StartsWith("the server at http://127.0.0.1:", StringComparison.Ordinal)).ShouldBe((ProviderHealth.Inactive, true), finding.Detail);

        _server.On("GET /api/tags", 500, "broken");
        (await Should.ThrowAsync<ProviderUnavailableException>(() => _provider.Prepare(Environment(), CancellationToken.None))).Message.ShouldContain("answered 500");
    }

    [Fact]
    public async Task A_probe_tells_the_version()
    {
        _server.On("GET /api/tags", 200, """{"models":[]}""").On("GET /api/version", 200, """{"version":"0.9.6"}""");
        (await _provider.Probe(Environment(), CancellationToken.None)).ShouldBe(new ProviderFinding(ProviderHealth.Ready, "0.9.6"));
        await _provider.Prepare(Environment(), CancellationToken.None);
    }

    [Theory]
    [InlineData(null, null, "http://127.0.0.1:11434/")]
    [InlineData("gpu", null, "http://gpu:11434/")]
    [InlineData("gpu:1234", null, "http://gpu:1234/")]
    [InlineData(":1234", null, "http://localhost:1234/")]
    [InlineData("0.0.0.0", null, "http://127.0.0.1:11434/")]
    [InlineData("https://gpu.example", null, "https://gpu.example/")]
    [InlineData("http://gpu:99/ollama", null, "http://gpu:99/ollama/")]
    [InlineData(null, "http://gpu:5", "http://gpu:5/")]
    [InlineData("mine", "http://gpu:5", "http://mine:11434/")]
    [InlineData("[::1]", null, "http://[::1]:11434/")]
    public void The_address_is_completed(string? host, string? endpoint, string address) =>
        OllamaAddress.Of(host is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["OLLAMA_HOST"] = host }, endpoint)
            .AbsoluteUri.ShouldBe(address);

    [Theory]
    [InlineData("ftp://gpu")]
    [InlineData("http://me:hush@gpu")]
    [InlineData("a b")]
    public void What_is_no_address_is_refused(string host) =>
        Should.Throw<ProviderUnavailableException>(() => OllamaAddress.Of(new Dictionary<string, string> { ["OLLAMA_HOST"] = host }, null))
            .Message.ShouldSatisfyAllConditions(static text => text.ShouldContain("OLLAMA_HOST"), static text => text.ShouldNotContain("hush"));

    private Dictionary<string, string> Environment() => new() { ["OLLAMA_HOST"] = _server.Address.AbsoluteUri };

    private AgentRequest Request() => new()
    {
        Prompt = "Go & see.",
        WorkingDirectory = _place.Make("work"),
        Environment = Environment(),
        Host = _host,
        Model = "llama3",
    };
}
