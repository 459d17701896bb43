using System.Runtime.CompilerServices;
using Donmai.Core.Workareas;
using Donmai.Workareas;

namespace Donmai.Grains.Workareas;

/// <summary>One member or archive (workareas.md §4.2, §7). Archives are immutable and lie on disk, so nothing is kept in memory.</summary>
internal sealed class WorkareaGrain(IWorkareaArchives archives, IArchiveDiffs diffs) : Grain, IWorkareaGrain
{
    private int _diffing;

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
        LetGo();
        return archived;
    }

    public async Task<Workarea> Inspect()
    {
        LetGo();
        return await GrainFactory.LiveWorkarea(Id) ?? await archives.Inspect(Id);
    }

    public async IAsyncEnumerable<WorkareaDiffPage> Diff(string newer, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        _diffing++;
        try
        {
            await foreach (var page in diffs.Compare(Id, newer, cancellationToken))
                yield return page;
        }
        finally
        {
            _diffing--;
            LetGo();
        }
    }

    /// <summary>Between two pages a grain is idle, and would take what it enumerates with it.</summary>
    private void LetGo()
    {
        if (_diffing == 0)
            DeactivateOnIdle();
    }
}
