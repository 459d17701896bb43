using System.Text.Json;
using Donmai.Core.Providers;
using Donmai.Sessions.Events;
using Donmai.Worker.Providers.Codex;

namespace Donmai.Worker.Tests.Providers;

/// <summary>Notifications of both dialects as events (worker.md §4.3.3 to §4.3.6).</summary>
public sealed class Codex_notifications
{
    private readonly CodexUsage _usage = new("gpt-5-codex", CodexModels.Prices(ProviderSettings.None));
    private readonly CodexDecoder _decoder;

    public Codex_notifications()
    {
        _decoder = new CodexDecoder(_usage) { ThreadId = "thr_7" };
        _decoder.Begin(isFirstOfThread: true);
    }

    [Theory]
    [InlineData("thread/closed", "{}", "system:thread_closed")]
    [InlineData("thread/status/changed", "{}", "system:thread_status_changed")]
    [InlineData("thread/started", """{"thread":{"id":"thr_7"}}""", "")]
    [InlineData("turn/started", """{"turn":{"id":"t"}}""", "system:turn_started")]
    [InlineData("turn/diff/updated", """{"diff":"+a"}""", "system:diff_updated:+a")]
    [InlineData("turn/plan/updated", """{"plan":[{"step":"a"}]}""", """system:plan_updated:[{"step":"a"}]""")]
    [InlineData("something/new", "{}", "system:unknown:something/new")]
    [InlineData("item/plan/delta", """{"delta":"x"}""", "")]
    [InlineData("codex/event/agent_message", """{"msg":{}}""", "")]
    [InlineData("turn/completed", """{"turn":{"status":"paused"}}""", "system:turn_completed:paused")]
    [InlineData("turn/completed", """{"turn":{}}""", "end+:")]
    [InlineData("turn/completed", """{"turn":{"status":"interrupted"}}""", "end-:interrupted")]
    [InlineData("turn/completed", """{"turn":{"status":"failed"}}""", "end-:turn_failed:the turn failed")]
    [InlineData("turn/completed", """{"turn":{"status":"failed","error":{"message":"m","codexErrorInfo":{"httpConnectionFailed":{}}}}}""", "end-:httpConnectionFailed:m (stream disconnected)")]
    [InlineData("error", """{"error":{"message":"m"}}""", "error:codex_error:True:m")]
    [InlineData("error", """{"error":{"message":"m","codexErrorInfo":"unauthorized"},"willRetry":true}""", "error:auth_required:False:m (unauthorized)")]
    [InlineData("item/started", """{"item":{"id":"a","type":"plan"}}""", "system:plan")]
    [InlineData("item/started", """{"item":{"id":"a","type":"webSearch","query":"q"}}""", "system:web_search:q")]
    [InlineData("item/completed", """{"item":{"id":"a","type":"contextCompaction"}}""", "system:context_compaction")]
    [InlineData("item/completed", """{"item":{"id":"a","type":"imageView"}}""", "system:unknown_item:imageView")]
    [InlineData("item/completed", """{"item":{"id":"a"}}""", "")]
    [InlineData("item/completed", """{"item":{"id":"a","type":"userMessage"}}""", "")]
    [InlineData("item/completed", """{"item":{"id":"a","type":"reasoning","summary":["x","y"]}}""", "system:reasoning:x\ny")]
    [InlineData("item/completed", """{"item":{"id":"a","type":"reasoning","summary":[],"content":[{"text":"z"}]}}""", "system:reasoning:z")]
    [InlineData("item/completed", """{"item":{"id":"a","type":"reasoning","summary":"s"}}""", "system:reasoning:s")]
    [InlineData("item/completed", """{"item":{"id":"a","type":"agentMessage","text":""}}""", "")]
    [InlineData("item/started", """{"item":{"id":"a","type":"agentMessage","text":"x"}}""", "")]
    [InlineData("item/completed", """{"item":{"id":"a","type":"commandExecution","command":["ls","-l"],"text":"old","exitCode":2}}""", """use:shell:{"command":"ls -l"} result:True:old""")]
    [InlineData("item/completed", """{"item":{"id":"a","type":"commandExecution","command":"x","status":"declined"}}""", """use:shell:{"command":"x"} result:True:""")]
    [InlineData("item/completed", """{"item":{"id":"a","type":"fileChange","status":"failed","changes":[{"path":"p","kind":"add"}]}}""", """use:file_change:{"changes":["add: p"]} result:True:add: p""")]
    [InlineData("item/completed", """{"item":{"id":"a","type":"fileChange","changes":{"p":{"type":"delete"}}}}""", """use:file_change:{"changes":["delete: p"]} result:False:delete: p""")]
    [InlineData("item/completed", """{"item":{"id":"a","type":"mcpToolCall","server":"s","tool":"t","arguments":{"a":1},"result":{"content":[{"type":"text","text":"r"}]}}}""", """use:mcp__s__t:{"a":1} result:False:[{"type":"text","text":"r"}]""")]
    [InlineData("item/completed", """{"item":{"id":"a","type":"mcpToolCall","tool":"t","arguments":"?","error":{"message":"e"}}}""", "use:mcp:unknown/t: result:True:e")]
    [InlineData("item/completed", """{"item":{"id":"a","type":"mcpToolCall","server":"s","error":"e"}}""", "use:mcp:s/unknown: result:True:e")]
    [InlineData("turn/started", """{"threadId":"another","turn":{"id":"t"}}""", "")]
    [InlineData("turn/completed", """{"turn":{"id":"t","threadId":"another"}}""", "")]
    [InlineData("item/completed", "[]", "")]
    [InlineData("item/completed", """{"item":7}""", "")]
    [InlineData("item/agentMessage/delta", """{"delta":5}""", "")]
    [InlineData("turn/completed", "7", "end+:")]
    public void A_notification_is_these_events(string method, string parameters, string expected) =>
        string.Join(' ', Take(method, parameters).Select(Brief)).ShouldBe(expected);

