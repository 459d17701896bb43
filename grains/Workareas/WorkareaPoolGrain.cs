using Donmai.Core.Workareas;
using Donmai.Core.Workareas.Restoring;
using Donmai.Sessions;
using Donmai.Workareas;
using Orleans.Concurrency;

namespace Donmai.Grains.Workareas;

/// <summary>
/// The work areas of one machine (workareas.md §3, §4.1). A session's places follow from its id, so there is nothing to remember: what is live is
/// asked of the spawner, what is archived of the disk.
/// </summary>
[Reentrant]
internal sealed class WorkareaPoolGrain(
    SessionPlaces places, IWorkareaArchives archives, IRestoredWorkareas restored, TimeProvider clock) : Grain, IWorkareaPoolGrain
{
    private string Machine => this.GetPrimaryKeyString();

    public async Task<WorkareaLease> Acquire(WorkareaRequest request)
    {
        try
        {
            return await places.Prepare(request.SessionId);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            throw new SessionRefusedException($"no place for the session's records: {refusal.Message}");
        }
    }

    public Task<WorkareaArchived> Return(WorkareaReturn request)
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

    public Task<PoolStats> Stats() => Task.FromResult(new PoolStats { Timestamp = clock.GetUtcNow() });

    public Task<PoolEvictionAnswer> Evict(PoolEviction eviction)
    {
        if (string.IsNullOrWhiteSpace(eviction.RepoUrl))
            throw new InvalidPoolEvictionException("repoUrl is required");
        if (eviction.OlderThanSeconds <= 0)
            throw new InvalidPoolEvictionException("olderThanSeconds must be > 0");
        return Task.FromResult(new PoolEvictionAnswer { Message = "0 pool members scheduled for removal" });
    }
}
