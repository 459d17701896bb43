using System.Security.Cryptography;
using System.Text;
using Donmai.Core.Workareas.Trees;

namespace Donmai.Core.Tests.Workareas.Trees;

public sealed class Indexing_trees
{
    private const string Id = "wa-1";

    [Fact]
    [Trait("spec", "WA-23")]
    public async Task Every_entry_is_there_in_the_byte_order_of_paths_with_what_a_diff_needs()
    {
        using var bed = new ArchiveBed();
        var tree = Path.Join(bed.MakeArchive(Id, "{}"), "tree");
        string[] files = ["a/x", "a.txt", "a", "a!/b", "a!b", "deep/er/est/f", "\uffee", "\U0001f600/\U0001f601", ".rensei/no", ".donmai", "src/.rensei/yes", "with space", "back\\slash", "new\nline/n"];
        foreach (var file in files.Where(static file => file is not "a"))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Join(tree, file))!);
            await File.WriteAllTextAsync(Path.Join(tree, file), file);
        }

        File.CreateSymbolicLink(Path.Join(tree, "a", "link"), "/etc/passwd");
        File.CreateSymbolicLink(Path.Join(tree, "loop"), "loop");
        File.CreateSymbolicLink(Path.Join(tree, "up"), "..");
        File.SetUnixFileMode(Path.Join(tree, "a.txt"), (UnixFileMode)0b111_101_000);

        for (var time = 0; time < 3; time++)
        {
            using var index = await bed.Trees.Open(Id, CancellationToken.None);
            var entries = index.Entries().ToList();

            entries.Select(static entry => entry.Path).ShouldBe(
            [
                "a", "a!", "a!/b", "a!b", "a.txt", "a/link", "a/x", "back\\slash", "deep", "deep/er", "deep/er/est", "deep/er/est/f", "loop", "new\nline",
                "new\nline/n", "src", "src/.rensei", "src/.rensei/yes", "up", "with space", "\uffee", "\U0001f600", "\U0001f600/\U0001f601",
            ]);
            index.EntryCount.ShouldBe(entries.Count);
            index.SizeBytes.ShouldBe(entries.Where(static entry => entry.Kind is TreeEntryKind.File).Sum(static entry => entry.Size));
            foreach (var entry in entries)
                entry.ShouldBe(Expected(tree, entry.Path));
        }
    }

    [Fact]
    public async Task An_empty_tree_has_no_entries()
    {
        using var bed = new ArchiveBed();
        bed.MakeArchive(Id, "{}");

        using var index = await bed.Trees.Open(Id, CancellationToken.None);

        index.Entries().ShouldBeEmpty();
        (index.EntryCount, index.SizeBytes).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Paths_longer_than_any_path_may_be_are_reached()
    {
        using var bed = new ArchiveBed();
        var tree = Path.Join(bed.MakeArchive(Id, "{}"), "tree");
        var levels = DeepTree.Make(Path.Join(tree, "deep"), pieces: 8);

        for (var time = 0; time < 2; time++)
        {
            using var index = await bed.Trees.Open(Id, CancellationToken.None);

            index.EntryCount.ShouldBe(levels + 2);
            var last = index.Entries().Last();
            last.Path.Length.ShouldBe("deep".Length + (levels * (DeepTree.NameLength + 1)) + "/end".Length);
            last.Hash.ShouldBe(Convert.ToHexStringLower(SHA256.HashData("deep"u8)));
        }
    }

    private static TreeEntry Expected(string tree, string path)
    {
        var place = Path.Join(tree, path);
        if (new FileInfo(place).LinkTarget is { } target)
            return new TreeEntry { Path = path, Kind = TreeEntryKind.Link, Size = Encoding.UTF8.GetByteCount(target), Mode = 0xA1FF, LinkTarget = target };
        var mode = (int)File.GetUnixFileMode(place);
        return Directory.Exists(place)
            ? new TreeEntry { Path = path, Kind = TreeEntryKind.Directory, Mode = 0x4000 | mode }
            : new TreeEntry
            {
                Path = path,
                Kind = TreeEntryKind.File,
                Size = new FileInfo(place).Length,
                Mode = 0x8000 | mode,
                Hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(place))),
            };
    }
}
