namespace Donmai.Cli.Rendering;

/// <summary>A table: columns and rows.</summary>
/// <param name="Columns">Names of the columns.</param>
internal sealed record Listing(params string[] Columns)
{
    /// <summary>The rows, each with one cell per column.</summary>
    public List<Span[]> Rows { get; } = [];

    /// <summary>What is said instead of an empty table.</summary>
    public string WhenEmpty { get; init; } = "Nothing.";

    /// <summary>Adds a row; texts are cleaned and kept on one line.</summary>
    public void Add(params ReadOnlySpan<(string Text, Tone Tone)> cells)
    {
        var row = new Span[cells.Length];
        for (var i = 0; i < cells.Length; i++)
            row[i] = new Span(TerminalText.OneLine(cells[i].Text), cells[i].Tone);
        Rows.Add(row);
    }
}
