using System.Text;
using System.Text.Json;
using Donmai.Core.Platform.Wire;
using Donmai.Sessions.Events;
using Donmai.Worker.Platform;

namespace Donmai.Worker.Tests.Platform;

public sealed class Activities_of_events
{
    private static readonly DateTimeOffset Now = new(2026, 5, 18, 9, 31, 2, TimeSpan.Zero);

    private static readonly ActivityPosterOptions Options = new() { SessionId = "s-1", PlatformUrl = FakePlatform.Url, ProviderName = "claude" };

    private readonly ActivityMapping _mapping = new(Options);
    private readonly ActivityComposer _composer = new(Options);

    [Fact, Trait("spec", "PA-26")]
    public void What_the_platform_does_not_show_is_never_sent()
    {
        foreach (var quiet in (AgentEvent?[])
                 [
                     new InitEvent { SessionId = "p" }, new SystemEvent { Subtype = "phase", Message = "x" }, new ToolProgressEvent { ToolName = "Bash" }, null,
                     new SystemEvent { Subtype = "compact_boundary" },
                 ])
            _mapping.Draft(quiet, Now).ShouldBeNull();
        Of(new AssistantTextEvent { Text = " \n\t" }).ShouldBeNull();
        Of(new AssistantTextEvent { Text = "" }).ShouldBeNull();
    }

    [Fact, Trait("spec", "PA-26")]
    public void Words_become_a_thought_trimmed_and_whole()
    {
        var words = new string('w', 1000);
        var thought = Of(new AssistantTextEvent { Text = $"  {words}\n" }).ShouldNotBeNull();
        (thought.Type, thought.Content, thought.ProviderName, thought.Timestamp).ShouldBe(("thought", words, "claude", "2026-05-18T09:31:02Z"));
    }

    [Theory, Trait("spec", "PA-26")]
    [InlineData("Bash", """{"command":"dotnet  test\r\n\t-v q "}""", "Bash: dotnet test -v q")]
    [InlineData("bash", """{"command":"ls"}""", "bash: ls")]
    [InlineData("Read", """{"file_path":"/a/b.cs"}""", "Read: /a/b.cs")]
    [InlineData("Edit", """{"file_path":"e"}""", "Edit: e")]
    [InlineData("Write", """{"file_path":"w"}""", "Write: w")]
    [InlineData("NotebookEdit", """{"file_path":"n"}""", "NotebookEdit: n")]
    [InlineData("Grep", """{"pattern":"x+"}""", "Grep: x+")]
    [InlineData("Glob", """{"pattern":"*.cs"}""", "Glob: *.cs")]
    [InlineData("Agent", """{"prompt":"p","description":"d"}""", "Agent: d")]
    [InlineData("Task", """{"prompt":"p"}""", "Task: p")]
    [InlineData("Bash", """{"command":7}""", "Bash")]
    [InlineData("Bash", "{}", "Bash")]
    [InlineData("Bash", "[1]", "Bash")]
    [InlineData("WebFetch", """{"url":"u"}""", "WebFetch")]
    [InlineData("", "{}", "tool")]
    public void A_tool_use_says_its_name_and_what_it_is_about(string tool, string input, string expected)
    {
        var action = Of(new ToolUseEvent { ToolName = tool, ToolUseId = "tu_5", Input = new JsonText(input), ToolCategory = "shell" }).ShouldNotBeNull();
        (action.Type, action.Content, action.ToolUseId, action.ToolCategory).ShouldBe(("action", expected, "tu_5", "shell"));
        action.ToolName.ShouldBe(tool.Length > 0 ? tool : null);
    }

    [Fact, Trait("spec", "PA-26")]
    public void A_tool_use_has_its_arguments_whole()
    {
        var input = $$$"""{"command":"{{{new string('c', 400)}}}","n":12345678901234567890,"deep":{"a":[true,null]}}""";
        var action = Of(new ToolUseEvent { ToolName = "Bash", Input = new JsonText(input) }).ShouldNotBeNull();
        action.ToolInput!.Text.ShouldBe(input);
        Encoding.UTF8.GetByteCount(action.Content).ShouldBe(200);
    }

    [Theory, Trait("spec", "PA-26")]
    [InlineData("Bash", false, "Bash result")]
    [InlineData("Bash", true, "Bash result (error)")]
    [InlineData(null, false, "tool result")]
    public void A_tool_result_says_whose_it_is(string? tool, bool isError, string expected)
    {
        var action = Of(new ToolResultEvent { ToolName = tool, ToolUseId = "t", Content = "out", IsError = isError }).ShouldNotBeNull();
        (action.Type, action.Content, action.ToolOutput, action.IsError, action.ToolName).ShouldBe(("action", expected, "out", isError, tool));
    }

