using Donmai.Core.Workareas;

namespace Donmai.Core.Tests.Workareas.Restoring;

public sealed class Restoring_while_comparing
{
    private const int AtOnce = 8;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Fact, Trait("spec", "WA-26")]
    public async Task Neither_disturbs_the_other_on_the_same_archives()
    {
        using var bed = new RestoreBed();
        var tree = bed.FullArchive("wa-1");
        bed.FullArchive("wa-2");
        for (var number = 0; number < 200; number++)
            File.WriteAllText(Path.Join(tree, "src", $"f{number}"), $"{number}");
        var diffs = new ArchiveDiffs(bed.Archives, bed.Trees);

        var restores = Enumerable.Range(0, AtOnce).Select(number => bed.Restore(number % 2 == 0 ? "wa-1" : "wa-2")).ToList();
        var differences = Enumerable.Range(0, AtOnce).Select(_ => diffs.Compare("wa-1", "wa-2").ToListAsync().AsTask()).ToList();
        await Task.WhenAll([.. restores, .. differences]).WaitAsync(Deadline);

        foreach (var difference in differences)
            (await difference)[^1].Summary!.Removed.ShouldBe(200);
        var restored = await Task.WhenAll(restores);
        restored.Select(static workarea => workarea.Id).Distinct(StringComparer.Ordinal).Count().ShouldBe(AtOnce);
        for (var number = 0; number < AtOnce; number++)
            RestoreBed.Picture(restored[number].Path!, withModes: false).ShouldBe(RestoreBed.Picture(Path.Join(bed.ArchiveRoot, number % 2 == 0 ? "wa-1" : "wa-2", "tree"), withModes: false));
    }
}
