using Donmai.Core.Workareas;
using Donmai.Workareas;

namespace Donmai.Grains.Workareas;

/// <summary>One member or archive (workareas.md §4.2, §7). Archives are immutable and lie on disk, so nothing is kept in memory.</summary>
internal sealed class WorkareaGrain(IWorkareaArchives archives) : Grain, IWorkareaGrain
{
    /// <summary>The part of the key after the machine, which may contain a slash itself.</summary>
    private string Id
    {
        get
        {
            var key = this.GetPrimaryKeyString();
            return key[(key.LastIndexOf('/') + 1)..];
        }
    }

    public async Task<WorkareaArchived> Archive(ArchiveOrder order)
    {
        var archived = await archives.Create(Id, order);
        DeactivateOnIdle();
        return archived;
    }

    public async Task<Workarea> Inspect()
    {
        DeactivateOnIdle();
        return await GrainFactory.LiveWorkarea(Id) ?? await archives.Inspect(Id);
    }
}