    [Fact, Trait("spec", "PA-26")]
    public void The_end_of_a_turn_is_a_response()
    {
        Said(new ResultEvent { Success = true, Message = "Done." }).ShouldBe("response: Done.");
        Said(new ResultEvent { Success = true }).ShouldBe("response: Session completed");
        Said(new ResultEvent { Success = false, Errors = ["a", "b"] }).ShouldBe("response: a; b");
        Said(new ResultEvent { Success = false }).ShouldBe("response: Session ended");
        Said(new ErrorEvent { Message = "bad" }).ShouldBe("error: bad");
        Said(new ErrorEvent { Message = "", Code = "exit_nonzero" }).ShouldBe("error: exit_nonzero");
        Said(new ErrorEvent { Message = " " }).ShouldBe("error: agent error");
    }

    [Fact]
    public void Notices_are_context_where_the_platform_shows_them()
    {
        var told = new ActivityMapping(Options with { TellNotices = true }).Draft(new SystemEvent { Subtype = "compact_boundary", Message = "compacted" }, Now).ShouldNotBeNull();
        (told.Type, told.Words).ShouldBe(("context", "compacted"));
    }

    [Fact, Trait("spec", "PA-27")]
    public void Texts_are_cut_by_bytes_and_never_within_a_character()
    {
        ActivityText.Truncate(new string('x', 201), 200).ShouldBe(new string('x', 197) + "...");
        ActivityText.Truncate(new string('x', 200), 200).ShouldBe(new string('x', 200));
        ActivityText.Truncate(new string('o', 500), 500).ShouldBe(new string('o', 500));
        foreach (var letter in (string[])["é", "€", "😀", "👩‍👩‍👧‍👦", "e\u0301", "\r\n"])
            for (var limit = 3; limit < 60; limit++)
            {
                var cut = ActivityText.Truncate(string.Concat(Enumerable.Repeat(letter, 40)), limit);
                Encoding.UTF8.GetByteCount(cut).ShouldBeLessThanOrEqualTo(limit);
                cut.ShouldEndWith("...");
                cut[..^3].Replace(letter, "", StringComparison.Ordinal).ShouldBeEmpty($"{letter} at {limit}");
            }
    }

    [Fact, Trait("spec", "PA-27")]
    public void An_output_of_500_bytes_stays_and_a_longer_one_is_cut()
    {
        Of(new ToolResultEvent { Content = new string('o', 500) })!.ToolOutput.ShouldBe(new string('o', 500));
        Of(new ToolResultEvent { Content = new string('o', 5_000_000) })!.ToolOutput.ShouldBe(new string('o', 497) + "...");
    }

    [Fact, Trait("spec", "PA-28")]
    public void A_duration_is_that_between_a_use_and_its_result()
    {
        _mapping.Draft(new ToolUseEvent { ToolName = "Bash", ToolUseId = "a" }, Now);
        _mapping.Draft(new ToolResultEvent { ToolUseId = "a", Content = "" }, Now.AddMilliseconds(1234))!.DurationMs.ShouldBe(1234);
        _mapping.Draft(new ToolResultEvent { ToolUseId = "a", Content = "" }, Now.AddSeconds(9))!.DurationMs.ShouldBe(0, "a use has one result");
        _mapping.Draft(new ToolResultEvent { ToolUseId = "b", Content = "" }, Now)!.DurationMs.ShouldBe(0);
        _mapping.Draft(new ToolResultEvent { Content = "" }, Now)!.DurationMs.ShouldBe(0);
    }

    [Fact]
    public void An_agent_that_never_ends_its_tool_uses_fills_no_memory()
    {
        for (var use = 0; use < 100_000; use++)
            _mapping.Draft(new ToolUseEvent { ToolName = "Bash", ToolUseId = $"t{use}" }, Now);
        _mapping.Draft(new ToolResultEvent { ToolUseId = "t0", Content = "" }, Now.AddSeconds(1))!.DurationMs.ShouldBe(0);
        _mapping.Draft(new ToolResultEvent { ToolUseId = "t99999", Content = "" }, Now.AddSeconds(1))!.DurationMs.ShouldBe(1000);
    }

    [Fact]
    public void Members_without_a_value_are_left_out()
    {
        var json = Json(new AssistantTextEvent { Text = "hello" });
        json.ShouldBe("""{"type":"thought","content":"hello","providerName":"claude","timestamp":"2026-05-18T09:31:02Z"}""");
    }

