using Donmai.Core.Daemon;
using Donmai.Core.Workareas;
using Donmai.Core.Workareas.Trees;
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

    [Fact]
    public async Task A_changed_configuration_counts_at_once()
    {
        using var bed = new ArchiveBed();
        bed.MakeTree();
        var configuration = new ConfigurationInForce(bed.Current);
        var elsewhere = Path.Join(bed.Root, "elsewhere");
        foreach (var root in new[] { bed.ArchiveRoot, elsewhere })
            for (var year = 2020; year < 2023; year++)
                Make(root, $"wa-{year}", year);
        using var archives = new WorkareaArchives(configuration, bed.Use, TimeProvider.System, NullLogger<WorkareaArchives>.Instance);
        var trees = new ArchiveTrees(configuration, bed.Use);
        var retention = new ArchiveRetention(archives, trees, configuration, TimeProvider.System, NullLogger<ArchiveRetention>.Instance);
        var upkeep = new ArchiveUpkeep(archives, trees, retention, configuration, TimeProvider.System, NullLogger<ArchiveUpkeep>.Instance);
        using var stop = new CancellationTokenSource();
        var running = upkeep.Run(stop.Token);

        configuration.Replace(configuration.Current with { Archiving = new ArchiveConfiguration { MaxCount = 2 } });
        await Until(() => Names(bed.ArchiveRoot) is ["wa-2021", "wa-2022"]);
        Names(elsewhere).Length.ShouldBe(3);

        configuration.Replace(configuration.Current with { ArchiveRoot = elsewhere, Archiving = new ArchiveConfiguration { MaxCount = 0, MaxAgeDays = 1 } });
        await Until(() => Names(elsewhere) is []);
        Names(bed.ArchiveRoot).ShouldBe(["wa-2021", "wa-2022"], "what is under the former root is nobody's any more");

        (await archives.Create(ArchiveBed.ArchiveId, bed.Order)).TreePath.ShouldBe(Path.Join(elsewhere, ArchiveBed.ArchiveId, "tree"));
        (await archives.List()).ShouldHaveSingleItem().Id.ShouldBe(ArchiveBed.ArchiveId);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => running);
    }

    private static void Make(string root, string id, int year)
    {
        Directory.CreateDirectory(Path.Join(root, id, "tree"));
        File.WriteAllText(Path.Join(root, id, "manifest.json"), $$"""{"createdAt":"{{year}}-01-01T00:00:00Z"}""");
    }

    private static string[] Names(string root) => [.. Directory.GetFileSystemEntries(root).Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private static async Task Until(Func<bool> so)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (!so())
        {
            TimeProvider.System.GetElapsedTime(begun).ShouldBeLessThan(TimeSpan.FromSeconds(20));
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }
    }
}
