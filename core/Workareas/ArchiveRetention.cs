using System.Globalization;
using Donmai.Core.Daemon;
using Donmai.Core.Workareas.Trees;
using Donmai.Workareas;
using Microsoft.Extensions.Logging;

namespace Donmai.Core.Workareas;

/// <summary>
/// Removes the oldest archives beyond what the configuration allows: their number, their age, what they take of the disk (workareas.md §7). What is being
/// read stays until the next time; a damaged archive is left to its user.
/// </summary>
internal sealed partial class ArchiveRetention(
    IWorkareaArchives archives, IArchiveTrees trees, IDaemonConfiguration configuration, TimeProvider clock, ILogger<ArchiveRetention> log)
{
    private const long BytesPerGibibyte = 1024L * 1024 * 1024;

    /// <summary>Removes them.</summary>
    /// <exception cref="IOException">The archive root cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The archive root cannot be read.</exception>
    public async Task Sweep(CancellationToken cancellationToken)
    {
        var settings = configuration.Current;
        var kept = Sorted(settings.ArchiveRoot, await archives.List(cancellationToken));
        foreach (var (archive, made) in kept.ToList())
            if (Excess(settings.Archiving, kept.Count, made, clock.GetUtcNow()) is { } why && await TryRemove(archive, why, cancellationToken))
                kept.RemoveAll(row => row.Archive.Id == archive.Id);
        if (MostBytes(settings) is { } most && MayBeBeyond(most, kept))
            await RemoveBeyond(most, kept, cancellationToken);
    }

    /// <summary>How many archives are beyond their number or age, so that they go the next time.</summary>
    /// <param name="settings">The limits.</param>
    /// <param name="archives">The archives under the root in force.</param>
    /// <param name="now">The time.</param>
    internal static int Beyond(DaemonConfiguration settings, List<WorkareaSummary> archives, DateTimeOffset now)
    {
        var kept = Sorted(settings.ArchiveRoot, archives);
        var beyond = 0;
        foreach (var (_, made) in kept)
            if (Excess(settings.Archiving, kept.Count - beyond, made, now) is not null)
                beyond++;
        return beyond;
    }

    // Oldest first; one that does not say when it was made is as old as its directory.
    private static List<(WorkareaSummary Archive, DateTimeOffset Made)> Sorted(string root, List<WorkareaSummary> rows) =>
    [
        .. rows.Where(static row => row.Disposition?.StartsWith(ArchiveRow.Corrupted, StringComparison.Ordinal) != true)
            .Select(row => (row, row.CreatedAt ?? new DateTimeOffset(Directory.GetLastWriteTimeUtc(Path.Join(root, row.Id)))))
            .OrderBy(static row => row.Item2).ThenBy(static row => row.row.Id, ByteOrder.Instance),
    ];

    // In words; null for one that stays.
    private static string? Excess(ArchiveConfiguration limits, int count, DateTimeOffset made, DateTimeOffset now)
    {
        if (limits.MaxCount > 0 && count > limits.MaxCount)
            return string.Create(CultureInfo.InvariantCulture, $"it is the oldest of {count}, and workarea.maxArchives is {limits.MaxCount}");
        return limits.MaxAgeDays > 0 && now - made > TimeSpan.FromDays(limits.MaxAgeDays)
            ? string.Create(CultureInfo.InvariantCulture, $"it is from {made:yyyy-MM-dd}, and workarea.maxArchiveAgeDays is {limits.MaxAgeDays}")
            : null;
    }

    private static decimal? MostBytes(DaemonConfiguration settings)
    {
        int[] limits = [.. new[] { settings.Archiving.MaxGb, settings.PoolMaxDiskGb }.Where(static limit => limit > 0)];
        return limits.Length == 0 ? null : (decimal)limits.Min() * BytesPerGibibyte;
    }

    private static bool MayBeBeyond(decimal most, List<(WorkareaSummary Archive, DateTimeOffset Made)> kept) =>
        kept.Exists(static row => row.Archive.SizeBytes <= 0) || kept.Sum(static row => (decimal)row.Archive.SizeBytes) > most;

    // A manifest may say anything, or nothing: before an archive is removed for its size, the sizes are looked at.
    private async Task RemoveBeyond(decimal most, List<(WorkareaSummary Archive, DateTimeOffset Made)> kept, CancellationToken cancellationToken)
    {
        var sizes = new List<(WorkareaSummary Archive, long Size)>();
        foreach (var (archive, _) in kept)
            sizes.Add((archive, await Size(archive, cancellationToken)));
        var total = sizes.Sum(static row => (decimal)row.Size);
        foreach (var (archive, size) in sizes)
        {
            if (total <= most)
                return;
            var why = string.Create(
                CultureInfo.InvariantCulture,
                $"it is the oldest, and all take {total / BytesPerGibibyte:0.##} of the {most / BytesPerGibibyte} GiB of workarea.maxArchiveGb or capacity.poolMaxDiskGb");
            if (await TryRemove(archive, why, cancellationToken))
                total -= size;
        }
    }

    private async Task<long> Size(WorkareaSummary archive, CancellationToken cancellationToken)
    {
        try
        {
            using var index = await trees.Open(archive.Id, cancellationToken);
            return index.SizeBytes;
        }
        catch (Exception failure) when (failure is ArchiveCorruptedException or WorkareaNotFoundException)
        {
            LogNotMeasured(archive.Id, failure.Message);
            return 0;
        }
    }

    private async Task<bool> TryRemove(WorkareaSummary archive, string why, CancellationToken cancellationToken)
    {
        try
        {
            await archives.Remove(archive.Id, cancellationToken);
            LogRetired(archive.Id, why);
            return true;
        }
        catch (WorkareaNotFoundException)
        {
            return true;
        }
        catch (DonmaiException refusal)
        {
            LogKept(archive.Id, refusal.Message);
            return false;
        }
    }
}
