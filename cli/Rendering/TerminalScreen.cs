using Spectre.Console;

namespace Donmai.Cli.Rendering;

/// <summary>A terminal: colours (unless <c>NO_COLOR</c> is set), wrapping under the mark, tables, a live line at the bottom.</summary>
internal sealed class TerminalScreen(IAnsiConsole console, TimeProvider clock) : IScreen
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private const int Unlimited = 100_000;

    // Of the column that gives way, and of what is between columns.
    private const int LeastWidth = 10;
    private const int BetweenColumns = 3;

    // Room for the spinner, and for the column that terminals want to keep free.
    private const int SpinnerWidth = 4;

    // A table has an empty line above and below it of its own: one beside it is not written, so one is held back until it is known what follows.
    private bool _owesEmpty;
    private bool _endedWithTable;

    public void Write(Line line)
    {
        if (line.Spans.Count == 0 && line.Mark is null)
        {
            PayEmpty();
            _owesEmpty = !_endedWithTable;
            return;
        }

        PayEmpty();
        _endedWithTable = false;
        var width = console.Profile.Width;
        if (line.Unbroken)
            console.Profile.Width = Unlimited;
        WriteWithin(line);
        console.Profile.Width = width;
    }

    public void Write(Listing listing)
    {
        if (listing.Rows.Count == 0)
        {
            PayEmpty();
            _endedWithTable = false;
            console.Write(new Text(listing.WhenEmpty + "\n", StyleOf(Tone.Quiet)));
            return;
        }

        var table = new Table().Border(TableBorder.Simple).BorderStyle(StyleOf(Tone.Quiet));
        var givesWay = WidestOf(listing);
        var foldsAt = RoomForNames(listing, givesWay);
        var folds = foldsAt < listing.Rows.Max(static row => row[0].Text.Length);
        for (var i = 0; i < listing.Columns.Length; i++)
            table.AddColumn(new TableColumn(new Text(listing.Columns[i], StyleOf(Tone.Quiet)))
            {
                NoWrap = i != givesWay && !(folds && i == 0),
                Width = !folds ? null : i == 0 ? foldsAt : i == givesWay ? Math.Min(WidthOf(listing, i), LeastWidth) : null,
            });
        foreach (var row in listing.Rows)
            table.AddRow(row.Select((cell, i) => new Text(cell.Text, StyleOf(cell.Tone)).Overflow(folds && i == 0 ? Overflow.Fold : Overflow.Ellipsis)));
        console.Write(table);
        _owesEmpty = false;
        _endedWithTable = true;
    }

    public async Task<T> While<T>(Func<string> status, Func<Task<T>> work)
    {
        var live = console.Status();
        live.Spinner = Spinner.Known.Dots;
        live.SpinnerStyle = StyleOf(Tone.Name);
        return await live.StartAsync(Shown(status), async context =>
        {
            var done = work();
            while (!done.IsCompleted)
            {
                context.Status(Shown(status));
                await Task.WhenAny(done, Task.Delay(Tick, clock));
            }

            return await done;
        });
    }

    private void PayEmpty()
    {
        if (_owesEmpty)
            console.WriteLine();
        _owesEmpty = false;
    }

    private void WriteWithin(Line line)
    {
        if (line.Mark is not { Text.Length: > 0 } mark)
        {
            // Text and line feed at once: a live line is drawn after every write, and must not come between them.
            console.Write(Row(line, console.Profile.Width).Append("\n"));
            return;
        }

        var room = console.Profile.Width - mark.Text.Length - 1;
        var grid = new Grid()
            .AddColumn(new GridColumn().NoWrap().Padding(0, 0, 1, 0).Width(mark.Text.Length))
            .AddColumn(new GridColumn().Padding(0, 0, 0, 0));
        grid.AddRow(new Text(mark.Text, StyleOf(mark.Tone)), Row(line, room));
        console.Write(grid);
    }

    // What is cropped when the terminal is too narrow: not the names, which are there to be copied, and no short words.
    private static int WidestOf(Listing listing) => listing.Columns.Length < 2
        ? 0
        : Enumerable.Range(1, listing.Columns.Length - 1).MaxBy(column => listing.Rows.Max(row => row[column].Text.Length));

    // Names that leave too little room for the other columns go on in the next line, whole: a table that does not fit is not drawn at all.
    private int RoomForNames(Listing listing, int givesWay)
    {
        var room = console.Profile.Width - LeastWidth - BetweenColumns;
        for (var i = 1; i < listing.Columns.Length; i++)
            room -= BetweenColumns + (i == givesWay ? 0 : WidthOf(listing, i));
        return Math.Max(room, LeastWidth);
    }

    private static int WidthOf(Listing listing, int column) => listing.Rows.Max(row => Math.Max(row[column].Text.Length, listing.Columns[column].Length));

    private string Shown(Func<string> status) =>
        Markup.Escape(TerminalText.Crop(TerminalText.OneLine(status()), console.Profile.Width - SpinnerWidth));

    private static Paragraph Row(Line line, int room)
    {
        var paragraph = new Paragraph();
        foreach (var span in line.Spans)
        {
            var text = line.OneRow ? TerminalText.Crop(span.Text, Math.Max(room, 0)) : span.Text;
            room -= text.Length;
            paragraph.Append(text, StyleOf(span.Tone));
        }

        return paragraph;
    }

    private static Style StyleOf(Tone tone) => tone switch
    {
        Tone.Quiet => new Style(foreground: Color.Grey),
        Tone.Strong => new Style(decoration: Decoration.Bold),
        Tone.Name => new Style(foreground: Color.Teal),
        Tone.Good => new Style(foreground: Color.Green, decoration: Decoration.Bold),
        Tone.Warning => new Style(foreground: Color.Olive),
        Tone.Bad => new Style(foreground: Color.Maroon, decoration: Decoration.Bold),
        Tone.Added => new Style(foreground: Color.Green),
        Tone.Removed => new Style(foreground: Color.Maroon),
        _ => Style.Plain,
    };
}
