using Donmai.Core.Daemon;
using Donmai.Core.Tests.Workareas.Trees;
using Donmai.Core.Workareas;

namespace Donmai.Core.Tests.Workareas;

public sealed class Places_of_sessions
{
    [Fact]
    public async Task A_work_tree_goes_however_deep_it_is()
    {
        using var bed = new ArchiveBed();
        var places = new SessionPlaces(new StateDirectory(bed.Root), TimeProvider.System);
        var tree = places.Of("ses_1", default).WorktreePath;
        Directory.CreateDirectory(Path.GetDirectoryName(tree)!);
        DeepTree.Make(tree, pieces: 4);

        await places.RemoveTree("ses_1");
        await places.RemoveTree("ses_1");

        Path.Exists(tree).ShouldBeFalse();
    }

    [Fact]
    public async Task A_link_in_the_place_of_a_work_tree_is_left_alone()
    {
        using var bed = new ArchiveBed();
        var places = new SessionPlaces(new StateDirectory(bed.Root), TimeProvider.System);
        var (tree, outside) = (places.Of("ses_1", default).WorktreePath, Path.Join(bed.Root, "outside"));
        Directory.CreateDirectory(Path.Join(outside, "stays"));
        Directory.CreateDirectory(Path.GetDirectoryName(tree)!);
        File.CreateSymbolicLink(tree, outside);

        await places.RemoveTree("ses_1");

        Directory.Exists(Path.Join(outside, "stays")).ShouldBeTrue();
    }
}
