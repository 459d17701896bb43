using System.Text.Json;
using Donmai.Core.Daemon;
using Donmai.Core.Sessions;
using Donmai.Core.Workareas.Trees;
using Donmai.Workareas;

namespace Donmai.Core.Workareas;

/// <summary>
/// Makes an archive under a name that is never listed and gives it its own name last (workareas.md §7). The tree comes in as the last but
/// one step and in one piece, so that at every moment either the session's tree is still where it was, or everything is here: a partial
/// archive that has a tree only lacks its name.
/// </summary>
internal sealed class ArchiveWriter(ArchiveLayout layout, Action<string> removedSpecial)
{
    private const string Copying = "tree.copying";
    private const string LocalProvider = "local";

    /// <summary>Makes the archive from the order's tree, which is gone afterwards.</summary>
    /// <exception cref="IOException">The disk refused; the tree is where it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The disk refused; the tree is where it was.</exception>
    /// <exception cref="ArchiveProblem">The tree cannot be read or copied; it is where it was.</exception>
    internal async Task Write(string id, ArchiveOrder order, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var partial = layout.Partial(id);
        DurableFile.CreateDirectory(layout.Root);
        DurableFile.CreateDirectory(partial);
        try
        {
            using var tree = TreeDirectory.Open(order.WorktreePath);
            var size = TreeSurvey.Prepare(tree, removedSpecial, cancellationToken);
            KeepEvents(order.RecordPath, partial);
            WriteManifest(Path.Join(partial, ArchiveLayout.ManifestName), new ArchiveManifest
            {
                Id = id,
                SessionId = order.SessionId,
                ProjectId = NullIfEmpty(order.ProjectId),
                ProviderId = LocalProvider,
                SourceProvider = LocalProvider,
                Disposition = NullIfEmpty(order.Disposition),
                CreatedAt = TextTimestamp.ToText(now),
                SizeBytes = size,
                Repository = NullIfEmpty(order.Repository),
                Ref = NullIfEmpty(order.Ref),
            });
            await TakeTree(tree, order.WorktreePath, partial, cancellationToken);
        }
        catch (Exception) when (!Directory.Exists(Path.Join(partial, ArchiveLayout.TreeName)))
        {
            TreeRemoval.Remove(partial);
            throw;
        }

        Finish(id);
        TreeRemoval.Remove(order.WorktreePath); // a copy was made
    }

    /// <summary>Gives a partial archive that has its tree its name.</summary>
    internal void Finish(string id)
    {
        var partial = layout.Partial(id);
        var workers = new DirectoryInfo(Path.Join(partial, ArchiveLayout.TreeName, ArchiveLayout.WorkerPrivate));
        var kept = Path.Join(partial, ArchiveLayout.KeptPrivate);
        if (workers.Exists && !FileKinds.IsLink(workers) && !Path.Exists(kept))
            _ = TreeMove.TryRename(workers.FullName, kept);
        DurableFile.FlushDirectory(partial);
        _ = TreeMove.TryRename(partial, layout.Archive(id));
        DurableFile.FlushDirectory(layout.Root);
    }

    /// <summary>Ends what was interrupted: what has its tree gets its name, the rest is removed, for its tree is still elsewhere.</summary>
    internal void Recover(string id)
    {
        var partial = layout.Partial(id);
        if (!Directory.Exists(partial))
            return;
        if (IsDirectory(partial) && IsDirectory(Path.Join(partial, ArchiveLayout.TreeName)) && !Path.Exists(layout.Archive(id)))
            Finish(id);
        else
            TreeRemoval.Remove(partial);
    }

    // A link would lead out of the root.
    private static bool IsDirectory(string path) => new DirectoryInfo(path) is { Exists: true, LinkTarget: null };

    private static async Task TakeTree(TreeDirectory tree, string path, string partial, CancellationToken cancellationToken)
    {
        var target = Path.Join(partial, ArchiveLayout.TreeName);
        if (TreeMove.TryRename(path, target))
            return;
        var copying = Path.Join(partial, Copying);
        await TreeCopy.Run(new TreeCopyOrder(tree, copying), cancellationToken);
        _ = TreeMove.TryRename(copying, target);
    }

    private static void KeepEvents(string recordPath, string partial)
    {
        var log = Path.Join(recordPath, ArchiveLayout.EventsName);
        var parts = Enumerable.Range(1, EventLogParts.Count(log)).Select(number => EventLogParts.PathOf(log, number));
        foreach (var events in parts.Append(log).Select(static file => new FileInfo(file)))
            if (events.Exists && !FileKinds.IsLink(events) && !FileKinds.IsSpecial(events))
                events.CopyTo(Path.Join(partial, events.Name), overwrite: true);
    }

    private static void WriteManifest(string path, ArchiveManifest manifest)
    {
        using var file = new FileStream(path, DurableFile.OwnerOnly(FileMode.Create, FileAccess.Write, FileShare.None));
        file.Write(JsonSerializer.SerializeToUtf8Bytes(manifest, ArchiveManifestJson.Default.ArchiveManifest));
        file.Flush(flushToDisk: true);
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
