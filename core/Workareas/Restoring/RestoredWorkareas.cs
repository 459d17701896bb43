using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Donmai.Core.Daemon;
using Donmai.Core.Sessions;
using Donmai.Core.Workareas.Trees;
using Donmai.Workareas;
using Microsoft.Extensions.Logging;

namespace Donmai.Core.Workareas.Restoring;

/// <summary>Restored work areas beside the configured archive root (workareas.md §2, §3, §5).</summary>
internal sealed partial class RestoredWorkareas(
    IDaemonConfiguration configuration,
    IArchiveTrees trees,
    IArchiveUse use,
    IRestoreGuard guard,
    TimeProvider clock,
    ILogger<RestoredWorkareas> log) : IRestoredWorkareas, IDisposable
{
    private const int DirectoryMode = 0x1E8; // rwxr-x---

    private readonly ConcurrentDictionary<string, Lazy<Task>> _cleaned = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _unreadable = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Dictionary<string, RestoreInMaking> _making = new(StringComparer.Ordinal);
    private long _latest;

    /// <inheritdoc/>
    public async Task<Workarea> Restore(
        string archiveId, WorkareaRestore request, Func<Task<MachineOccupancy>> occupancy, CancellationToken cancellationToken = default)
    {
        if (request.IntoSessionId.Length > 0 && !SessionIds.IsUsable(request.IntoSessionId))
            throw new InvalidRestoreException("invalid body: 'intoSessionId' cannot be the id of a session");
        var layout = await Layout();
        using var hold = use.Hold(archiveId);
        using var archive = await Task.Run(() => ArchiveToRestore.Open(layout.ArchiveRoot, archiveId, trees, cancellationToken), cancellationToken);
        var id = await Reserve(layout, archive, request, occupancy, cancellationToken);
        try
        {
            var restored = await Task.Run(() => Make(layout, id, archive, request, cancellationToken), cancellationToken);
            LogRestored(archiveId, id, restored.SessionId ?? "", request.Reason);
            return restored;
        }
        finally
        {
            lock (_making)
                _making.Remove(id);
        }
    }

    /// <inheritdoc/>
    public async Task<List<Workarea>> List(CancellationToken cancellationToken = default)
    {
        var layout = await Layout();
        return await Task.Run(() => Records(layout).ConvertAll(record => RestoredViews.Of(record, layout)), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<Workarea?> Find(string workareaId, CancellationToken cancellationToken = default)
    {
        if (!RestoredLayout.IsRestoredId(workareaId))
            return null;
        var layout = await Layout();
        return await Task.Run(() => Record(layout, workareaId) is { } record ? RestoredViews.Of(record, layout) : null, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<bool> Remove(string workareaId, Func<Task<MachineOccupancy>> occupancy, CancellationToken cancellationToken = default)
    {
        if (!RestoredLayout.IsRestoredId(workareaId))
            return false;
        var layout = await Layout();
        var onDisk = new RestoredTrees(layout);
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (await Task.Run(() => Record(layout, workareaId), cancellationToken) is not { } record)
                return false;
            if (record.IntoSessionId is { Length: > 0 } session && (await occupancy()).LiveSessions.Contains(session))
                throw new WorkareaInUseException($"workarea \"{workareaId}\" is in use by session \"{session}\"; end that first");
            await OnDisk("removal", () => onDisk.Hide(workareaId));
        }
        finally
        {
            _gate.Release();
        }

        await OnDisk("removal", () => onDisk.Discard(workareaId));
        LogRemoved(workareaId);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private async Task<string> Reserve(
        RestoredLayout layout, ArchiveToRestore archive, WorkareaRestore request, Func<Task<MachineOccupancy>> occupancy, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var occupied = await occupancy();
            var restored = await Task.Run(() => Records(layout), cancellationToken);
            List<RestoreInMaking> making;
            lock (_making)
                making = [.. _making.Values.Where(one => !restored.Exists(record => record.RestoreId == one.Id))];
            var demand = new RestoreDemand
            {
                PlacesTaken = occupied.LiveSessions.Count + restored.Count + making.Count,
                SizeBytes = archive.SizeBytes,
                UsedBytes = occupied.PoolBytes + restored.Sum(static record => (decimal)record.SizeBytes) + making.Sum(static one => (decimal)one.SizeBytes),
                Place = layout.Root,
            };
            await Task.Run(() => guard.Check(demand), cancellationToken);
            var into = request.IntoSessionId;
            if (into.Length > 0 && (occupied.LiveSessions.Contains(into) || restored.Exists(record => record.IntoSessionId == into) || making.Exists(one => one.IntoSessionId == into)))
                throw new RestoreConflictException($"restore: intoSessionId \"{into}\" already in use: conflict");
            archive.Check();
            var id = NewId(layout, archive.Id);
            lock (_making)
                _making.Add(id, new RestoreInMaking(id, into, archive.SizeBytes));
            return id;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<Workarea> Make(RestoredLayout layout, string id, ArchiveToRestore archive, WorkareaRestore request, CancellationToken cancellationToken)
    {
        var onDisk = new RestoredTrees(layout);
        try
        {
            DurableFile.CreateDirectory(layout.Root);
            var copied = await TreeCopy.Run(new TreeCopyOrder(archive.Tree, layout.PartialTree(id)) { DirectoryMode = DirectoryMode }, cancellationToken);
            var record = new RestoreRecord
            {
                RestoreId = id,
                ArchiveId = archive.Id,
                IntoSessionId = request.IntoSessionId.Length > 0 ? request.IntoSessionId : null,
                Reason = request.Reason.Length > 0 ? request.Reason : null,
                RestoredAt = clock.GetUtcNow(),
                SizeBytes = archive.SizeBytes,
                EscapingLinks = copied.EscapingLinks.Count > 0 ? copied.EscapingLinks : null,
                Manifest = archive.Manifest.Stored,
            };
            onDisk.Finish(record);
            return RestoredViews.Of(record, layout);
        }
        catch (Exception failure)
        {
            LogNotRestored(archive.Id, failure.Message);
            TakeBack(onDisk, id);
            if (failure is ArchiveProblem problem)
                throw problem.ToRefusal();
            if (failure is IOException or UnauthorizedAccessException)
                throw new RestoreFailedException($"restore failed, nothing was kept: {failure.Message}");
            throw;
        }
    }

    private void TakeBack(RestoredTrees onDisk, string id)
    {
        try
        {
            onDisk.Discard(id);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LogLeftoverKept(id, failure.Message); // removed at the next start
        }
    }

    private string NewId(RestoredLayout layout, string archiveId)
    {
        if (Encoding.UTF8.GetByteCount(archiveId) > RestoredLayout.LongestArchiveId)
            throw new InvalidRestoreException($"restore: the id of the archive is longer than the {RestoredLayout.LongestArchiveId} bytes from which another can be made");
        var onDisk = new RestoredTrees(layout);
        string id;
        do
        {
            _latest = Math.Max(_latest + 1, (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick);
            id = string.Create(CultureInfo.InvariantCulture, $"{archiveId}{RestoredLayout.Mark}{_latest}");
        }
        while (!onDisk.IsFree(id));
        return id;
    }

    private List<RestoreRecord> Records(RestoredLayout layout) => new RestoredTrees(layout).All(Unreadable);

    private RestoreRecord? Record(RestoredLayout layout, string id)
    {
        try
        {
            return new RestoredTrees(layout).Find(id);
        }
        catch (Exception problem) when (problem is JsonException or IOException or UnauthorizedAccessException)
        {
            Unreadable(id);
            return null;
        }
    }

    // Once for each: lists are asked for all the time.
    private void Unreadable(string name)
    {
        if (_unreadable.TryAdd(name, true))
            LogUnreadable(name);
    }

    private static async Task OnDisk(string what, Action work)
    {
        try
        {
            await Task.Run(work);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RestoreFailedException($"{what} failed: {failure.Message}");
        }
    }

    /// <summary>The layout beside the root in force; what was interrupted there is removed before its first use.</summary>
    private async Task<RestoredLayout> Layout()
    {
        var layout = new RestoredLayout(configuration.Current.ArchiveRoot);
        var cleaned = _cleaned.GetOrAdd(layout.Root, _ => new Lazy<Task>(() => Task.Run(() => Clean(layout))));
        try
        {
            await cleaned.Value;
        }
        catch
        {
            _cleaned.TryRemove(KeyValuePair.Create(layout.Root, cleaned)); // tried again at the next use
            throw;
        }

        return layout;
    }

    private void Clean(RestoredLayout layout)
    {
        var onDisk = new RestoredTrees(layout);
        foreach (var name in onDisk.Leftovers())
            try
            {
                onDisk.Remove(name);
                LogLeftoverRemoved(name);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                LogLeftoverKept(name, failure.Message);
            }
    }
}
