using Donmai.Core.Tests.Workareas.Restoring;

namespace Donmai.Core.Tests.Workareas;

public sealed class Roots_that_cannot_be_read_for_a_while
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    [OrdinaryUserFact]
    public async Task Archives_are_there_again_when_their_root_is()
    {
        using var bed = new ArchiveBed();
        bed.MakeArchive("a", "{}");
        bed.MakeTree();
        File.SetUnixFileMode(bed.ArchiveRoot, UnixFileMode.None);
        await Should.ThrowAsync<UnauthorizedAccessException>(() => bed.Archives.List());
        (await bed.Archives.Create(ArchiveBed.ArchiveId, bed.Order)).Problem.ShouldNotBeNull();
        File.SetUnixFileMode(bed.ArchiveRoot, Owner);

        (await bed.Archives.List()).ShouldHaveSingleItem().Id.ShouldBe("a");
        (await bed.Archives.Create(ArchiveBed.ArchiveId, bed.Order)).Problem.ShouldBeNull();
    }

    [OrdinaryUserFact]
    public async Task Restored_trees_are_there_again_when_their_root_is()
    {
        using var bed = new RestoreBed();
        bed.FullArchive();
        var restored = await bed.Restore();
        using var next = bed.AnotherDaemon();
        File.SetUnixFileMode(bed.RestoredRoot, UnixFileMode.None);
        await Should.ThrowAsync<UnauthorizedAccessException>(() => next.List());
        File.SetUnixFileMode(bed.RestoredRoot, Owner);

        (await next.List()).ShouldHaveSingleItem().Id.ShouldBe(restored.Id);
    }
}
