using Donmai.Core.Workareas.Trees;
using Donmai.Workareas;

namespace Donmai.Core.Workareas;

/// <summary>Finds what differs between two trees by going through both at once (workareas.md §6.3), so that neither is held.</summary>
internal static class TreeComparison
{
    /// <summary>The differences, in the order of the paths.</summary>
    /// <param name="older">Entries of the old side, in byte order of their paths.</param>
    /// <param name="newer">Entries of the new side, likewise.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal static IEnumerable<WorkareaDifference> Differences(
        IEnumerable<TreeEntry> older, IEnumerable<TreeEntry> newer, CancellationToken cancellationToken)
    {
        using var a = older.GetEnumerator();
        using var b = newer.GetEnumerator();
        var (inA, inB) = (Next(a), Next(b));
        while (inA is not null || inB is not null)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var order = inA is null ? 1 : inB is null ? -1 : ByteOrder.Instance.Compare(inA.Path, inB.Path);
            if (order != 0)
                yield return order < 0 ? Difference(inA, null) : Difference(null, inB);
            else if (!AreAlike(inA!, inB!))
                yield return Difference(inA, inB);
            if (order <= 0)
                inA = Next(a);
            if (order >= 0)
                inB = Next(b);
        }
    }

    private static TreeEntry? Next(IEnumerator<TreeEntry> entries) => entries.MoveNext() ? entries.Current : null;

    // A directory has neither size nor hash, and of a link the size follows from the target: one rule does for all kinds.
    private static bool AreAlike(TreeEntry a, TreeEntry b) =>
        a.Kind == b.Kind && a.Mode == b.Mode && a.Size == b.Size && a.Hash == b.Hash && a.LinkTarget == b.LinkTarget;

    private static WorkareaDifference Difference(TreeEntry? a, TreeEntry? b) => new()
    {
        Path = (a ?? b)!.Path,
        Status = a is null ? WorkareaDifference.Added : b is null ? WorkareaDifference.Removed : WorkareaDifference.Modified,
        SizeA = a?.Size ?? 0,
        SizeB = b?.Size ?? 0,
        ModeA = a is null ? null : ModeText.Of(a.Mode),
        ModeB = b is null ? null : ModeText.Of(b.Mode),
        HashA = a?.Hash,
        HashB = b?.Hash,
        LinkA = a?.LinkTarget,
        LinkB = b?.LinkTarget,
    };
}
