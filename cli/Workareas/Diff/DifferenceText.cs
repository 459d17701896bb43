using System.Globalization;
using Donmai.Cli.Rendering;
using Donmai.Workareas;

namespace Donmai.Cli.Workareas.Diff;

/// <summary>Differences as lines for people.</summary>
internal static class DifferenceText
{
    private const string Arrow = " → ";

    /// <summary>One path on one line: what became of it, the path, and what is not alike.</summary>
    public static Line Row(WorkareaDifference difference) =>
        new() { Spans = [.. Marked(difference, PathText.Of(difference.Path) + (IsDirectory(difference) ? "/" : ""))], Unbroken = true };

    /// <summary>As <see cref="Row"/>, with <paramref name="name"/> in place of the path.</summary>
    public static IEnumerable<Span> Marked(WorkareaDifference difference, string name)
    {
        yield return new Span(Letter(difference) + "  ", ToneOf(difference));
        yield return new Span(name, Tone.Plain);
        if (Detail(difference) is { Length: > 0 } detail)
            yield return new Span("  " + detail, Tone.Quiet);
    }

    /// <summary>How many paths differ.</summary>
    /// <param name="summary">The figures of what is shown.</param>
    /// <param name="hasMore">Whether something is not shown.</param>
    public static Line Of(WorkareaDiffSummary summary, bool hasMore) => new()
    {
        Spans =
        [
            new Span(TerminalText.OneLine(summary.WorkareaA), Tone.Name),
            new Span(Arrow, Tone.Quiet),
            new Span(TerminalText.OneLine(summary.WorkareaB), Tone.Name),
            new Span(Figures(summary, hasMore), Tone.Plain),
        ],
    };

    /// <summary>Whether it is a directory, or was one when it is gone.</summary>
    public static bool IsDirectory(WorkareaDifference difference) => (difference.ModeB ?? difference.ModeA)?.StartsWith('d') is true;

    private static string Figures(WorkareaDiffSummary summary, bool hasMore) => summary.Total switch
    {
        0 when hasMore => ": no differences but in .git/",
        0 => ": no differences",
        _ => string.Create(CultureInfo.InvariantCulture, $": {summary.Added} added, {summary.Removed} removed, {summary.Modified} modified"),
    };

    private static string Letter(WorkareaDifference difference) => difference.Status switch
    {
        WorkareaDifference.Added => "A",
        WorkareaDifference.Removed => "D",
        _ => "M",
    };

    private static Tone ToneOf(WorkareaDifference difference) => difference.Status switch
    {
        WorkareaDifference.Added => Tone.Added,
        WorkareaDifference.Removed => Tone.Removed,
        _ => Tone.Warning,
    };

    private static string Detail(WorkareaDifference difference) => difference.Status switch
    {
        WorkareaDifference.Added => One(difference.ModeB, difference.SizeB, difference.LinkB),
        WorkareaDifference.Removed => One(difference.ModeA, difference.SizeA, difference.LinkA),
        _ => Change(difference),
    };

    private static string One(string? mode, long size, string? link) => link is not null ? "-> " + PathText.Of(link) : mode?.StartsWith('d') is true ? "" : Amounts.Bytes(size);

    private static string Change(WorkareaDifference difference)
    {
        var parts = new List<string>(3);
        if (difference.ModeA != difference.ModeB)
            parts.Add(difference.ModeA + Arrow + difference.ModeB);
        if (difference.LinkB is { } target && target != difference.LinkA)
            parts.Add((difference.LinkA is { } former ? PathText.Of(former) + Arrow : "-> ") + PathText.Of(target));
        if (difference is { HashA: not null, HashB: not null } && difference.HashA != difference.HashB)
            parts.Add(Sizes(difference));
        return string.Join(", ", parts);
    }

    private static string Sizes(WorkareaDifference difference) => difference.SizeA == difference.SizeB
        ? Amounts.Bytes(difference.SizeB)
        : Amounts.Bytes(difference.SizeA) + Arrow + Amounts.Bytes(difference.SizeB);
}
