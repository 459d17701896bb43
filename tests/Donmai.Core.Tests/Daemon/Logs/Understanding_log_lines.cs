using Donmai.Core.Daemon.Logs;

namespace Donmai.Core.Tests.Daemon.Logs;

public sealed class Understanding_log_lines
{
    private static readonly DateTimeOffset Moment = new(2026, 5, 7, 12, 34, 56, 789, TimeSpan.Zero);

    [Theory]
    [InlineData("trce", "trace")]
    [InlineData("dbug", "debug")]
    [InlineData("info", "information")]
    [InlineData("warn", "warning")]
    [InlineData("fail", "error")]
    [InlineData("crit", "critical")]
    public void Text_says_when_how_grave_and_what(string word, string level)
    {
        var text = $"2026-05-07T12:34:56.789Z {word}: Donmai.Core.X[1101] It is so";

        LogLine.Of(text).ShouldBe(new LogLine { Text = text, Time = Moment, Level = level, Message = "Donmai.Core.X[1101] It is so" });
    }

    [Fact]
    public void Json_says_the_same()
    {
        const string text = """{"time":"2026-05-07T12:34:56.789Z","level":"error","category":"Donmai.Core.X","eventId":1101,"message":"It is so","exception":"A\nB"}""";

        LogLine.Of(text).ShouldBe(new LogLine { Text = text, Time = Moment, Level = "error", Message = "Donmai.Core.X[1101] It is so A B", IsJson = true });
    }

    [Theory]
    [InlineData("")]
    [InlineData("   at Some.Method()")]
    [InlineData("[daemon] http listening on 127.0.0.1:7734")]
    [InlineData("{ not json")]
    [InlineData("2026-05-07 is a day")]
    public void Anything_else_is_what_it_says(string text) => LogLine.Of(text).ShouldBe(new LogLine { Text = text, Message = text });

    [Fact]
    public void The_journal_adds_time_and_level_where_they_are_missing()
    {
        var line = JournalLine.Of("""{"__REALTIME_TIMESTAMP":"1778157296789000","PRIORITY":"4","MESSAGE":"[daemon] so"}""");

        line.ShouldBe(new LogLine { Text = "[daemon] so", Time = Moment, Level = "warning", Message = "[daemon] so" });
        JournalLine.Of("""{"PRIORITY":"6","MESSAGE":"fail: X[1] no"}""").Level.ShouldBe("error");
        JournalLine.Of("""{"MESSAGE":[104,195,182]}""").Text.ShouldBe("hö");
        JournalLine.Of("-- No entries --").Text.ShouldBe("-- No entries --");
    }
}