    [Fact]
    public void Secrets_and_what_stands_under_a_sensitive_name_are_hidden()
    {
        const string Token = "ghp_abcdefghijklmnopqrstuvwxyz0123";
        var use = new ToolUseEvent { ToolName = "Bash", Input = new JsonText($$"""{"command":"curl -H {{Token}}","api_key":"plain","max_tokens":5}""") };
        var json = Json(use);
        json.ShouldNotContain(Token);
        json.ShouldNotContain("plain");
        json.ShouldContain("\"max_tokens\":5");
        Json(new ToolResultEvent { Content = new string('x', 490) + " " + Token }).ShouldNotContain("ghp_");
        Json(new AssistantTextEvent { Text = $"the token is {Token}" }).ShouldContain("the token is [hidden]");
    }

    [Fact]
    public void No_text_is_longer_than_32_KiB_and_no_activity_than_256()
    {
        var huge = new string('ä', 1_000_000);
        Bytes(Of(new AssistantTextEvent { Text = huge })!.Content).ShouldBeInRange(32 * 1024 - 2, 32 * 1024);
        Bytes(Of(new ResultEvent { Success = true, Message = huge })!.Content).ShouldBeInRange(32 * 1024 - 2, 32 * 1024);
        var control = new string('\u0001', 1_000_000);
        Bytes(Json(new ErrorEvent { Message = control, Code = control })).ShouldBeLessThan(256 * 1024);
        Json(new ToolUseEvent { ToolName = "Bash", Input = new JsonText($$"""{"a":"{{huge}}"}""") }).ShouldNotContain("toolInput");
        var many = $$"""{"a":[{{string.Join(',', Enumerable.Repeat($"\"{new string('ä', 20_000)}\"", 12))}}]}""";
        Bytes(Json(new ToolUseEvent { ToolName = "Bash", Input = new JsonText(many) })).ShouldBeLessThan(256 * 1024);
        Bytes(Json(new ToolUseEvent { ToolName = control, ToolUseId = control, ToolCategory = control })).ShouldBeLessThan(256 * 1024);
    }

    [Theory]
    [InlineData("\"\\ud800 half\"")]
    [InlineData("{\"command\":\"\\udc00\",\"\\ud83d\":1}")]
    [InlineData("{\"command\":")]
    public void Arguments_that_are_no_proper_text_do_no_harm(string input)
    {
        var json = Json(new ToolUseEvent { ToolName = "Bash", Input = new JsonText(input) });
        JsonDocument.Parse(json).RootElement.GetProperty("toolName").GetString().ShouldBe("Bash");
    }

    [Fact]
    public void Half_of_a_surrogate_pair_becomes_valid_text()
    {
        var json = Json(new AssistantTextEvent { Text = "a\ud83d" });
        JsonDocument.Parse(json).RootElement.GetProperty("content").GetString().ShouldBe("a\ufffd");
    }

    [Fact]
    public void Arguments_as_deep_as_they_like_do_no_harm()
    {
        var deep = $"{{\"command\":\"x\",\"a\":{string.Concat(Enumerable.Repeat('[', 950))}{string.Concat(Enumerable.Repeat(']', 950))}}}";
        var action = Of(new ToolUseEvent { ToolName = "Bash", Input = new JsonText(deep) }).ShouldNotBeNull();
        (action.Content, action.ToolInput).ShouldBe(("Bash: x", null));
        var allowed = $"{{\"command\":\"x\",\"a\":{string.Concat(Enumerable.Repeat('[', 40))}{string.Concat(Enumerable.Repeat(']', 40))}}}";
        Json(new ToolUseEvent { ToolName = "Bash", Input = new JsonText(allowed) }).ShouldContain("[[[[");
    }

    private static int Bytes(string text) => Encoding.UTF8.GetByteCount(text);

    private string Said(AgentEvent happening) => Of(happening) is { } activity ? $"{activity.Type}: {activity.Content}" : "";

    private PlatformActivity? Of(AgentEvent happening) => _mapping.Draft(happening, Now) is { } draft ? _composer.Compose(draft) : null;

    private string Json(AgentEvent happening)
    {
        var body = new Donmai.Core.Platform.OutboxRequests("s-1", 1, FakePlatform.Url, TimeProvider.System).Activity(1, Of(happening)!).Body.Text;
        return JsonDocument.Parse(body).RootElement.GetProperty("activity").GetRawText();
    }
}
