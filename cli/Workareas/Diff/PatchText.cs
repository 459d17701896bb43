using System.Globalization;
using Donmai.Cli.Rendering;

namespace Donmai.Cli.Workareas.Diff;

/// <summary>A difference as a patch in git's format, which <c>git apply</c> and <c>patch</c> take.</summary>
internal static class PatchText
{
    private const string Nothing = "/dev/null";
    private const int Context = 3;

    /// <summary>The lines for one path; none for what git keeps nothing of.</summary>
    /// <param name="path">The path.</param>
    /// <param name="a">The old side, if it has a file or a link there.</param>
    /// <param name="b">The new side, likewise.</param>
    public static IEnumerable<PatchLine> Of(string path, FileSide? a, FileSide? b) => (a, b) switch
    {
        (null, null) => [],
        ({ } old, { } @new) when old.IsLink != @new.IsLink => [.. One(path, old, null), .. One(path, null, @new)], // one cannot become the other
        _ => One(path, a, b),
    };

    private static IEnumerable<PatchLine> One(string path, FileSide? a, FileSide? b)
    {
        var (nameA, nameB) = (PathText.Of("a/" + path), PathText.Of("b/" + path));
        yield return Head($"diff --git {nameA} {nameB}");
        foreach (var line in Modes(a, b))
            yield return Head(line);
        if (a?.Identity == b?.Identity)
            yield break;
        if (a is { Lines: null } || b is { Lines: null })
        {
            yield return new PatchLine($"Binary files {(a is null ? Nothing : nameA)} and {(b is null ? Nothing : nameB)} differ", Tone.Plain);
            yield break;
        }

        var (linesA, linesB) = (a?.Lines ?? [], b?.Lines ?? []);
        if (linesA.Length == 0 && linesB.Length == 0)
            yield break;
        yield return Head("--- " + Named(a is null ? Nothing : nameA));
        yield return Head("+++ " + Named(b is null ? Nothing : nameB));
        foreach (var line in Hunks(linesA, linesB))
            yield return line;
    }

    private static IEnumerable<string> Modes(FileSide? a, FileSide? b)
    {
        if (a is null)
            yield return $"new file mode {b!.Mode}";
        else if (b is null)
            yield return $"deleted file mode {a.Mode}";
        else if (a.Mode != b.Mode)
        {
            yield return $"old mode {a.Mode}";
            yield return $"new mode {b.Mode}";
        }
    }

    private static IEnumerable<PatchLine> Hunks(string[] a, string[] b)
    {
        var changes = LineChanges.Between(a, b);
        for (var first = 0; first < changes.Count;)
        {
            // Changes whose surroundings touch are one piece.
            var last = first;
            while (last + 1 < changes.Count && changes[last + 1].StartA - changes[last].EndA <= 2 * Context)
                last++;
            foreach (var line in Hunk(a, b, changes, first, last))
                yield return line;
            first = last + 1;
        }
    }

    private static IEnumerable<PatchLine> Hunk(string[] a, string[] b, IReadOnlyList<LineChange> changes, int first, int last)
    {
        var lead = Math.Min(Context, changes[first].StartA);
        var trail = Math.Min(Context, a.Length - changes[last].EndA);
        var (startA, endA) = (changes[first].StartA - lead, changes[last].EndA + trail);
        var (startB, endB) = (changes[first].StartB - lead, changes[last].EndB + trail);
        yield return new PatchLine($"@@ -{Range(startA, endA)} +{Range(startB, endB)} @@", Tone.Name);
        var at = startA;
        for (var i = first; i <= last; i++)
        {
            var change = changes[i];
            foreach (var line in Lines(' ', a[at..change.StartA], Tone.Plain)
                .Concat(Lines('-', a[change.StartA..change.EndA], Tone.Removed))
                .Concat(Lines('+', b[change.StartB..change.EndB], Tone.Added)))
                yield return line;
            at = change.EndA;
        }

        foreach (var line in Lines(' ', a[at..endA], Tone.Plain))
            yield return line;
    }

    private static IEnumerable<PatchLine> Lines(char mark, string[] lines, Tone tone)
    {
        foreach (var line in lines)
        {
            yield return new PatchLine(mark + line.TrimEnd('\n'), tone);
            if (!line.EndsWith('\n'))
                yield return new PatchLine("\\ No newline at end of file", Tone.Quiet);
        }
    }

    // Lines count from 1; of no lines the one before them is said.
    private static string Range(int start, int end) => (end - start) switch
    {
        0 => string.Create(CultureInfo.InvariantCulture, $"{start},0"),
        1 => string.Create(CultureInfo.InvariantCulture, $"{start + 1}"),
        var count => string.Create(CultureInfo.InvariantCulture, $"{start + 1},{count}"),
    };

    // The tab says where a name with blanks ends.
    private static string Named(string name) => name.Contains(' ', StringComparison.Ordinal) && !name.StartsWith('"') ? name + "\t" : name;

    private static PatchLine Head(string text) => new(text, Tone.Strong);
}
