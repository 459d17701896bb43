using Donmai.Core.Daemon;
using Donmai.Core.Platform;
using Donmai.Core.Workareas;
using Microsoft.Extensions.Logging;

namespace Donmai.Core.Sessions.Logs;

/// <summary>
/// Removes logs and record directories of sessions that ended long ago, or of which there are too many (daemon-runtime.md §9.4, §9.5), and trees that
/// their workers left half made or half removed (worker.md §5.5). Their work areas, and the events kept with those, are not its business.
/// </summary>
/// <param name="state">The state directory.</param>
/// <param name="logs">The logs, and what is kept.</param>
/// <param name="clock">Time.</param>
/// <param name="log">Where it is told what was removed.</param>
public sealed partial class SessionRetention(StateDirectory state, SessionLogs logs, TimeProvider clock, ILogger<SessionRetention> log)
{
    private readonly AbandonedTrees _trees = new(state);

    private SessionLogLimits Limits => logs.Limits;

    /// <summary>Removes what is due.</summary>
    /// <param name="live">Sessions of which nothing is removed.</param>
    /// <param name="cancellationToken">Leaves the rest for the next time.</param>
    public Task Sweep(IReadOnlySet<string> live, CancellationToken cancellationToken = default) => Task.Run(
        () =>
        {
            var oldest = clock.GetUtcNow().UtcDateTime - Limits.Age;
            var files = SweepLogs(live, oldest, cancellationToken);
            var records = SweepRecords(live, oldest, cancellationToken);
            var trees = SweepTrees(live, cancellationToken);
            if (files + records + trees > 0)
                LogRemoved(files, records, trees);
        },
        cancellationToken);

    private int SweepLogs(IReadOnlySet<string> live, DateTime oldest, CancellationToken cancellationToken)
    {
        var all = logs.All().OrderBy(static entry => entry.File.LastWriteTimeUtc).ToList();
        var total = all.Sum(static entry => entry.File.Length);
        var removed = 0;
        foreach (var (file, sessionId) in all.Where(entry => !live.Contains(entry.SessionId)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (file.LastWriteTimeUtc >= oldest && total <= Limits.TotalBytes)
                break;
            var length = file.Length;
            if (!TryRemove(file, () => logs.Remove(file, sessionId)))
                continue;
            total -= length;
            removed++;
        }

        return removed;
    }

    private int SweepRecords(IReadOnlySet<string> live, DateTime oldest, CancellationToken cancellationToken)
    {
        var records = new DirectoryInfo(state.Records);
        if (!records.Exists)
            return 0;
        var newestFirst = records.EnumerateDirectories()
            .Where(record => SessionIds.IsUsable(record.Name.Split(SessionPlaces.FormerMark)[0]) && !live.Contains(record.Name))
            .Select(static record => (Record: record, LastUsed: LastUsed(record)))
            .OrderByDescending(static entry => entry.LastUsed)
            .ToList();
        var removed = 0;
        for (var number = Limits.RecordsAlwaysKept; number < newestFirst.Count; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (record, lastUsed) = newestFirst[number];
            // Looked at again: a new session may have taken the id meanwhile.
            if ((number >= Limits.Records || lastUsed < oldest) && LastUsed(record) == lastUsed
                && !OutboxStore.HasWaiting(record.FullName) && TryRemove(record, () => record.Delete(recursive: true)))
                removed++;
        }

        return removed;
    }

    private int SweepTrees(IReadOnlySet<string> live, CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var tree in _trees.Find(live))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryRemove(tree, () => AbandonedTrees.Remove(tree)))
                removed++;
        }

        return removed;
    }

    // The supervising shell writes at the end; a directory only knows when a file was made.
    private static DateTime LastUsed(DirectoryInfo record)
    {
        var supervisor = new FileInfo(Path.Combine(record.FullName, SessionRecordFiles.Process));
        var directory = Directory.GetLastWriteTimeUtc(record.FullName);
        return supervisor.Exists && supervisor.LastWriteTimeUtc > directory ? supervisor.LastWriteTimeUtc : directory;
    }

    private bool TryRemove(FileSystemInfo what, Action remove)
    {
        try
        {
            remove();
            return true;
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            LogNotRemoved(what.FullName, refusal.Message);
            return false;
        }
    }
}
