using System.Diagnostics;
using Donmai.Core.Workareas.Trees;

namespace Donmai.Core.Tests.Workareas.Trees;

public sealed class Removing_trees
{
    [Fact]
    public async Task Everything_goes_whatever_it_is_and_links_are_not_followed()
    {
        using var bed = new ArchiveBed();
        var (tree, outside) = (Path.Join(bed.Root, "tree"), Path.Join(bed.Root, "outside"));
        Directory.CreateDirectory(Path.Join(tree, "locked", "inner"));
        Directory.CreateDirectory(outside);
        await File.WriteAllTextAsync(Path.Join(outside, "stays"), "");
        await File.WriteAllTextAsync(Path.Join(tree, "locked", "inner", "file"), "");
        File.CreateSymbolicLink(Path.Join(tree, "link"), outside);
        using (var make = Process.Start("mkfifo", [Path.Join(tree, "fifo")]))
            await make.WaitForExitAsync();
        File.SetUnixFileMode(Path.Join(tree, "locked", "inner"), UnixFileMode.None);
        File.SetUnixFileMode(Path.Join(tree, "locked"), UnixFileMode.UserRead);

        TreeRemoval.Remove(tree);
        TreeRemoval.Remove(tree);

        Path.Exists(tree).ShouldBeFalse();
        File.Exists(Path.Join(outside, "stays")).ShouldBeTrue();
    }

    [Fact]
    public void A_tree_deeper_than_any_path_goes()
    {
        using var bed = new ArchiveBed();
        DeepTree.Make(Path.Join(bed.Root, "deep"), pieces: 4).ShouldBe(200);

        TreeRemoval.Remove(Path.Join(bed.Root, "deep"));

        Directory.GetFileSystemEntries(bed.Root).ShouldBeEmpty();
    }
}
