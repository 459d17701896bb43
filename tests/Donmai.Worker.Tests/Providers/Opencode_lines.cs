using Donmai.Core.Sessions.Children;
using Donmai.Sessions.Events;
using Donmai.Worker.Providers.Opencode;

namespace Donmai.Worker.Tests.Providers;

public sealed class Opencode_lines
{
    private readonly OpencodeDecoder _decoder = new();

    [Fact, Trait("spec", "WK-63"), Trait("spec", "WK-34")]
    public void A_run_of_two_steps()
    {
        var events = Decode(
            Opencode_fixture.Start,
            Opencode_fixture.Says("Looking."),
            Opencode_fixture.Uses("c1", ""","state":{"status":"running","input":{"command":"ls"}}"""),
            Opencode_fixture.Uses("c1", ""","state":{"status":"completed","input":{"command":"ls"},"output":"a.txt"}"""),
            Opencode_fixture.ToolCalls,
            Opencode_fixture.Start,
            Opencode_fixture.Says("Done."),
            Opencode_fixture.Stop);

        events.Select(static happening => happening.GetType().Name).ShouldBe(
            ["InitEvent", "AssistantTextEvent", "ToolUseEvent", "ToolResultEvent", "AssistantTextEvent", "ResultEvent"]);
        events[0].ShouldBeOfType<InitEvent>().SessionId.ShouldBe("ses_1");
        var use = events[2].ShouldBeOfType<ToolUseEvent>();
        (use.ToolName, use.ToolUseId, use.Input!.Text, use.ToolCategory).ShouldBe(("bash", "c1", """{"command":"ls"}""", "shell"));
        var answer = events[3].ShouldBeOfType<ToolResultEvent>();
        (answer.ToolName, answer.ToolUseId, answer.Content, answer.IsError).ShouldBe(("bash", "c1", "a.txt", false));
        var result = events[5].ShouldBeOfType<ResultEvent>();
        result.Success.ShouldBeTrue();
        result.Cost.ShouldBe(new Donmai.Sessions.AgentCost
        {
            InputTokens = 110,
            OutputTokens = 220,
            ReasoningTokens = 3,
            CachedInputTokens = 55,
            CacheWriteTokens = 7,
            TotalCostUsd = 0.03,
        });
    }

    [Fact, Trait("spec", "WK-63")]
    public void A_tool_without_a_state_is_a_use_and_a_failed_one_has_a_result()
    {
        var events = Decode(
            Opencode_fixture.Uses("c1", ""),
            Opencode_fixture.Uses("c2", ""","state":{"status":"error","error":"no such file"}"""),
            Opencode_fixture.Uses("c3", ""","state":"broken" """));

        events.OfType<ToolUseEvent>().Select(static use => use.ToolUseId).ShouldBe(["c1", "c2", "c3"]);
        var failed = events.OfType<ToolResultEvent>().ShouldHaveSingleItem();
        (failed.ToolUseId, failed.Content, failed.IsError).ShouldBe(("c2", "no such file", true));
        events.OfType<InitEvent>().ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("length")]
    [InlineData("content-filter")]
    [InlineData("error")]
    public void The_last_step_decides(string reason)
    {
        var result = Decode(Opencode_fixture.Stop, Opencode_fixture.Finishes(reason))[^1].ShouldBeOfType<ResultEvent>();
        (result.Success, result.ErrorSubtype).ShouldBe((false, reason));
    }

    [Fact]
    public void A_run_that_ends_between_steps_or_by_an_error_has_no_result()
    {
        Decode(Opencode_fixture.ToolCalls).OfType<ResultEvent>().ShouldBeEmpty();
        var events = Decode(
            Opencode_fixture.Stop, """{"type":"error","sessionID":"ses_1","error":{"name":"ProviderAuthError","data":{"message":"Invalid API key"}}}""");
        events.OfType<ErrorEvent>().ShouldHaveSingleItem().Message.ShouldBe("Invalid API key");
        events.OfType<ResultEvent>().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"name":"UnknownError"}""", "UnknownError")]
    [InlineData("\"plain\"", "plain")]
    [InlineData("""{"name":"A","data":{"message":"words"}}""", "words")]
    public void An_error_is_told_in_its_words(string error, string words) =>
        Decode($$"""{"type":"error","error":{{error}}}""").ShouldHaveSingleItem().ShouldBeOfType<ErrorEvent>().Message.ShouldBe(words);

    [Theory, Trait("spec", "WK-48")]
    [InlineData("not json", "undecodable_line")]
    [InlineData("[]", "undecodable_line")]
    [InlineData("{}", "undecodable_line")]
    [InlineData("""{"type":7}""", "undecodable_line")]
    [InlineData("""{"type":"snapshot"}""", "unknown")]
    [InlineData("""{"type":"step_finish","part":7}""", "step_finish_unknown")]
    public void What_cannot_be_read_is_a_notice(string line, string subtype) =>
        Decode(line).ShouldHaveSingleItem().ShouldBeOfType<SystemEvent>().Subtype.ShouldBe(subtype);

    private List<AgentEvent> Decode(params string[] lines) => [.. lines.SelectMany(_decoder.Decode), .. _decoder.End(new ChildExit(0, null))];
}
