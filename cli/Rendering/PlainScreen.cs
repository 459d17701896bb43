namespace Donmai.Cli.Rendering;

/// <summary>Plain lines: pipes, files, terminals that can do nothing.</summary>
internal sealed class PlainScreen(TextWriter output) : IScreen
{
    private const string Gap = "  ";

    public void Write(Line line) => output.WriteLine(line.ToString().TrimEnd());

    public void Write(Listing listing)
    {
        if (listing.Rows.Count == 0)
        {
            output.WriteLine(listing.WhenEmpty);
            return;
        }

        var widths = listing.Columns.Select((name, i) => Math.Max(name.Length, listing.Rows.Max(row => row[i].Text.Length))).ToArray();
        WriteRow(listing.Columns, widths);
        foreach (var row in listing.Rows)
            WriteRow([.. row.Select(static cell => cell.Text)], widths);
    }

    public Task<T> While<T>(Func<string> status, Func<Task<T>> work) => work();

    private void WriteRow(string[] cells, int[] widths) =>
        output.WriteLine(string.Join(Gap, cells.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
}
