using System.Text.Json;
using Donmai.Sessions.Events;
using Donmai.Worker.Providers.Claude;
using Donmai.Worker.Sessions;

namespace Donmai.Worker.Tests.Providers;

public sealed class Claude_lines
{
    private readonly ClaudeDecoder _decoder = new();

    [Fact, Trait("spec", "WK-43")]
    public void The_fixture_gives_its_18_events()
    {
        var events = Claude_fixture.Lines.SelectMany(_decoder.Decode).ToList();
        events.Select(Brief).ShouldBe(
        [
            $"init {Claude_fixture.SessionId}", "text I will run the tests first.", "use Bash toolu_1 shell", "progress Bash 12.5",
            "result Bash toolu_1 True Failed: 1 of 42", "use Task toolu_2 ", "text/toolu_2 src/Round.cs:14. WORK_RESULT:failed",
            "result Task toolu_2 False src/Round.cs:14", "system rate_limit", "text Fixing it.", "use Edit toolu_3 filesystem",
            "result Edit toolu_3 False ok", "system user_message", "use Bash toolu_4 shell",
            "result Bash toolu_4 False https://github.com/acme/billing/pull/912\n", "system compact_boundary",
            "text Pull request is open.\n\nWORK_RESULT:passed", "end True",
        ]);
        var cost = events.OfType<ResultEvent>().Single().Cost!;
        (cost.InputTokens, cost.OutputTokens, cost.CachedInputTokens, cost.TotalCostUsd, cost.NumTurns).ShouldBe((61, 250, 9060, 0.2143, 6));
        ((ToolUseEvent)events[2]).Input!.Text.ShouldBe("""{"command":"dotnet test"}""");
    }

    [Fact, Trait("spec", "WK-43")]
    public void The_fixture_s_observation_is_pull_request_marker_sub_agent_and_budget_tokens()
    {
        var seen = new SessionObservation();
        seen.BeginTurn();
        var events = Claude_fixture.Lines.SelectMany(_decoder.Decode).ToList();
        events.ForEach(seen.Take);
        seen.ProviderSessionId.ShouldBe(Claude_fixture.SessionId);
        seen.SubAgents.ShouldBe(1);
        WorkMarker.Find(seen.Spoken, seen.FinalMessage).ShouldBe("passed");
        PullRequests.In(seen.ToolAnswers + seen.Spoken, "https://github.com/acme/billing").First().ShouldBe("https://github.com/acme/billing/pull/912");
        var usage = events.OfType<AssistantTextEvent>().Last().Usage!;
        (usage.InputTokens + usage.CacheWriteTokens + usage.OutputTokens).ShouldBe(3421);
        TurnVerdict.Decide(null, seen, []).ShouldBe(SessionEnd.Completed);
    }

    [Theory, Trait("spec", "WK-47")]
    [InlineData("""{"type":"result","subtype":"error_during_execution","is_error":true,"errors":["No conversation found with session ID: x"],"num_turns":0,"usage":{}}""", "No conversation found with session ID: x", "error_during_execution")]
    [InlineData("""{"type":"result","subtype":"error_max_turns","errors":[{"message":"too many"},{"message":""},"and more"]}""", "too many; and more", "error_max_turns")]
    [InlineData("""{"type":"result","subtype":"success","is_error":true,"result":"API Error"}""", "API Error", "success")]
    [InlineData("""{"type":"result"}""", "", "error")]
    [InlineData("""{"type":"result","subtype":"success","is_error":"maybe","result":"x"}""", "x", "unreadable_result")]
    [InlineData("""{"type":"result","subtype":7,"usage":"much","num_turns":"x","total_cost_usd":[],"errors":{}}""", "", "unreadable_result")]
    public void A_result_is_a_result_whatever_its_members_are(string line, string errors, string subtype)
    {
        var result = _decoder.Decode(line).ShouldHaveSingleItem().ShouldBeOfType<ResultEvent>();
        result.Success.ShouldBeFalse();
        string.Join("; ", result.Errors ?? []).ShouldBe(errors);
        result.ErrorSubtype.ShouldBe(subtype);
    }

    [Theory, Trait("spec", "WK-48")]
    [InlineData("not json")]
    [InlineData("""{"no":"type"}""")]
    [InlineData("[1,2]")]
    [InlineData("\"text\"")]
    public void Unreadable_lines_are_notices(string line)
    {
        var notice = _decoder.Decode(line).ShouldHaveSingleItem().ShouldBeOfType<SystemEvent>();
        (notice.Subtype, notice.Message).ShouldBe(("undecodable_line", line));
    }

    [Theory]
    [InlineData("""{"type":"system","subtype":"","status":"s"}""", "system unknown", "s")]
    [InlineData("""{"type":"system","subtype":"status","status":"compacting","message":"m"}""", "system status", "compacting")]
    [InlineData("""{"type":"auth_status","isAuthenticating":true}""", "system auth_status", "in progress")]
    [InlineData("""{"type":"auth_status","isAuthenticating":false}""", "system auth_status", "done")]
    [InlineData("""{"type":"surprise"}""", "system unknown", "surprise")]
    public void Notices(string line, string brief, string message)
    {
        var notice = _decoder.Decode(line).ShouldHaveSingleItem().ShouldBeOfType<SystemEvent>();
        Brief(notice).ShouldBe(brief);
        notice.Message.ShouldBe(message);
    }

    [Fact]
    public void An_error_of_the_login_is_an_error() =>
        _decoder.Decode("""{"type":"auth_status","error":"expired"}""").ShouldHaveSingleItem().ShouldBe(new ErrorEvent { Message = "expired", Code = "auth_status" });

    [Theory]
    [InlineData("""{"type":"assistant","message":{"content":[{"type":"text","text":"a\ud800b"}]}}""", "a\ufffdb")]
    [InlineData("""{"type":"assistant","message":{"content":[{"type":"text","text":"😀"}]}}""", "😀")]
    [InlineData("""{"type":"assistant","message":{"content":[{"type":"text","text":7},{"type":"text","text":"ok"},null,"x"]}}""", "ok")]
    public void Odd_text_is_survived(string line, string text) => _decoder.Decode(line).OfType<AssistantTextEvent>().Single().Text.ShouldBe(text);

    private static string Brief(AgentEvent happening) => happening switch
    {
        InitEvent init => $"init {init.SessionId}",
        SystemEvent notice => $"system {notice.Subtype}",
        AssistantTextEvent text => $"text{(text.ParentToolUseId is null ? "" : "/" + text.ParentToolUseId)} {text.Text}",
        ToolUseEvent use => $"use {use.ToolName} {use.ToolUseId} {use.ToolCategory}",
        ToolResultEvent result => $"result {result.ToolName} {result.ToolUseId} {result.IsError} {result.Content}",
        ToolProgressEvent progress => $"progress {progress.ToolName} {JsonSerializer.Serialize(progress.ElapsedSeconds)}",
        ResultEvent end => $"end {end.Success}",
        _ => happening.ToString(),
    };
}
