using Donmai.Core.Daemon;
using Donmai.Core.Workareas;
using Donmai.Core.Workareas.Pool;
using Donmai.Core.Workareas.Restoring;
using Donmai.Sessions;
using Donmai.Workareas;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace Donmai.Grains.Workareas;

/// <summary>
/// The work areas of one machine (workareas.md §3, §4.1) and their pool (§8). A session's places follow from its id, so only the pool has to be
/// remembered: what is live is asked of the spawner, what is archived of the disk.
/// </summary>
[Reentrant, KeepAlive]
internal sealed partial class WorkareaPoolGrain(
    [PersistentState("pool")] IPersistentState<PoolRecord> state,
    SessionPlaces places,
    IWorkareaArchives archives,
    IRestoredWorkareas restored,
    ISeedWorkshop workshop,
    PoolPlaces poolPlaces,
    IDaemonConfiguration configuration,
    PoolMetrics metrics,
    TimeProvider clock,
    ILogger<WorkareaPoolGrain> logger) : Grain, IWorkareaPoolGrain
{
    private WorkareaPool? _pool;

    private string Machine => this.GetPrimaryKeyString();

    private WorkareaPool Pool => _pool ??= MakePool();

    public async Task<WorkareaLease> Acquire(WorkareaRequest request)
    {
        try
        {
            return Pool.Complete(await places.Prepare(request.SessionId), request);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            throw new SessionRefusedException($"no place for the session's records: {refusal.Message}");
        }
    }

    public async Task<WorkareaArchived> Return(WorkareaReturn request)
    {
        try
        {
            var given = request.Mode is ReleaseMode.Destroy or ReleaseMode.ReturnToPool or ReleaseMode.Pause;
            return given || !ArchivePolicy.Keeps(configuration.Current.Archiving, request) ? await Remove(request) : await Archive(request);
        }
        finally
        {
            await Pool.Release(request.SessionId);
        }
    }

    public Task Release(string sessionId) => Pool.Release(sessionId);

    public async Task<WorkareaList> List()
    {
        var (archived, made) = (archives.List(), restored.List());
        var live = await GrainFactory.Spawner(Machine).Live();
        var active = await Task.WhenAll(live.Select(session => GrainFactory.LiveWorkarea(session.SessionId)));
        return new WorkareaList
        {
            Active = WorkareaViews.Summaries([.. active.OfType<Workarea>(), .. await made], clock.GetUtcNow()),
            Archived = await archived,
        };
    }

    public Task<PoolStats> Stats() => Task.FromResult(Pool.Stats());

    public Task<PoolEvictionAnswer> Evict(PoolEviction eviction) => Pool.Evict(eviction);

    public Task Tend() => Pool.Tend(async () =>
        (await GrainFactory.Spawner(Machine).Live()).Select(static session => session.SessionId).ToHashSet(StringComparer.Ordinal));

    public Task Report(SeedReport report)
    {
        Pool.Report(report);
        return Task.CompletedTask;
    }

    private WorkareaPool MakePool()
    {
        var members = new PoolMembers(state);
        var life = new PoolLife(Machine, members, workshop, configuration, metrics, clock, logger);
        return new WorkareaPool(Machine, members, life, workshop, poolPlaces, configuration, metrics, clock, logger);
    }

    private Task<WorkareaArchived> Archive(WorkareaReturn request)
    {
        var lease = places.Of(request.SessionId, request.EndedAt);
        var archiveId = WorkareaIds.ForArchive(request.SessionId, request.EndedAt);
        return GrainFactory.Workarea(Machine, archiveId).Archive(new ArchiveOrder
        {
            WorktreePath = lease.WorktreePath,
            RecordPath = lease.RecordPath,
            SessionId = request.SessionId,
            ProjectId = request.ProjectId,
            Repository = request.Repository,
            Ref = request.Ref,
            Disposition = request.Disposition,
        });
    }

    /// <summary>A session's tree never becomes a member of the pool: the member it was made from is untouched (workareas.md §8.3).</summary>
    private async Task<WorkareaArchived> Remove(WorkareaReturn request)
    {
        if (request.Mode is ReleaseMode.Pause)
            NotPaused(request.SessionId);
        await places.RemoveTree(request.SessionId);
        return new WorkareaArchived { Removed = true };
    }
}
