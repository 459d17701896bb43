using System.Globalization;
using Donmai.Core.Tests.Workareas.Trees;
using Donmai.Core.Workareas;

namespace Donmai.Core.Tests.Workareas;

public sealed class Keeping_the_list
{
    private const int Steps = 1500;
    private const UnixFileMode Everybody = (UnixFileMode)0b111_101_101;

    [Fact]
    [Trait("spec", "WA-2")]
    public void After_every_change_from_outside_the_list_is_what_the_disk_says()
    {
        using var bed = new ArchiveBed();
        using var kept = new ArchiveList();
        var random = new Random(20261120);
        for (var step = 0; step < Steps; step++)
        {
            var done = Change(bed, random);

            var rows = kept.Rows(bed.ArchiveRoot);
            using var fresh = new ArchiveList();
            rows.ShouldBe(fresh.Rows(bed.ArchiveRoot), $"step {step.ToString(CultureInfo.InvariantCulture)}: {done}");
        }
    }

    [Fact]
    public void What_has_not_changed_is_not_read_again()
    {
        using var bed = new ArchiveBed();
        using var list = new ArchiveList();
        bed.MakeArchive("a", "{}");
        bed.MakeArchive("b", "{}");
        var before = list.Rows(bed.ArchiveRoot);

        list.Rows(bed.ArchiveRoot).ShouldBeSameAs(before);
        File.WriteAllText(Path.Join(bed.ArchiveRoot, "a", "index"), "");
        list.Rows(bed.ArchiveRoot).ShouldBeSameAs(before, "an index is in no row");
        File.WriteAllText(Path.Join(bed.ArchiveRoot, "a", "manifest.json"), "{\"ref\":\"x\"}");
        var after = list.Rows(bed.ArchiveRoot);

        after[0].Ref.ShouldBe("x");
        after[1].ShouldBeSameAs(before[1]);
    }

    [Fact]
    [Trait("spec", "WA-1")]
    public void Another_directory_in_the_place_of_the_root_is_seen()
    {
        using var bed = new ArchiveBed();
        using var list = new ArchiveList();
        bed.MakeArchive("a", "{}");
        list.Rows(bed.ArchiveRoot).Count.ShouldBe(1);

        Directory.Move(bed.Root, bed.Root + "-away");
        list.Rows(bed.ArchiveRoot).ShouldBeEmpty();
        bed.MakeArchive("b", "{}");
        list.Rows(bed.ArchiveRoot).ShouldHaveSingleItem().Id.ShouldBe("b");
        Directory.Delete(bed.Root, recursive: true);
        Directory.Move(bed.Root + "-away", bed.Root);

        list.Rows(bed.ArchiveRoot).ShouldHaveSingleItem().Id.ShouldBe("a");
        Directory.Move(bed.ArchiveRoot, bed.ArchiveRoot + "-real");
        File.CreateSymbolicLink(bed.ArchiveRoot, bed.ArchiveRoot + "-real");
        bed.MakeArchive("c", "{}");
        list.Rows(bed.ArchiveRoot).Select(static row => row.Id).ShouldBe(["a", "c"]);
    }

    [Fact]
    [Trait("spec", "WA-1")]
    public void A_root_made_anew_is_seen_where_the_file_system_gives_it_the_number_of_the_former_one()
    {
        using var bed = new ArchiveBed();
        using var list = new ArchiveList();
        for (var round = 0; round < 20; round++)
        {
            bed.MakeArchive($"wa-{round}", "{}");
            list.Rows(bed.ArchiveRoot).ShouldHaveSingleItem().Id.ShouldBe($"wa-{round}");
            Directory.Delete(bed.ArchiveRoot, recursive: true);
            Directory.CreateDirectory(bed.ArchiveRoot);
            list.Rows(bed.ArchiveRoot).ShouldBeEmpty();
        }
    }

    [Fact]
    public void A_root_that_cannot_be_read_is_an_error_and_not_empty()
    {
        using var bed = new ArchiveBed();
        using var list = new ArchiveList();
        bed.MakeArchive("a", "{}");
        Should.Throw<UnauthorizedAccessException>(() => OrdinaryUser.Do(() => list.Rows(bed.ArchiveRoot)), "what it is in may not be entered");
        File.SetUnixFileMode(bed.Root, Everybody);
        File.SetUnixFileMode(bed.ArchiveRoot, Everybody);

        OrdinaryUser.Do(() => list.Rows(bed.ArchiveRoot)).ShouldHaveSingleItem();
        File.SetUnixFileMode(bed.ArchiveRoot, UnixFileMode.None);
        Should.Throw<UnauthorizedAccessException>(() => OrdinaryUser.Do(() => list.Rows(bed.ArchiveRoot)), "what was known is not enough");
        File.SetUnixFileMode(bed.ArchiveRoot, Everybody);

        OrdinaryUser.Do(() => list.Rows(bed.ArchiveRoot)).ShouldHaveSingleItem();
    }

    [Fact]
    public void A_file_in_the_place_of_the_root_is_an_error()
    {
        using var bed = new ArchiveBed();
        using var list = new ArchiveList();
        File.WriteAllText(bed.ArchiveRoot, "");

        Should.Throw<IOException>(() => list.Rows(bed.ArchiveRoot)).Message.ShouldNotContain(bed.Root);
    }

    private static string Change(ArchiveBed bed, Random random)
    {
        var id = $"wa-{random.Next(6)}";
        var place = Path.Join(bed.ArchiveRoot, id);
        var manifest = Path.Join(place, "manifest.json");
        var action = random.Next(10);
        switch (action)
        {
            case 0 or 1:
                if (!Path.Exists(manifest))
                    bed.MakeArchive(id, Manifest(id, random));
                break;
            case 2 when File.Exists(manifest):
                File.WriteAllText(manifest, Manifest(id, random));
                break;
            case 3 when File.Exists(manifest):
                File.WriteAllText(manifest + ".new", Manifest(id, random));
                File.Move(manifest + ".new", manifest, overwrite: true);
                break;
            case 4 when Directory.Exists(place):
                Directory.Delete(place, recursive: true);
                break;
            case 5 when Directory.Exists(place):
                var other = Path.Join(bed.ArchiveRoot, $"wa-{random.Next(6)}");
                if (!Path.Exists(other))
                    Directory.Move(place, other);
                break;
            case 6 when File.Exists(manifest):
                File.Delete(manifest);
                break;
            case 7 when Directory.Exists(Path.Join(place, "tree")):
                Directory.Move(Path.Join(place, "tree"), Path.Join(place, $"tree-{random.Next()}"));
                File.CreateSymbolicLink(Path.Join(place, "tree"), "/etc");
                break;
            case 8 when Directory.Exists(bed.ArchiveRoot) && random.Next(20) == 0:
                Directory.Move(bed.ArchiveRoot, $"{bed.ArchiveRoot}-{random.Next()}");
                break;
            case 9 when File.Exists(manifest):
                using (var file = File.OpenWrite(manifest))
                    file.SetLength(random.Next(10));
                break;
        }

        return $"{action} of {id}";
    }

    private static string Manifest(string id, Random random) => random.Next(4) switch
    {
        0 => "{",
        1 => "{\"id\":\"other\"}",
        _ => $$"""{"id":"{{id}}","ref":"r{{random.Next()}}","sizeBytes":{{random.Next()}}}""",
    };
}
