using System.Globalization;

namespace Donmai.Bench;

/// <summary>Results as an aligned table.</summary>
internal static class FigureTable
{
    private static readonly string[] Columns = ["figure", "ours", "baseline", "ratio", "target", "ok"];

    /// <summary>Writes the table.</summary>
    public static void Write(TextWriter output, IReadOnlyList<FigureResult> results)
    {
        List<string[]> rows = [Columns, .. results.Select(Row)];
        var widths = Enumerable.Range(0, Columns.Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
            output.WriteLine(string.Join("  ", row.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))));
    }

    private static string[] Row(FigureResult result) =>
    [
        result.Figure,
        Number(result.Ours) + " " + result.Unit,
        result.Baseline is { } baseline ? Number(baseline) + " " + result.Unit : "–",
        result.Baseline is null ? "–" : result.Measured.ToString("0.00", CultureInfo.InvariantCulture),
        result.TargetText,
        result.Ok ? "yes" : "NO",
    ];

    private static string Number(double value) =>
        value.ToString(value >= 100 ? "#,0" : "0.0#", CultureInfo.InvariantCulture);
}
