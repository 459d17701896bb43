using Donmai.Silo.Tests.Storage;

namespace Donmai.Core.Tests.Workareas;

public sealed class A_full_disk
{
    private const int Free = 1024 * 1024;

    [SmallDiskFact]
    public async Task An_archive_that_does_not_fit_leaves_the_tree_where_it_was_and_nothing_else()
    {
        using var disk = SmallDisk.TryMount(Free / 1024).ShouldNotBeNull();
        using var bed = new ArchiveBed(disk.Path);
        bed.MakeTree();
        await File.WriteAllBytesAsync(Path.Join(bed.Tree, "large"), new byte[4 * Free]);

        var archived = await bed.Archives.Create(ArchiveBed.ArchiveId, bed.Order);

        archived.ArchiveId.ShouldBeEmpty();
        archived.Problem!.ShouldContain("could not be archived");
        File.Exists(Path.Join(bed.Tree, "src", "a")).ShouldBeTrue();
        new FileInfo(Path.Join(bed.Tree, "large")).Length.ShouldBe(4 * Free);
        Directory.GetFileSystemEntries(bed.ArchiveRoot).ShouldBeEmpty();
        (await bed.Archives.List()).ShouldBeEmpty();

        File.Delete(Path.Join(bed.Tree, "large"));
        (await bed.Archives.Create(ArchiveBed.ArchiveId, bed.Order)).ArchiveId.ShouldBe(ArchiveBed.ArchiveId);
        Directory.Exists(bed.Tree).ShouldBeFalse();
    }

    [SmallDiskFact]
    public async Task An_index_that_does_not_fit_beside_its_archive_is_made_elsewhere()
    {
        using var disk = SmallDisk.TryMount(Free / 1024).ShouldNotBeNull();
        using var bed = new ArchiveBed(disk.Path);
        var archive = bed.MakeArchive("wa-1", "{}");
        for (var number = 0; number < 100; number++)
            await File.WriteAllTextAsync(Path.Join(archive, "tree", $"{number}"), "");
        Fill(Path.Join(archive, "filling"));

        using (var index = await bed.Trees.Open("wa-1", CancellationToken.None))
            index.Entries().Count().ShouldBe(100);

        Directory.GetFileSystemEntries(archive).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(["filling", "manifest.json", "tree"]);
    }

    private static void Fill(string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            for (var written = 0; written < 2 * Free; written += 512)
                file.Write(new byte[512]);
        }
        catch (IOException)
        {
            return; // full
        }

        throw new InvalidOperationException("the disk does not get full");
    }
}
