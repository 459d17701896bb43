using Donmai.Cli.Sessions;
using Donmai.Sessions.Events;

namespace Donmai.Cli.Tests.Sessions;

public sealed class Events_as_lines
{
    public static TheoryData<AgentEvent, string> Events => new()
    {
        { new InitEvent { SessionId = "c1a0" }, "* agent session c1a0" },
        { new SystemEvent { Subtype = "phase", Message = "cloning /src/shop" }, "* cloning /src/shop" },
        { new SystemEvent { Subtype = "retry", Message = "in 5 s" }, "* retry: in 5 s" },
        { new SystemEvent { Subtype = "starting" }, "* starting" },
        { new AssistantTextEvent { Text = "First.\n\nSecond.\n" }, "- First.\n\n  Second." },
        { new AssistantTextEvent { Text = "\u001b]0;title\u0007hello" }, "- \ufffd]0;title\ufffdhello" },
        { Use("Edit", """{"old":"x","file_path":"/src/tree/src/a.cs"}"""), "> Edit src/a.cs" },
        { Use("Bash", """{"command":"dotnet\ttest\n--all"}"""), "> Bash dotnet    test --all" },
        { Use("Odd", """{"number":1,"text":"only text"}"""), "> Odd only text" },
        { Use("Odd", "null"), "> Odd" },
        { Use("Odd", """[1]"""), "> Odd" },
        { new ToolResultEvent { Content = "one\ntwo\nthree\n", ToolUseId = "t" }, "  one  (+2 lines)" },
        { new ToolResultEvent { Content = "", ToolUseId = "t" }, "  (no output)" },
        { new ToolResultEvent { Content = "no such file", IsError = true }, "x no such file" },
        { new ToolProgressEvent { ToolName = "Bash", ElapsedSeconds = 3 }, "" },
        { new ErrorEvent { Message = "it broke", Code = "provider_crash" }, "! provider_crash: it broke" },
        { new ResultEvent { Success = true, Message = "done" }, "" },
        { new ResultEvent { Success = false, Errors = ["one", "two"] }, "! one; two" },
    };

    [Theory]
    [MemberData(nameof(Events))]
    public void Each_kind_has_its_line(AgentEvent one, string lines) =>
        string.Join('\n', EventText.Lines(one, root: "/src/tree").Select(static line => line.ToString().TrimEnd(' '))).ShouldBe(lines.TrimEnd(' '), one.ToString());

    [Fact]
    public void The_time_of_day_stands_in_front_when_it_is_asked_for()
    {
        var moment = new DateTimeOffset(2026, 5, 7, 12, 34, 56, TimeSpan.Zero);

        EventText.Lines(new InitEvent { SessionId = "c1", Ts = moment }, withTime: true).Single().ToString()
            .ShouldBe($"{moment.ToLocalTime():HH:mm:ss} * agent session c1");
    }

    private static ToolUseEvent Use(string tool, string input) => new() { ToolName = tool, Input = new JsonText(input) };
}
