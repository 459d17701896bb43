using System.Collections.Concurrent;
using System.Threading.Channels;
using Donmai.Core.Daemon;
using Donmai.Core.Workareas.Trees;
using Donmai.Workareas;
using Microsoft.Extensions.Logging;

namespace Donmai.Core.Workareas;

/// <summary>The archives under the configured root (workareas.md §2, §4, §7).</summary>
internal sealed partial class WorkareaArchives(
    IDaemonConfiguration configuration, IArchiveUse use, TimeProvider clock, ILogger<WorkareaArchives> log) : IWorkareaArchives, IDisposable
{
    private const string Archived = "archived";

    private readonly ArchiveList _list = new();
    private readonly Channel<string> _made = Channel.CreateUnbounded<string>();
    private readonly ConcurrentDictionary<string, Lazy<Task>> _recovered = new(StringComparer.Ordinal);

    /// <summary>Ids of archives that were made and that nobody has taken care of yet.</summary>
    internal ChannelReader<string> Made => _made.Reader;

    /// <inheritdoc/>
    public async Task<WorkareaArchived> Create(string archiveId, ArchiveOrder order, CancellationToken cancellationToken = default)
    {
        if (!ArchiveLayout.IsArchiveId(archiveId))
            throw new ArgumentException($"\"{archiveId}\" cannot name an archive.", nameof(archiveId));
        var layout = new ArchiveLayout(configuration.Current.ArchiveRoot);
        var archived = await Task.Run(() => Create(layout, archiveId, order, cancellationToken), cancellationToken);
        if (archived.ArchiveId.Length > 0)
            _made.Writer.TryWrite(archived.ArchiveId);
        return archived;
    }

    /// <inheritdoc/>
    public async Task<List<WorkareaSummary>> List(CancellationToken cancellationToken = default)
    {
        var layout = await Layout();
        return await Task.Run(() => _list.Rows(layout.Root), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<Workarea> Inspect(string archiveId, CancellationToken cancellationToken = default)
    {
        if (!ArchiveLayout.IsArchiveId(archiveId))
            throw new WorkareaNotFoundException(archiveId);
        var layout = await Layout();
        return await Task.Run(() => Inspect(layout, archiveId), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task Remove(string archiveId, CancellationToken cancellationToken = default)
    {
        if (!ArchiveLayout.IsArchiveId(archiveId))
            throw new WorkareaNotFoundException(archiveId);
        var layout = await Layout();
        await Task.Run(() => new ArchiveRemoval(layout, use).Remove(archiveId), cancellationToken);
        LogRemoved(archiveId);
    }

    /// <inheritdoc/>
    public string EventLogPath(string archiveId) => ArchiveLayout.IsArchiveId(archiveId)
        ? Path.Join(configuration.Current.ArchiveRoot, archiveId, ArchiveLayout.EventsName)
        : throw new WorkareaNotFoundException(archiveId);

    /// <inheritdoc/>
    public void Dispose() => _list.Dispose();

    private async Task<WorkareaArchived> Create(ArchiveLayout layout, string id, ArchiveOrder order, CancellationToken cancellationToken)
    {
        var archived = new WorkareaArchived { ArchiveId = id, TreePath = Path.Join(layout.Archive(id), ArchiveLayout.TreeName) };
        var writer = new ArchiveWriter(layout, path => LogSpecialRemoved(order.SessionId, path));
        try
        {
            await Recovered(layout);
            writer.Recover(id);
            if (Directory.Exists(layout.Archive(id)))
                return archived;
            var tree = new DirectoryInfo(order.WorktreePath);
            if (!tree.Exists)
                return new WorkareaArchived();
            if (FileKinds.IsLink(tree))
                throw new IOException("it is a symbolic link");
            await writer.Write(id, order, clock.GetUtcNow(), cancellationToken);
            LogArchived(id, order.SessionId);
            return archived;
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException or ArchiveProblem)
        {
            LogNotArchived(order.SessionId, refusal.Message);
            return Directory.Exists(archived.TreePath)
                ? archived
                : new WorkareaArchived { Problem = $"the work tree {order.WorktreePath} could not be archived: {refusal.Message}" };
        }
    }

    private static Workarea Inspect(ArchiveLayout layout, string id)
    {
        var directory = new DirectoryInfo(layout.Archive(id));
        try
        {
            if (!directory.Exists || ArchiveReader.Read(directory) is not { } manifest)
                throw new WorkareaNotFoundException(id);
            var tree = Path.Join(directory.FullName, ArchiveLayout.TreeName);
            if (!Directory.Exists(tree))
                throw new ArchiveProblem($"tree of \"{id}\" is missing");
            return new Workarea
            {
                Id = id,
                Kind = Archived,
                Status = Archived,
                ProviderId = manifest.ProviderId ?? "",
                SessionId = NullIfEmpty(manifest.SessionId),
                ProjectId = NullIfEmpty(manifest.ProjectId),
                Path = tree,
                Ref = NullIfEmpty(manifest.Ref),
                Repository = NullIfEmpty(manifest.Repository),
                Toolchain = manifest.Toolchain is { Count: > 0 } toolchain ? toolchain : null,
                ArchiveLocation = directory.FullName,
                Manifest = manifest.Stored,
            };
        }
        catch (ArchiveProblem problem)
        {
            throw new ArchiveCorruptedException($"archive corrupted: {problem.Message}");
        }
    }

    /// <summary>The layout of the root in force; what was interrupted there is dealt with before its first use.</summary>
    private async Task<ArchiveLayout> Layout()
    {
        var layout = new ArchiveLayout(configuration.Current.ArchiveRoot);
        await Recovered(layout);
        return layout;
    }

    private async Task Recovered(ArchiveLayout layout)
    {
        var recovered = _recovered.GetOrAdd(layout.Root, _ => new Lazy<Task>(() => Task.Run(() => Recover(layout))));
        try
        {
            await recovered.Value;
        }
        catch
        {
            _recovered.TryRemove(KeyValuePair.Create(layout.Root, recovered)); // tried again at the next use
            throw;
        }
    }

    private void Recover(ArchiveLayout layout)
    {
        if (!Directory.Exists(layout.Root))
            return;
        foreach (var name in Directory.EnumerateDirectories(layout.Root).Select(static path => Path.GetFileName(path)).Where(IsInterrupted).ToList())
            try
            {
                if (ArchiveLayout.IsPartial(name))
                    new ArchiveWriter(layout, static _ => { }).Recover(ArchiveLayout.IdOfPartial(name));
                else
                    TreeRemoval.Remove(Path.Join(layout.Root, name));
                LogRecovered(name);
            }
            catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
            {
                LogNotRecovered(name, refusal.Message);
            }
    }

    private static bool IsInterrupted(string name) => ArchiveLayout.IsPartial(name) || ArchiveLayout.IsRemoved(name);

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
