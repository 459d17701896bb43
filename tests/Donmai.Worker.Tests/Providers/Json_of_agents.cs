using System.Diagnostics;
using System.Text.Json;
using Donmai.Core.Providers;
using Donmai.Sessions.Events;
using Donmai.Worker.Providers;
using Donmai.Worker.Providers.Claude;
using Donmai.Worker.Providers.Codex;
using Donmai.Worker.Providers.Gemini;
using Donmai.Worker.Providers.Generic;
using Donmai.Worker.Providers.Http;
using Donmai.Worker.Providers.Opencode;

namespace Donmai.Worker.Tests.Providers;

/// <summary>What agents print is JSON of any shape.</summary>
public sealed class Json_of_agents
{
    private static readonly string Deep = string.Concat(Enumerable.Repeat("{\"a\":", 200)) + "1" + new string('}', 200);

    [Theory, Trait("spec", "WK-48")]
    [InlineData("claude", """{"type":"assistant","message":{"content":[{"type":"tool_use","id":"t","name":"Bash","input":DEEP}]}}""")]
    [InlineData("gemini", """{"type":"tool_use","tool_name":"Bash","tool_id":"t","parameters":DEEP}""")]
    [InlineData("opencode", """{"type":"tool_use","part":{"tool":"Bash","callID":"t","state":{"input":DEEP}}}""")]
    [InlineData("mine", """{"kind":"tool_use","toolName":"Bash","toolUseId":"t","input":DEEP}""")]
    [InlineData("codex", """{"item":{"id":"t","type":"mcpToolCall","server":"s","tool":"Bash","arguments":DEEP}}""")]
    public void Arguments_nested_deeper_than_events_can_be_are_left_out_and_nothing_else_is(string agent, string line)
    {
        var whole = Decode(agent, line.Replace("DEEP", """{"a":1}""", StringComparison.Ordinal)).OfType<ToolUseEvent>().Single();
        var use = Decode(agent, line.Replace("DEEP", Deep, StringComparison.Ordinal)).OfType<ToolUseEvent>().Single();

        whole.Input!.Text.ShouldBe("""{"a":1}""");
        use.ShouldBe(whole with { Input = null });
        JsonSerializer.Deserialize(JsonSerializer.Serialize(use, ControlApiJson.Default.AgentEvent), ControlApiJson.Default.AgentEvent).ShouldBe(use);
    }

    [Theory, Trait("spec", "WK-48")]
    [InlineData("claude", """{"type":"result","subtype":"success","result":"ok","DEEP":DEEP}""")]
    [InlineData("gemini", """{"type":"result","status":"success","DEEP":DEEP}""")]
    [InlineData("mine", """{"kind":"result","DEEP":DEEP}""")]
    public void A_result_is_one_whatever_is_nested_in_it(string agent, string line) =>
        Decode(agent, line.Replace(":DEEP", $":{Deep}", StringComparison.Ordinal)).OfType<ResultEvent>().Single().Success.ShouldBeTrue();

    [Theory, Trait("spec", "WK-48")]
    [InlineData("claude", """{"\ud800":1,"type":"assistant","message":{"content":[{"type":"text","text":"hi","\udfff":2}]}}""")]
    [InlineData("gemini", """{"\ud800":1,"type":"message","role":"assistant","content":"hi"}""")]
    [InlineData("opencode", """{"\ud800":1,"type":"text","part":{"\ud800":1,"text":"hi"}}""")]
    [InlineData("mine", """{"\ud800":1,"kind":"assistant_text","text":"hi"}""")]
    [InlineData("codex", """{"\ud800":1,"item":{"\ud800":1,"id":"a","type":"agentMessage","text":"hi"}}""")]
    public void A_name_that_no_text_can_hold_hides_nothing(string agent, string line) =>
        Decode(agent, line).OfType<AssistantTextEvent>().Single().Text.ShouldBe("hi");

    [Fact]
    public void A_hundred_thousand_messages_are_counted_in_no_time()
    {
        const int Count = 100_000;
        var usage = new ClaudeUsage();
        using var used = JsonDocument.Parse("""{"usage":{"input_tokens":3}}""");
        var watch = Stopwatch.StartNew();
        for (var number = 0; number < Count; number++)
            usage.Take(used.RootElement);
        usage.Total.InputTokens.ShouldBe(3 * Count);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void An_event_of_a_server_that_never_ends_fills_no_memory()
    {
        var parts = new ServerEvents();
        var line = $"data: {new string('x', 1024 * 1024)}";
        for (var count = 0; count < 100; count++)
            parts.Take(line).ShouldBeNull();
        parts.Take("")!.Length.ShouldBeLessThanOrEqualTo(32 * 1024 * 1024);
        parts.Take("data: next");
        parts.Take("").ShouldBe("next");
    }

    private static IReadOnlyList<AgentEvent> Decode(string agent, string line)
    {
        switch (agent)
        {
            case "claude":
                return new ClaudeDecoder().Decode(line);
            case "gemini":
                var gemini = new GeminiDecoder();
                return [.. gemini.Decode(line), .. gemini.End(default!)];
            case "opencode":
                return new OpencodeDecoder().Decode(line);
            case "mine":
                return new MappedLines(new GenericMapping(), "s", static _ => { }).Decode(line);
            default:
                var codex = new CodexDecoder(new CodexUsage("m", new Dictionary<string, ModelPrice>()));
                codex.Begin(isFirstOfThread: true);
                using (var document = ForeignJson.Parse(line)!)
                    return codex.Take("item/completed", document.RootElement);
        }
    }
}
