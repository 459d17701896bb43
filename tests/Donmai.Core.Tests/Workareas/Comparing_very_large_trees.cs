using System.Globalization;
using System.Text;
using Donmai.Core.Workareas;
using Donmai.Core.Workareas.Trees;
using Donmai.Workareas;

namespace Donmai.Core.Tests.Workareas;

/// <summary>Memory does not grow with the trees nor with what differs.</summary>
[Collection(Alone.Name)]
public sealed class Comparing_very_large_trees : IArchiveTrees, IDisposable
{
    private const int Entries = 80_000;
    private const int LookEvery = 50;
    private const long Bound = 16 * 1024 * 1024;

    private readonly ArchiveBed _bed = new();
    private int _everyNthDiffers;

    public void Dispose() => _bed.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public async Task Memory_stays_within_a_bound_whatever_the_number_of_entries(int everyNthDiffers)
    {
        _everyNthDiffers = everyNthDiffers;
        var diffs = new ArchiveDiffs(_bed.Archives, this);
        var (seen, pages, most) = (0L, 0, 0L);
        WorkareaDiffSummary? summary = null;
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await foreach (var page in diffs.Compare("a", "b"))
        {
            seen += page.Entries.Count;
            summary = page.Summary;
            if (pages++ % LookEvery == 0)
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        }

        seen.ShouldBe(Entries / everyNthDiffers);
        summary.ShouldBe(new WorkareaDiffSummary { WorkareaA = "a", WorkareaB = "b", Modified = seen, Total = seen });
        most.ShouldBeLessThan(Bound);
    }

    Task<ArchiveIndex> IArchiveTrees.Open(string archiveId, CancellationToken cancellationToken) => Task.FromResult(Index(archiveId));

    Task<TreeDirectory> IArchiveTrees.Tree(string archiveId, CancellationToken cancellationToken) => throw new NotSupportedException();

    private ArchiveIndex Index(string id)
    {
        var file = new FileStream(Path.Join(_bed.Root, id), FileMode.Create, FileAccess.ReadWrite);
        using var writer = new IndexWriter(file);
        writer.Begin(new TreeStat(0x4000 | 0b111_101_101, 0, 1, 0, 0));
        Span<byte> hash = stackalloc byte[32];
        for (var number = 0; number < Entries; number++)
        {
            hash[0] = (byte)(id == "b" && number % _everyNthDiffers == 0 ? 1 : 0);
            var path = string.Create(CultureInfo.InvariantCulture, $"some/directory/of/the/tree/file-{number:0000000}.txt");
            writer.Write(new TreeStat(0x8000 | 0b110_100_100, 5, 2, 0, 0), Encoding.UTF8.GetBytes(path), hash, []);
        }

        writer.End();
        return new ArchiveIndex(file.SafeFileHandle, Entries, 0, Stream.Null);
    }
}
