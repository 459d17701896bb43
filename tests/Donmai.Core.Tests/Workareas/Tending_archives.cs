using Donmai.Core.Daemon;
using Donmai.Core.Workareas;
using Microsoft.Extensions.Logging.Abstractions;

namespace Donmai.Core.Tests.Workareas;

public sealed class Tending_archives
{
    [Fact]
    public async Task Leftovers_go_at_the_start_and_a_new_archive_gets_its_index_without_being_asked_for_it()
    {
        using var bed = new ArchiveBed { Archiving = new ArchiveConfiguration { MaxCount = 1 } };
        bed.MakeTree();
        bed.MakeArchive("wa-old", "{\"createdAt\":\"2020-01-01T00:00:00Z\"}");
        var left = bed.MakeArchive(".partial-wa-2", "{}", withTree: false);
        var retention = new ArchiveRetention(bed.Archives, bed.Trees, bed, TimeProvider.System, NullLogger<ArchiveRetention>.Instance);
        var upkeep = new ArchiveUpkeep(bed.Archives, bed.Trees, retention, bed, TimeProvider.System, NullLogger<ArchiveUpkeep>.Instance);
        using var stop = new CancellationTokenSource();
        var running = upkeep.Run(stop.Token);

        var archived = await bed.Archives.Create(ArchiveBed.ArchiveId, bed.Order);
        var deadline = TimeProvider.System.GetTimestamp();
        while (!(File.Exists(Path.Join(bed.ArchiveRoot, archived.ArchiveId, "index")) && Directory.GetFileSystemEntries(bed.ArchiveRoot).Length == 1)
            && TimeProvider.System.GetElapsedTime(deadline) < TimeSpan.FromSeconds(20))
            await Task.Delay(TimeSpan.FromMilliseconds(10));

        Directory.GetFileSystemEntries(bed.ArchiveRoot).ShouldBe([Path.Join(bed.ArchiveRoot, archived.ArchiveId)]);
        File.Exists(Path.Join(bed.ArchiveRoot, archived.ArchiveId, "index")).ShouldBeTrue();
        Directory.Exists(left).ShouldBeFalse();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => running);
    }
}
