using System.Globalization;
using Donmai.Core.Daemon;
using Donmai.Workareas;

namespace Donmai.Core.Workareas.Restoring;

/// <summary>
/// Room for a restored work area: a place beside live sessions and other restored ones, space under <c>capacity.poolMaxDiskGb</c>, and twice the
/// archive's size on the disk (workareas.md §5). Archives do not count: they make room for themselves under a limit of their own, and would otherwise,
/// once they have filled it, keep every restore out for good.
/// </summary>
internal sealed class RestoreGuard(IDaemonConfiguration configuration) : IRestoreGuard
{
    /// <summary>Wait that is told when nobody knows when there will be room.</summary>
    internal static readonly TimeSpan UsualWait = TimeSpan.FromSeconds(30);

    private const long BytesPerGibibyte = 1024L * 1024 * 1024;
    private const decimal FullShare = 0.9m;

    /// <inheritdoc/>
    public void Check(RestoreDemand demand)
    {
        var settings = configuration.Current;
        if (demand.PlacesTaken >= settings.MaxConcurrentSessions)
            throw Saturated(
                $"{demand.PlacesTaken} of {settings.MaxConcurrentSessions} places are taken by live sessions and restored work areas; remove one, or raise capacity.maxConcurrentSessions");
        if (settings.PoolMaxDiskGb > 0 && demand.UsedBytes >= settings.PoolMaxDiskGb * BytesPerGibibyte * FullShare)
            throw Saturated($"restored work areas and the pool take 90 % of the {settings.PoolMaxDiskGb} GiB of capacity.poolMaxDiskGb; remove some, or raise it");
        if (FreeBytes(demand.Place) / 2 < demand.SizeBytes)
            throw Saturated($"the disk has less free than twice the size of the archive; make room on it");
    }

    private static long FreeBytes(string place)
    {
        var directory = new DirectoryInfo(place);
        while (!directory.Exists && directory.Parent is { } parent)
            directory = parent;
        return new DriveInfo(directory.FullName).AvailableFreeSpace;
    }

    private static RestoreSaturatedException Saturated(FormattableString reason) =>
        new($"restore: service unavailable (pool saturated): {reason.ToString(CultureInfo.InvariantCulture)}", UsualWait);
}
