using System.Runtime.CompilerServices;
using Donmai.Core.Workareas;
using Donmai.Core.Workareas.Restoring;
using Donmai.Workareas;

namespace Donmai.Grains.Workareas;

/// <summary>One member or archive (workareas.md §4.2, §5, §6, §7). Archives are immutable and lie on disk, so nothing is kept in memory.</summary>
internal sealed class WorkareaGrain(IWorkareaArchives archives, IArchiveDiffs diffs, IRestoredWorkareas restored) : Grain, IWorkareaGrain
{
    private const long BytesPerMebibyte = 1024 * 1024;

    private int _working;

    private string Machine
    {
        get
        {
            var key = this.GetPrimaryKeyString();
            return key[..key.LastIndexOf('/')];
        }
    }

    /// <summary>The part of the key after the machine, which may contain a slash itself.</summary>
    private string Id
    {
        get
        {
            var key = this.GetPrimaryKeyString();
            return key[(key.LastIndexOf('/') + 1)..];
        }
    }

    public Task<WorkareaArchived> Archive(ArchiveOrder order) => ThenLetGo(() => archives.Create(Id, order));

    public Task<Workarea> Inspect() => ThenLetGo(async () => await GrainFactory.LiveWorkarea(Id) ?? await restored.Find(Id) ?? await archives.Inspect(Id));

    public Task<Workarea> Restore(WorkareaRestore request) => ThenLetGo(() => restored.Restore(Id, request, Occupancy));

    public Task Remove() => ThenLetGo(async () =>
    {
        if (await GrainFactory.LiveWorkarea(Id) is not null)
            throw new WorkareaNotFoundException(Id);
        if (!await restored.Remove(Id, Occupancy))
            await archives.Remove(Id);
        return true;
    });

    public async IAsyncEnumerable<WorkareaDiffPage> Diff(string newer, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        _working++;
        try
        {
            await foreach (var page in diffs.Compare(Id, newer, cancellationToken))
                yield return page;
        }
        finally
        {
            LetGo();
        }
    }

    /// <summary>There are many work areas, and none is asked for often. One that is going away takes no requests, so the last to end says so.</summary>
    private async Task<T> ThenLetGo<T>(Func<Task<T>> work)
    {
        _working++;
        try
        {
            return await work();
        }
        finally
        {
            LetGo();
        }
    }

    private async Task<MachineOccupancy> Occupancy()
    {
        var pool = GrainFactory.WorkareaPool(Machine).Stats();
        var live = await GrainFactory.Spawner(Machine).Live();
        return new MachineOccupancy
        {
            LiveSessions = live.Select(static session => session.SessionId).ToHashSet(StringComparer.Ordinal),
            PoolBytes = (await pool).TotalDiskUsageMb * BytesPerMebibyte,
        };
    }

    private void LetGo()
    {
        if (--_working == 0)
            DeactivateOnIdle();
    }
}
