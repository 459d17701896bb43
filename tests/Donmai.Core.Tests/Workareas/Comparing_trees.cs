using Donmai.Core.Workareas;
using Donmai.Core.Workareas.Trees;
using Donmai.Workareas;
using FsCheck;
using FsCheck.Fluent;

namespace Donmai.Core.Tests.Workareas;

/// <summary>What differs between two trees, whatever they hold (workareas.md §6.2–§6.4).</summary>
public sealed class Comparing_trees
{
    [Theory]
    [InlineData(0x8000 | 0b110_100_100, "-rw-r--r--")]
    [InlineData(0x8000 | 0b110_000_000, "-rw-------")]
    [InlineData(0x8000 | 0b111_101_101, "-rwxr-xr-x")]
    [InlineData(0x8000, "----------")]
    [InlineData(0x4000 | 0b111_101_000, "drwxr-x---")]
    [InlineData(0xA000 | 0b111_111_111, "Lrwxrwxrwx")]
    [InlineData(0x4000 | 0x200 | 0b111_111_111, "dtrwxrwxrwx")]
    [InlineData(0x4000 | 0x400 | 0b111_101_101, "dgrwxr-xr-x")]
    [InlineData(0x8000 | 0x800 | 0b111_101_101, "urwxr-xr-x")]
    [InlineData(0x8000 | 0x400 | 0b110_100_100, "grw-r--r--")]
    [InlineData(0x8000 | 0xE00 | 0b111_111_111, "ugtrwxrwxrwx")]
    [InlineData(0x6000 | 0b110_110_000, "Drw-rw----")]
    [InlineData(0x2000 | 0b110_110_110, "Dcrw-rw-rw-")]
    [InlineData(0x2000 | 0xE00, "Dugct---------")]
    [InlineData(0x1000 | 0b110_100_100, "prw-r--r--")]
    [InlineData(0xC000 | 0b111_111_111, "Srwxrwxrwx")]
    [InlineData(0x3000 | 0b110_100_100, "?rw-r--r--")]
    public void Kind_and_permissions_are_letters(int mode, string text) => ModeText.Of(mode).ShouldBe(text);

    [Fact, Trait("spec", "WA-17")]
    public void A_tree_does_not_differ_from_itself() =>
        Prop.ForAll(TreeGenerator.Pairs(), static trees => Differences(trees.A, trees.A).Count == 0).QuickCheckThrowOnFailure();

    [Fact, Trait("spec", "WA-24")]
    public void The_other_way_round_everything_is_mirrored() => Prop.ForAll(
        TreeGenerator.Pairs(), static trees => Differences(trees.A, trees.B).Select(Mirrored).SequenceEqual(Differences(trees.B, trees.A))).QuickCheckThrowOnFailure();

    [Fact]
    public void The_old_side_and_the_differences_make_the_new_side() => Prop.ForAll(TreeGenerator.Pairs(), static trees =>
    {
        var made = Sides(trees.A);
        foreach (var difference in Differences(trees.A, trees.B))
        {
            made.ContainsKey(difference.Path).ShouldBe(difference.Status != WorkareaDifference.Added);
            if (difference.Status == WorkareaDifference.Removed)
                made.Remove(difference.Path);
            else
                made[difference.Path] = (difference.ModeB, difference.SizeB, difference.HashB, difference.LinkB);
        }

        return made.OrderBy(static side => side.Key, StringComparer.Ordinal).SequenceEqual(Sides(trees.B).OrderBy(static side => side.Key, StringComparer.Ordinal));
    }).QuickCheckThrowOnFailure();

    [Fact, Trait("spec", "WA-23")]
    public void Paths_increase_strictly_in_byte_order() => Prop.ForAll(TreeGenerator.Pairs(), static trees =>
    {
        var paths = Differences(trees.A, trees.B).ConvertAll(static difference => difference.Path);
        return paths.Zip(paths.Skip(1)).All(static pair => TreeGenerator.InBytes(pair.First, pair.Second) < 0);
    }).QuickCheckThrowOnFailure();

    [Fact, Trait("spec", "WA-23")]
    public void The_order_of_texts_is_that_of_their_bytes() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonNull<string>>(),
        ArbMap.Default.ArbFor<NonNull<string>>(),
        static (one, other) => IsText(one.Get) && IsText(other.Get)
            ? Math.Sign(ByteOrder.Instance.Compare(one.Get, other.Get)) == Math.Sign(TreeGenerator.InBytes(one.Get, other.Get))
            : true).QuickCheckThrowOnFailure();

    [Theory, Trait("spec", "WA-23")]
    [InlineData("a.txt", "a/x")]
    [InlineData("\uffee", "\U0001F600")]
    [InlineData("\ud7ff", "\U00010000")]
    [InlineData("\U00010000", "\U0001F600")]
    [InlineData("a", "a\u0001")]
    [InlineData("", "a")]
    public void Bytes_decide_also_where_units_of_UTF_16_say_otherwise(string first, string second)
    {
        ByteOrder.Instance.Compare(first, second).ShouldBeLessThan(0);
        ByteOrder.Instance.Compare(second, first).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_comparison_that_nobody_wants_any_more_ends()
    {
        using var ended = new CancellationTokenSource();
        var endless = Enumerable.Range(0, int.MaxValue).Select(static number => new TreeEntry { Path = $"{number:0000000000}", Kind = TreeEntryKind.Directory });
        using var differences = TreeComparison.Differences(endless, endless.Take(1), ended.Token).GetEnumerator();
        differences.MoveNext().ShouldBeTrue();

        ended.Cancel();

        Should.Throw<OperationCanceledException>(() => differences.MoveNext());
    }

    private static bool IsText(string text) => text == System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));

    private static List<WorkareaDifference> Differences(TreeEntry[] older, TreeEntry[] newer) =>
        [.. TreeComparison.Differences(older, newer, CancellationToken.None)];

    private static Dictionary<string, (string?, long, string?, string?)> Sides(TreeEntry[] tree) =>
        tree.ToDictionary(static entry => entry.Path, static entry => ((string?)ModeText.Of(entry.Mode), entry.Size, entry.Hash, entry.LinkTarget), StringComparer.Ordinal);

    private static WorkareaDifference Mirrored(WorkareaDifference difference) => difference with
    {
        Status = difference.Status switch
        {
            WorkareaDifference.Added => WorkareaDifference.Removed,
            WorkareaDifference.Removed => WorkareaDifference.Added,
            _ => WorkareaDifference.Modified,
        },
        SizeA = difference.SizeB,
        SizeB = difference.SizeA,
        ModeA = difference.ModeB,
        ModeB = difference.ModeA,
        HashA = difference.HashB,
        HashB = difference.HashA,
        LinkA = difference.LinkB,
        LinkB = difference.LinkA,
    };
}