    [Fact]
    public void Arguments_that_are_nested_deeper_than_events_can_be_are_left_out()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 200)) + "1" + new string('}', 200);
        using var document = JsonDocument.Parse($$$"""{"item":{"id":"a","type":"mcpToolCall","server":"s","tool":"t","arguments":{{{deep}}}}}""", new JsonDocumentOptions { MaxDepth = 1000 });
        _decoder.Take("item/started", document.RootElement).ShouldHaveSingleItem().ShouldBeOfType<ToolUseEvent>().Input.ShouldBeNull();
    }

    [Fact]
    public void A_message_that_comes_in_pieces_is_told_once()
    {
        Piece("a", "Hello ").ShouldBeEmpty();
        Piece("a", new string('x', 5000)).ShouldBe(["Hello " + new string('x', 5000)]);
        Piece("a", " and").ShouldBeEmpty();
        End("a", "Hello " + new string('x', 5000) + " and more").ShouldBe([" and more"]);
        End("b", "whole").ShouldBe(["whole"]);

        Piece("c", "told").ShouldBeEmpty();
        Texts(_decoder.Flush()).ShouldBe(["told"]);
        _decoder.HoldsText.ShouldBeFalse();
        End("c", "told").ShouldBeEmpty();
        Piece("d", "no whole text").ShouldBeEmpty();
        Texts(Take("item/completed", """{"item":{"id":"d","type":"agentMessage"}}""")).ShouldBe(["no whole text"]);
    }

    [Fact]
    public void What_was_said_before_a_tool_call_is_told_before_it()
    {
        Piece("a", "Looking. ").ShouldBeEmpty();
        string.Join(' ', Take("item/started", """{"item":{"id":"x","type":"commandExecution","command":"ls"}}""").Select(Brief))
            .ShouldBe("""said:Looking.  use:shell:{"command":"ls"}""");
        End("a", "Looking. Done.").ShouldBe(["Done."]);
    }

    [Fact]
    public void Pieces_of_an_item_without_an_end_are_told_with_the_turn_s_end()
    {
        Piece("a", "half").ShouldBeEmpty();
        string.Join(' ', Take("turn/completed", """{"turn":{"status":"interrupted"}}""").Select(Brief)).ShouldBe("said:half end-:interrupted");
    }

    [Fact]
    public void Output_of_a_command_is_progress_until_its_end()
    {
        Take("item/commandExecution/outputDelta", """{"itemId":"x","delta":"\u001b[1mline\u001b[0m"}""").ShouldBeEmpty();
        string.Join(' ', _decoder.Flush().Select(Brief)).ShouldBe("system:command_progress:line");
        Take("item/commandExecution/outputDelta", """{"itemId":"x","delta":"rest"}""").ShouldBeEmpty();
        Take("item/completed", """{"item":{"id":"x","type":"commandExecution","command":"c","aggregatedOutput":"line rest"}}""").Select(Brief)
            .ShouldBe(["""use:shell:{"command":"c"}""", "result:False:line rest"]);
    }

    [Fact, Trait("spec", "WK-34")]
    public void A_call_is_told_once_and_its_result_after_it()
    {
        const string Item = """{"item":{"id":"x","type":"fileChange","changes":[{"path":"p","kind":{"type":"add"}}]}}""";
        Take("item/started", Item).Select(Brief).ShouldBe(["""use:file_change:{"changes":["add: p"]}"""]);
        _decoder.PathsOf("x").ShouldBe(["p"]);
        Take("item/completed", Item).Select(Brief).ShouldBe(["result:False:add: p"]);
        _decoder.PathsOf("x").ShouldBeNull();
    }

    [Fact, Trait("spec", "WK-34")]
    public void Nothing_is_told_between_turns_and_of_another_turn()
    {
        _decoder.TurnId = "t1";
        Take("turn/completed", """{"turn":{"id":"t0"}}""").ShouldBeEmpty();
        Take("turn/completed", """{"turn":{"id":"t1"}}""").OfType<ResultEvent>().ShouldHaveSingleItem();
        Take("turn/completed", """{"turn":{"id":"t1"}}""").ShouldBeEmpty();
        Take("thread/status/changed", "{}").ShouldBeEmpty();
        Piece("a", "late").ShouldBeEmpty();
        _decoder.HoldsText.ShouldBeFalse();
    }

    [Fact, Trait("spec", "WK-60")]
    public void Cost_is_what_the_table_says_and_none_for_an_unknown_model()
    {
        const string Usage = """{"input_tokens":500000,"cached_input_tokens":100000,"output_tokens":100000}""";
        Cost("gpt-5-codex", Usage).ShouldBe(1.65);
        Cost("gpt-5.2-codex", Usage)!.Value.ShouldBe(0.825, 1e-9);
        Cost("gpt-9", Usage).ShouldBeNull();
        Cost("gpt-9", Usage, new ProviderSettings { Prices = { ["gpt-9"] = new ModelPrice(1, 1, 1) } })!.Value.ShouldBe(0.6, 1e-9);
    }

    [Fact]
    public void A_resumed_thread_is_not_charged_for_what_was_said_before()
    {
        _decoder.Begin(isFirstOfThread: false);
        var resumed = new CodexUsage("m", new Dictionary<string, ModelPrice>());
        resumed.Begin(isFirstOfThread: false);
        using var update = JsonDocument.Parse("""{"total":{"inputTokens":900},"last":{"inputTokens":100}}""");
        resumed.TakeThread(update.RootElement);
        resumed.Turn().InputTokens.ShouldBe(100);
    }

    [Fact]
    public void Tokens_so_far_come_with_words_and_calls()
    {
        Take("thread/tokenUsage/updated", """{"tokenUsage":{"total":{"inputTokens":10,"outputTokens":5},"last":{"inputTokens":10,"outputTokens":5}}}""").ShouldBeEmpty();
        Take("item/completed", """{"item":{"id":"a","type":"agentMessage","text":"x"}}""").OfType<AssistantTextEvent>().Single().Usage!.OutputTokens.ShouldBe(5);
    }

    private static double? Cost(string model, string usage, ProviderSettings? settings = null)
    {
        var counted = new CodexUsage(model, CodexModels.Prices(settings ?? ProviderSettings.None));
        counted.Begin(isFirstOfThread: true);
        using var document = JsonDocument.Parse(usage);
        counted.TakeTurn(document.RootElement);
        return counted.Turn().TotalCostUsd;
    }

    private List<string> Piece(string item, string text) => Texts(Take("item/agentMessage/delta", $$"""{"itemId":"{{item}}","delta":"{{text}}"}"""));

    private List<string> End(string item, string text) => Texts(Take("item/completed", $$$"""{"item":{"id":"{{{item}}}","type":"agentMessage","text":"{{{text}}}"}}"""));

    private static List<string> Texts(IEnumerable<AgentEvent> events) => [.. events.OfType<AssistantTextEvent>().Select(static said => said.Text)];

    private List<AgentEvent> Take(string method, string parameters)
    {
        using var document = JsonDocument.Parse(parameters);
        return _decoder.Take(method, document.RootElement);
    }

    private static string Brief(AgentEvent happening) => happening switch
    {
        SystemEvent notice => notice.Message is null ? $"system:{notice.Subtype}" : $"system:{notice.Subtype}:{notice.Message}",
        AssistantTextEvent said => $"said:{said.Text}",
        ToolUseEvent use => $"use:{use.ToolName}:{use.Input?.Text}",
        ToolResultEvent result => $"result:{result.IsError}:{result.Content}",
        ErrorEvent error => $"error:{error.Code}:{error.Fatal}:{error.Message}",
        ResultEvent { Success: true } => "end+:",
        ResultEvent { ErrorSubtype: "interrupted" } => "end-:interrupted",
        ResultEvent end => $"end-:{end.ErrorSubtype}:{string.Join(';', end.Errors!)}",
        _ => "?",
    };
}
