using System.Globalization;
using Donmai.Cli.Rendering;

namespace Donmai.Cli.Workareas.Diff;

/// <summary>How many lines changed in each file, with bars, as <c>git diff --stat</c> shows it.</summary>
internal sealed class DifferenceStat
{
    private const int LongestBar = 40;

    private readonly List<Row> _rows = [];

    /// <summary>Adds a path; what git keeps nothing of is left out.</summary>
    public void Add(string path, FileSide? a, FileSide? b)
    {
        if (a is null && b is null)
            return;
        if (a?.Identity != b?.Identity && (a is { Lines: null } || b is { Lines: null }))
        {
            _rows.Add(new Row(PathText.Of(path), 0, 0, string.Create(CultureInfo.InvariantCulture, $"Bin {a?.Size ?? 0} → {b?.Size ?? 0} bytes")));
            return;
        }

        var changes = a?.Identity == b?.Identity ? [] : LineChanges.Between(a?.Lines ?? [], b?.Lines ?? []);
        _rows.Add(new Row(PathText.Of(path), changes.Sum(static change => change.CountB), changes.Sum(static change => change.CountA), null));
    }

    /// <summary>The lines, and the sum last.</summary>
    public IEnumerable<Line> Lines()
    {
        var name = _rows.Select(static row => row.Path.Length).DefaultIfEmpty().Max();
        var most = _rows.Select(static row => row.Added + row.Removed).DefaultIfEmpty().Max();
        var digits = most.ToString(CultureInfo.InvariantCulture).Length;
        foreach (var row in _rows)
        {
            var label = new Span($" {row.Path.PadRight(name)} | ", Tone.Plain);
            yield return new Line { Spans = row.Binary is { } binary ? [label, new Span(binary, Tone.Quiet)] : [label, .. Bar(row, digits, most)], Unbroken = true };
        }

        yield return new Line { Spans = [new Span(Sum(), Tone.Plain)] };
    }

    private static IEnumerable<Span> Bar(Row row, int digits, int most)
    {
        yield return new Span((row.Added + row.Removed).ToString(CultureInfo.InvariantCulture).PadLeft(digits) + " ", Tone.Plain);
        yield return new Span(new string('+', Scaled(row.Added, most)), Tone.Added);
        yield return new Span(new string('-', Scaled(row.Removed, most)), Tone.Removed);
    }

    private static int Scaled(int lines, int most) => most <= LongestBar ? lines : (int)Math.Ceiling(lines * (double)LongestBar / most);

    private string Sum()
    {
        if (_rows.Count == 0)
            return " no file changed";
        return $" {Amounts.Of(_rows.Count, "file")} changed, {Amounts.Of(_rows.Sum(static row => (long)row.Added), "insertion")}(+), "
            + $"{Amounts.Of(_rows.Sum(static row => (long)row.Removed), "deletion")}(-)";
    }

    private sealed record Row(string Path, int Added, int Removed, string? Binary);
}
