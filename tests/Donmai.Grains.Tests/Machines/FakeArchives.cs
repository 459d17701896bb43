using System.Collections.Concurrent;
using Donmai.Core.Workareas;
using Donmai.Workareas;

namespace Donmai.Grains.Tests.Machines;

/// <summary>Archives that remember what they were asked to make, on a disk that outlives the daemon.</summary>
internal sealed class FakeArchives(string root) : IWorkareaArchives
{
    public ConcurrentQueue<(string Id, ArchiveOrder Order)> Orders { get; } = [];

    public ConcurrentDictionary<string, WorkareaArchived> Made { get; } = [];

    /// <summary>Called before an archive is made.</summary>
    public Func<string, Task> Making { get; set; } = static _ => Task.CompletedTask;

    public async Task<WorkareaArchived> Create(string archiveId, ArchiveOrder order, CancellationToken cancellationToken = default)
    {
        await Making(archiveId);
        Orders.Enqueue((archiveId, order));
        return Made.GetOrAdd(archiveId, id => new WorkareaArchived { ArchiveId = id, TreePath = Path.Combine(root, id, "tree") });
    }

    public Task<List<WorkareaSummary>> List(CancellationToken cancellationToken = default) =>
        Task.FromResult(Made.Keys.Order(StringComparer.Ordinal).Select(static id => new WorkareaSummary { Id = id, Kind = "archived" }).ToList());

    public Task<Workarea> Inspect(string archiveId, CancellationToken cancellationToken = default) => Made.ContainsKey(archiveId)
        ? Task.FromResult(new Workarea { Id = archiveId, Kind = "archived" })
        : throw new WorkareaNotFoundException(archiveId);

    public Task Remove(string archiveId, CancellationToken cancellationToken = default) =>
        Made.TryRemove(archiveId, out _) ? Task.CompletedTask : throw new WorkareaNotFoundException(archiveId);

    public string EventLogPath(string archiveId) => Path.Combine(root, archiveId, "events.jsonl");
}
