using System.Diagnostics;
using System.Text.Json;
using Donmai.Workareas;

namespace Donmai.Core.Tests.Workareas;

public sealed class Making_archives
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_tree_is_moved_into_its_archive_with_modes_links_and_events(bool onAnotherVolume)
    {
        using var bed = new ArchiveBed(onAnotherVolume);
        bed.MakeTree();
        await File.WriteAllTextAsync(Path.Join(bed.Record, "events.1.jsonl"), "{\"seq\":0}\n");

        var archived = await bed.Archives.Create(ArchiveBed.ArchiveId, bed.Order);

        (await File.ReadAllTextAsync(Path.Join(bed.ArchiveRoot, ArchiveBed.ArchiveId, "events.1.jsonl"))).ShouldBe("{\"seq\":0}\n");
        archived.ShouldBe(new WorkareaArchived { ArchiveId = ArchiveBed.ArchiveId, TreePath = Path.Join(bed.ArchiveRoot, ArchiveBed.ArchiveId, "tree") });
        Directory.Exists(bed.Tree).ShouldBeFalse();
        var tree = archived.TreePath;
        (await File.ReadAllTextAsync(Path.Join(tree, "src", "a"))).ShouldBe("hello");
        File.GetUnixFileMode(Path.Join(tree, "src", "deep", "run")).ShouldBe((UnixFileMode)0b111_101_000);
        File.GetUnixFileMode(Path.Join(tree, "src", "deep")).ShouldBe((UnixFileMode)0b101_000_000);
        new FileInfo(Path.Join(tree, "link")).LinkTarget.ShouldBe("/etc/passwd");
        new FileInfo(Path.Join(tree, "folder")).LinkTarget.ShouldBe("src");
        Path.Exists(Path.Join(tree, ".agent")).ShouldBeFalse();
        File.Exists(Path.Join(bed.ArchiveRoot, ArchiveBed.ArchiveId, "agent", "state.json")).ShouldBeTrue();
        (await File.ReadAllTextAsync(bed.Archives.EventLogPath(ArchiveBed.ArchiveId))).ShouldBe("{\"seq\":1}\n");
        File.Exists(Path.Join(bed.Record, "events.jsonl")).ShouldBeTrue("a copy");
        Directory.GetFileSystemEntries(bed.ArchiveRoot).Length.ShouldBe(1);

        var workarea = await bed.Archives.Inspect(ArchiveBed.ArchiveId);
        workarea.Path.ShouldBe(tree);
        workarea.ArchiveLocation.ShouldBe(Path.Join(bed.ArchiveRoot, ArchiveBed.ArchiveId));
        var row = (await bed.Archives.List()).ShouldHaveSingleItem();
        row.SizeBytes.ShouldBe(12);
        row.Disposition.ShouldBe("completed");
        row.Repository.ShouldBe("acme-api");
        row.SessionId.ShouldBe("ses_1");
        row.CreatedAt.ShouldNotBeNull();
        File.GetUnixFileMode(bed.ArchiveRoot).ShouldBe((UnixFileMode)0b111_000_000);
    }

    [Fact]
    public async Task Repeating_it_gives_the_same_archive_and_leaves_a_new_tree_alone()
    {
        using var bed = new ArchiveBed();
        bed.MakeTree();
        var first = await bed.Archives.Create(ArchiveBed.ArchiveId, bed.Order);
        Directory.CreateDirectory(bed.Tree);

        var second = await bed.Archives.Create(ArchiveBed.ArchiveId, bed.Order);

        second.ShouldBe(first);
        Directory.Exists(bed.Tree).ShouldBeTrue();
    }

    [Fact]
    public async Task Without_a_tree_there_is_no_archive_and_no_problem()
    {
        using var bed = new ArchiveBed();

        (await bed.Archives.Create(ArchiveBed.ArchiveId, bed.Order)).ShouldBe(new WorkareaArchived());

        Directory.Exists(bed.ArchiveRoot).ShouldBeFalse();
    }

    [Fact]
    public async Task A_link_in_place_of_the_tree_is_a_problem_and_is_not_followed()
    {
        using var bed = new ArchiveBed();
        Directory.CreateDirectory(Path.Join(bed.Root, "elsewhere"));
        Directory.CreateDirectory(Path.GetDirectoryName(bed.Tree)!);
        File.CreateSymbolicLink(bed.Tree, Path.Join(bed.Root, "elsewhere"));

        (await bed.Archives.Create(ArchiveBed.ArchiveId, bed.Order)).Problem!.ShouldContain("symbolic link");

        Directory.Exists(Path.Join(bed.Root, "elsewhere")).ShouldBeTrue();
        (await bed.Archives.List()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_no_archive_can_hold_is_taken_out(bool onAnotherVolume)
    {
        using var bed = new ArchiveBed(onAnotherVolume);
        bed.MakeTree();
        foreach (var place in new[] { "src", ".donmai", ".agent" })
        {
            using (var make = Process.Start("mkfifo", [Path.Join(bed.Tree, place, "fifo")]))
                await make.WaitForExitAsync();
            Path.Exists(Path.Join(bed.Tree, place, "fifo")).ShouldBeTrue();
        }

        var archived = await bed.Archives.Create(ArchiveBed.ArchiveId, bed.Order).WaitAsync(TimeSpan.FromSeconds(20));

        archived.Problem.ShouldBeNull();
        Path.Exists(Path.Join(archived.TreePath, "src", "fifo")).ShouldBeFalse();
        Path.Exists(Path.Join(archived.TreePath, ".donmai", "fifo")).ShouldBeFalse("a restore copies private directories too");
        (await bed.Archives.List()).ShouldHaveSingleItem().SizeBytes.ShouldBe(12);
        File.Exists(Path.Join(archived.TreePath, "src", "a")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_root_that_cannot_be_made_is_a_problem_and_the_tree_stays()
    {
        using var bed = new ArchiveBed();
        bed.MakeTree();
        await File.WriteAllTextAsync(bed.ArchiveRoot, "in the way");

        (await bed.Archives.Create(ArchiveBed.ArchiveId, bed.Order)).Problem.ShouldNotBeNull();

        File.Exists(Path.Join(bed.Tree, "src", "a")).ShouldBeTrue();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cancelled_archive_leaves_the_tree_and_nothing_else(bool onAnotherVolume)
    {
        using var bed = new ArchiveBed(onAnotherVolume);
        bed.MakeTree();

        await Should.ThrowAsync<OperationCanceledException>(
            () => bed.Archives.Create(ArchiveBed.ArchiveId, bed.Order, new CancellationToken(canceled: true)));

        File.Exists(Path.Join(bed.Tree, "src", "a")).ShouldBeTrue();
        (await bed.Archives.List()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_archive_interrupted_before_it_had_its_tree_is_made_anew()
    {
        using var bed = new ArchiveBed();
        bed.MakeTree();
        var partial = Path.Join(bed.ArchiveRoot, ".partial-" + ArchiveBed.ArchiveId);
        Directory.CreateDirectory(Path.Join(partial, "tree.copying"));
        await File.WriteAllTextAsync(Path.Join(partial, "manifest.json"), "{");

        (await bed.Archives.List()).ShouldBeEmpty();
        Directory.Exists(partial).ShouldBeFalse("removed at first use");
        Directory.CreateDirectory(partial);
        var archived = await bed.Archives.Create(ArchiveBed.ArchiveId, bed.Order);

        File.Exists(Path.Join(archived.TreePath, "src", "a")).ShouldBeTrue();
        Directory.Exists(partial).ShouldBeFalse();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_archive_interrupted_after_it_had_its_tree_is_not_lost(bool afterRestart)
    {
        using var bed = new ArchiveBed();
        bed.MakeTree();
        await bed.Archives.Create(ArchiveBed.ArchiveId, bed.Order);
        var archive = Path.Join(bed.ArchiveRoot, ArchiveBed.ArchiveId);
        Directory.Move(archive, Path.Join(bed.ArchiveRoot, ".partial-" + ArchiveBed.ArchiveId));
        var archives = afterRestart ? bed.AnotherDaemon() : bed.Archives;

        (await archives.Create(ArchiveBed.ArchiveId, bed.Order)).TreePath.ShouldBe(Path.Join(archive, "tree"));

        (await archives.List()).ShouldHaveSingleItem().Id.ShouldBe(ArchiveBed.ArchiveId);
        File.Exists(Path.Join(archive, "tree", "src", "a")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("tree")]
    public async Task A_link_with_the_name_of_an_interrupted_archive_is_removed_and_not_followed(string place)
    {
        using var bed = new ArchiveBed();
        var (outside, partial) = (Path.Join(bed.Root, "outside"), Path.Join(bed.ArchiveRoot, ".partial-wa-1", place));
        Directory.CreateDirectory(Path.Join(outside, "tree", ".agent"));
        Directory.CreateDirectory(Path.Join(outside, ".agent"));
        Directory.CreateDirectory(Path.GetDirectoryName(partial)!);
        File.CreateSymbolicLink(Path.TrimEndingDirectorySeparator(partial), outside);

        (await bed.Archives.List()).ShouldBeEmpty();

        Directory.GetFileSystemEntries(bed.ArchiveRoot).ShouldBeEmpty();
        Directory.Exists(Path.Join(outside, "tree", ".agent")).ShouldBeTrue();
        Directory.Exists(Path.Join(outside, ".agent")).ShouldBeTrue();
    }

    [Fact]
    public async Task The_manifest_says_what_the_specification_says()
    {
        using var bed = new ArchiveBed();
        bed.MakeTree();
        await bed.Archives.Create(ArchiveBed.ArchiveId, bed.Order);

        using var manifest = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Join(bed.ArchiveRoot, ArchiveBed.ArchiveId, "manifest.json")));

        manifest.RootElement.EnumerateObject().Select(static property => property.Name).ShouldBe(
            ["id", "sessionId", "projectId", "providerId", "sourceProvider", "disposition", "createdAt", "sizeBytes", "repository", "ref"]);
        manifest.RootElement.GetProperty("createdAt").GetString()!.ShouldMatch("^....-..-..T..:..:..Z$");
    }
}
