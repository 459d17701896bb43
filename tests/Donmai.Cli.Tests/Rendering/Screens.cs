using Donmai.Cli.Rendering;
using Spectre.Console;

namespace Donmai.Cli.Tests.Rendering;

public sealed class Screens
{
    private const string Long = "A paragraph that is a good deal longer than any terminal is wide, so that it has to be broken between its words somewhere.";

    [Fact]
    public void Plain_columns_are_aligned_and_have_no_trailing_space()
    {
        var output = new StringWriter();
        var listing = new Listing("ID", "STATE");
        listing.Add(("a", Tone.Name), ("running", Tone.Good));
        listing.Add(("longer", Tone.Name), ("", Tone.Good));

        new PlainScreen(output).Write(listing);

        output.ToString().ShouldBe("ID      STATE\na       running\nlonger\n");
    }

    [Fact]
    public void Facts_stand_in_one_column_and_what_has_no_value_is_left_out()
    {
        var output = new StringWriter();

        new Facts().Add("id", "a").Add("gone", null).Add("longer", "b\nc").WriteTo(new PlainScreen(output));

        output.ToString().ShouldBe("id      a\nlonger  b c\n");
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    [InlineData(20)]
    public void Nothing_is_wider_than_the_terminal(int width)
    {
        var (screen, output) = Terminal(width, ColorSystemSupport.NoColors);

        screen.Write(new Line { Mark = new Span("-", Tone.Strong), Spans = [new Span(Long, Tone.Plain)] });
        screen.Write(new Line { Mark = new Span(">", Tone.Name), Spans = [new Span("Edit", Tone.Name), new Span(" " + Long, Tone.Plain)], OneRow = true });
        var listing = new Listing("SESSION", "REPOSITORY");
        listing.Add(("run-0123456789", Tone.Name), ("/home/somebody/" + new string('x', 150), Tone.Quiet));
        screen.Write(listing);

        var rows = WithoutCodes(output).Split('\n');
        rows.ShouldAllBe(row => row.TrimEnd().Length <= width);
        rows.Count(static row => row.StartsWith('>')).ShouldBe(1, "a call is one row");
        rows.Length.ShouldBeGreaterThan(5);
    }

    [Fact]
    public void Names_and_short_words_stay_whole_when_the_widest_column_is_cropped()
    {
        var (screen, output) = Terminal(80, ColorSystemSupport.NoColors);
        var listing = new Listing("WORK AREA", "KIND", "SIZE", "REPOSITORY");
        listing.Add(("wa-run-0123456789-1795180215", Tone.Name), ("archived", Tone.Plain), ("25.2 kB", Tone.Quiet), ("/home/somebody/" + new string('x', 150), Tone.Quiet));

        screen.Write(listing);

        var row = WithoutCodes(output).Split('\n').Single(static line => line.Contains("wa-run-", StringComparison.Ordinal));
        row.ShouldMatch("wa-run-0123456789-1795180215 +archived +25.2 kB +/home/somebody/x+…");
    }

    [Fact]
    public void Names_that_are_too_long_for_the_terminal_leave_whole_those_that_are_not()
    {
        var (screen, output) = Terminal(80, ColorSystemSupport.NoColors);
        var listing = new Listing("WORK AREA", "STATUS", "AGE", "SIZE", "REPOSITORY");
        listing.Add(("wa-run-0123456789-1795180215-restore-1795202345743812700", Tone.Name), ("ready", Tone.Plain), ("13 min", Tone.Plain), ("", Tone.Quiet), ("/home/somebody/shop", Tone.Quiet));
        listing.Add(("wa-run-0123456789-1795180215", Tone.Name), ("completed", Tone.Plain), ("13 min", Tone.Plain), ("25.2 kB", Tone.Quiet), ("/home/somebody/shop", Tone.Quiet));

        screen.Write(listing);

        WithoutCodes(output).ShouldMatch("wa-run-0123456789-1795180215 +completed +13 min +25.2 kB +/home/som…");
    }

    [Fact]
    public void A_table_has_one_empty_line_around_it()
    {
        var (screen, output) = Terminal(80, ColorSystemSupport.NoColors);
        var listing = new Listing("A");
        listing.Add(("a", Tone.Plain));

        screen.Write(Line.Of(("before", Tone.Plain)));
        screen.Write(Line.Empty);
        screen.Write(listing);
        screen.Write(Line.Empty);
        screen.Write(Line.Of(("after", Tone.Plain)));
        screen.Write(Line.Empty);
        screen.Write(Line.Of(("last", Tone.Plain)));

        WithoutCodes(output).Split('\n').Select(static row => row.Trim()).Where(static row => !row.StartsWith('─'))
            .ShouldBe(["before", "", "A", "a", "", "after", "", "last", ""]);
    }

    [Fact]
    public void A_paragraph_is_wrapped_under_its_mark()
    {
        var (screen, output) = Terminal(40, ColorSystemSupport.NoColors);

        screen.Write(new Line { Mark = new Span("-", Tone.Strong), Spans = [new Span(Long, Tone.Plain)] });

        var rows = WithoutCodes(output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        rows[0].ShouldStartWith("- A paragraph");
        rows[1..].ShouldAllBe(static row => row.StartsWith("  ", StringComparison.Ordinal) && row[2] != ' ');
    }

    [Fact]
    public async Task A_line_that_comes_while_the_live_line_is_shown_stands_alone()
    {
        var (screen, output) = Terminal(80, ColorSystemSupport.NoColors, AnsiSupport.Yes, InteractionSupport.Yes);
        var drawn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = 0;

        await screen.While(
            () =>
            {
                if (++asked == 4)
                    drawn.SetResult();
                return new string('s', 60);
            },
            async () =>
            {
                await drawn.Task;
                screen.Write(Line.Of((new string('x', 40), Tone.Plain)));
                return 0;
            });

        WithoutCodes(output).Split('\n', '\r').ShouldAllBe(static row => row.Length <= 80);
    }

    [Fact]
    public void Markup_in_the_text_is_text()
    {
        var (screen, output) = Terminal(80, ColorSystemSupport.NoColors);

        screen.Write(Line.Of(("[red]not red[/] [", Tone.Plain)));

        output.ToString().ShouldBe("[red]not red[/] [\n");
    }

    [Fact]
    public void Colours_are_there_unless_they_are_not_wanted()
    {
        var (screen, output) = Terminal(80, ColorSystemSupport.Standard);
        screen.Write(Line.Of(("failed", Tone.Bad)));
        output.ToString().ShouldContain("\u001b[");

        var (bare, bareOutput) = Terminal(80, ColorSystemSupport.NoColors);
        bare.Write(Line.Of(("failed", Tone.Plain)));
        bareOutput.ToString().ShouldBe("failed\n");
    }

    private static string WithoutCodes(StringWriter output) =>
        System.Text.RegularExpressions.Regex.Replace(output.ToString(), "\u001b\\[[0-9;?]*[A-Za-z]", "", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));

    private static (TerminalScreen Screen, StringWriter Output) Terminal(
        int width, ColorSystemSupport colours, AnsiSupport? ansi = null, InteractionSupport interactive = InteractionSupport.No)
    {
        var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = ansi ?? (colours == ColorSystemSupport.NoColors ? AnsiSupport.No : AnsiSupport.Yes),
            ColorSystem = colours,
            Interactive = interactive,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = width;
        return (new TerminalScreen(console, TimeProvider.System), output);
    }
}
