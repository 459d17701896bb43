using DiffPlex;

namespace Donmai.Cli.Workareas.Diff;

/// <summary>Finds the lines in which two texts differ.</summary>
internal static class LineChanges
{
    /// <summary>
    /// Lines that differ, of both sides together, above which no shortest list of changes is looked for: the time it takes grows with their
    /// square. All of them are replaced then, which is as true.
    /// </summary>
    private const int MostCompared = 20_000;

    private static readonly Differ Differ = new();

    /// <summary>The changes, first to last; they do not touch each other.</summary>
    public static IReadOnlyList<LineChange> Between(string[] a, string[] b)
    {
        var before = a.AsSpan().CommonPrefixLength(b);
        var most = Math.Min(a.Length, b.Length) - before;
        var after = 0;
        while (after < most && a[^(after + 1)] == b[^(after + 1)])
            after++;

        var (restA, restB) = (a[before..^after], b[before..^after]);
        if (restA.Length == 0 && restB.Length == 0)
            return [];
        if (restA.Length == 0 || restB.Length == 0 || restA.Length + restB.Length > MostCompared)
            return [new LineChange(before, restA.Length, before, restB.Length)];
        return [.. Blocks(restA, restB).Select(block => block with { StartA = block.StartA + before, StartB = block.StartB + before })];
    }

    private static IEnumerable<LineChange> Blocks(string[] a, string[] b)
    {
        // The library takes texts and has them cut by who calls it; these are cut already.
        var texts = new Queue<string[]>([a, b]);
        return Differ.CreateCustomDiffs("a", "b", ignoreWhiteSpace: false, ignoreCase: false, _ => texts.Dequeue()).DiffBlocks
            .Select(static block => new LineChange(block.DeleteStartA, block.DeleteCountA, block.InsertStartB, block.InsertCountB));
    }
}
